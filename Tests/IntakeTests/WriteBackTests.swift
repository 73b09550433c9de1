import Contracts
import IntakeDomain
import Pipeline
import Support
import Testing

@testable import Intake

@Suite("What platforms are told of their orders")
struct WriteBackTests {
    private static let updateID = "\(OrderID.sample)-S1/shipped"

    private static func shipped(_ platform: String? = "pinduoduo") throws -> Mall {
        try Mall.shipped(.sample(platform: platform, money: .platform))
    }

    @discardableResult private static func answer(
        _ mall: Mall, _ status: ChannelUpdateResult.Status, _ updateID: String = updateID, reason: String? = nil
    ) throws -> LaneReport {
        mall.service.publish(
            ChannelUpdateResult(updateID: updateID, status: status, reason: reason, at: .sample),
            on: .channelUpdateResults, key: "wechat-mini/WX-1001")
        return try mall.service.settle()
    }

    @Test func aParcelThatLeavesIsWrittenBackOnceInThePlatformsWords() throws {
        let mall = try Self.shipped()
        mall.service.publish(ShipmentDispatched.sample())
        try mall.service.settle()
        let updates = mall.service.facts(ShippingUpdate.self)
        #expect(updates.map(\.updateID) == [Self.updateID])
        #expect(updates.first?.key == "wechat-mini/WX-1001")
        #expect(updates.first?.carrier == "sf")
        #expect(updates.first?.carrierCode == "44")
        #expect(mall.order()?.updates.map(\.state) == [.waiting])
        #expect(mall.order()?.updateDeadline == .sample + .days(1))
    }

    @Test func aChannelOfOurOwnIsToldNothing() throws {
        let mall = try Self.shipped(nil)
        #expect(mall.service.facts(ShippingUpdate.self).isEmpty)
        #expect(mall.order()?.updates.isEmpty == true)
    }

    @Test func aRefusedUpdateStaysInTheQueueUntilItIsAccepted() throws {
        let mall = try Self.shipped()
        try Self.answer(mall, .refused, reason: "waybill unknown")
        #expect(mall.order()?.updates.map(\.reason) == ["waybill unknown"])
        #expect(mall.order()?.updateDeadline != nil)
        try Self.answer(mall, .accepted)
        #expect(mall.order()?.updates.map(\.state) == [.accepted])
        #expect(mall.order()?.updateDeadline == nil)
        try Self.answer(mall, .refused, reason: "late")
        #expect(mall.order()?.updates.map(\.state) == [.accepted])
    }

    private static func resend(
        _ mall: Mall, _ commandID: String, _ updateID: String = updateID, carrierCode: String? = nil
    ) throws -> String? {
        let head = CommandHead(commandID: commandID, actor: "anna", reason: "again", issuedAt: .sample)
        let command = ResendUpdate(head: head, orderID: .sample, updateID: updateID, carrierCode: carrierCode)
        mall.service.publish(command, on: .commands(of: "intake"), key: command.key)
        try mall.service.settle()
        return mall.service.facts(CommandAnswered.self).last?.reason
    }

    @Test func whatThePlatformRefusedIsToldAgainUnderTheSameName() throws {
        let mall = try Self.shipped()
        try Self.answer(mall, .refused, reason: "carrier unknown")
        #expect(try Self.resend(mall, "C-1", carrierCode: "45") == nil)
        let updates = mall.service.facts(ShippingUpdate.self)
        #expect(updates.map(\.updateID) == [Self.updateID, Self.updateID])
        #expect(updates.map(\.carrierCode) == ["44", "45"])
        #expect(updates.map(\.waybill)[0] == updates.map(\.waybill)[1])
        #expect(mall.order()?.updates.map(\.state) == [.waiting])
        #expect(mall.order()?.updates.map(\.reason) == [nil])
        #expect(
            try Self.resend(mall, "C-2", "\(OrderID.sample)-S9/shipped")?.hasSuffix("is no update of the order") == true
        )
        try Self.answer(mall, .accepted)
        #expect(try Self.resend(mall, "C-3") == "the platform has accepted it")
        #expect(mall.service.facts(ShippingUpdate.self).count == 2)
    }

    @Test(arguments: [
        ("nonsense", "does not begin with an order id"), ("\(OrderID.sample)-S9/shipped", "is no update of order"),
    ])
    func anAnswerToNothingIsADeadLetter(updateID: String, reason: String) throws {
        let faults = try Self.answer(Self.shipped(), .accepted, updateID).faults
        #expect(faults.map(\.field) == ["updateId"])
        #expect(faults.first?.reason.contains(reason) == true)
    }

    @Test func ourDecisionsOnCasesAreWrittenBackAndThePlatformsOwnAreNot() throws {
        let mall = try Self.shipped()
        let caseID = "\(OrderID.sample)-A1"
        mall.service.publish(CaseOpened.sample(externalCaseID: "AS-1"))
        mall.service.publish(
            CaseApproved(
                orderID: .sample, caseID: caseID, kind: .return, lines: [], amount: 500, by: "anna", approvedAt: .sample
            ))
        mall.service.publish(
            CaseRejected(
                orderID: .sample, caseID: "\(OrderID.sample)-A2", reason: "r", by: "platform", rejectedAt: .sample))
        try mall.service.settle()
        let decisions = mall.service.facts(RefundDecision.self)
        #expect(decisions.map(\.updateID) == ["\(caseID)/approved"])
        #expect(decisions.first?.externalCaseID == "AS-1")
        #expect(decisions.first?.amount == 500)
    }
}
