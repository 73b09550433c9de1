import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("Plans, items and members of commission")
struct ReferenceTests {
    @Test func confirmationWaitsForThePlan() throws {
        let scene = try CommissionScene(nil)
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        #expect(scene.harness.database.waiting.map(\.key) == [Key.plans.description])
        scene.publish(.sample())
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued"])
        #expect(scene.harness.database.waiting.isEmpty)
    }

    @Test func withoutAPlanTheConfirmationDiesAfterHalfAMinute() throws {
        let scene = try CommissionScene(nil)
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        try scene.harness.advance(by: .seconds(29))
        #expect(scene.harness.database.deadLetters.isEmpty)
        try scene.harness.advance(by: .seconds(2))
        let letters = scene.harness.database.deadLetters
        #expect(letters.map(\.reason) == ["no plan in CNY is known for 2026-11-22T08:00:00.000Z"])
    }

    @Test func planOfTheDayOfTheOrderCounts() throws {
        let scene = try CommissionScene(nil)
        let levels = [DistributionPlan.Level(level: 1, rates: [.init(.basisPoints(100))])]
        scene.publish(.sample(version: 1, effectiveFrom: .sample + .days(-9)))
        scene.publish(.sample(version: 2, effectiveFrom: .sample + .milliseconds(1), levels: levels))
        try scene.harness.settle()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        #expect(scene.harness.facts(CommissionAccrued.self).map(\.planVersion) == [1])
        #expect(scene.frozen("M3") == 1000)
    }

    @Test func classAndGradeOfTheSaleCount() throws {
        let rates: [DistributionPlan.Rate] = [
            .init(.basisPoints(1000)), .init(.basisPoints(800), commissionClass: "beauty"),
            .init(.basisPoints(900), grade: "gold", commissionClass: "beauty"),
        ]
        let scene = try CommissionScene(
            .sample(levels: [.init(level: 1, rates: rates), .init(level: 2, rates: rates)]))
        scene.harness.publish(CatalogItem.sample(commissionClass: "beauty"), on: .catalogItems, key: "SKU-1")
        // The record of today does not touch the grade that the order's snapshot has.
        scene.harness.publish(DistributionMember.sample(grade: "iron"), on: .distributionMembers, key: "M3")
        try scene.harness.settle()
        scene.harness.publish(OrderPlaced.sold([.sample(), .sample("2", sku: "SKU-UNKNOWN")]))
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        let legs = try #require(scene.harness.facts(CommissionAccrued.self).first).legs
        #expect(legs.map(\.amount) == [900, 800, 1000, 1000])
        #expect(legs.first?.why == "9 % by class beauty, grade gold")
    }

    @Test func planNobodyAnswersForIsADeadLetter() throws {
        let scene = try CommissionScene(nil)
        scene.publish(.sample(peerBonusBasisPoints: 100))
        try scene.harness.settle()
        #expect(scene.harness.database.deadLetters.map(\.field) == ["acknowledgeLevels"])
        #expect(scene.harness.database.aggregates.isEmpty)
    }

    @Test func recordWithoutAValueEndsItsKey() throws {
        let scene = try CommissionScene()
        scene.harness.publish(DistributionMember.sample(), on: .distributionMembers, key: "M3")
        for (topic, key) in [
            (Topic.distributionPlans, "2026"), (.distributionMembers, "M3"), (.distributionMembers, "M404"),
            (.catalogItems, "SKU-1"),
        ] {
            scene.harness.broker.publish(
                topic.name, key: key, value: nil, at: scene.harness.clock.now.milliseconds)
        }
        try scene.harness.settle()
        #expect(scene.harness.database.deadLetters.isEmpty)
        guard case .plans(let plans) = scene.harness.database.aggregates[.plans],
            case .member(let member) = scene.harness.database.aggregates[.member("M3")]
        else { throw CommissionScene.MissingOrder() }
        #expect(plans.versions.map(\.endedAt) == [.sample])
        #expect(member.value(at: .sample)?.status == .disabled)
    }
}

@Suite("Commands and answers that commission cannot take")
struct CommandTests {
    private static let head = CommandHead(commandID: "C-1", actor: "u-1", reason: "please", issuedAt: .sample)
    private static let commands: [(any HeadedCommand, String)] = [
        (SettlePeriod(head: head, memberID: "M3", period: "2026-13"), "period '2026-13' is no month like 2026-11"),
        (
            SettlePeriod(head: head, memberID: "M3", period: "2026-11"),
            "period 2026-11 can be settled from 2026-11-30T16:10:00.000Z on"
        ),
        (RequestPayout(head: head, memberID: "M9", amount: 100, currency: "CNY"), "member M9 is unknown"),
        (ApprovePayout(head: head, memberID: "M3", payoutID: "M3-P1"), "payout M3-P1 of M3 is unknown"),
        (RejectPayout(head: head, memberID: "M3", payoutID: "M3-P1"), "payout M3-P1 of M3 is unknown"),
        (VerifyPayee(head: head, memberID: "M3", fingerprint: "f"), "the member has no payee"),
        (ErasePayee(head: head, memberID: "M3"), "the member has no payee"),
        (ApproveAdjustment(head: head, memberID: "M3", adjustmentID: "A"), "adjustment A of M3 is unknown"),
        (RejectAdjustment(head: head, memberID: "M3", adjustmentID: "A"), "adjustment A of M3 is unknown"),
        (ReleaseEntry(head: head, memberID: "M3", entryID: "E-1"), "entry E-1 is none of an order"),
        (DisputeEntry(head: head, memberID: "M3", entryID: "E-1"), "entry E-1 is none of an order"),
        (
            AnswerDispute(head: head, memberID: "M3", entryID: "\(OrderID.sample)-J1", answer: .upheld),
            "order \(OrderID.sample) is unknown"
        ),
    ]

    @Test(arguments: commands.indices) func isRefusedOnceWithItsReason(index: Int) throws {
        let scene = try CommissionScene()
        scene.join("M3")
        let (command, reason) = Self.commands[index]
        scene.harness.publish(command, on: .commands(of: "commission"), key: command.key, id: "C-1")
        scene.harness.publish(command, on: .commands(of: "commission"), key: command.key, id: "C-1")
        try scene.harness.settle()
        let answers = scene.harness.facts(CommandAnswered.self)
        #expect(answers.map(\.outcome) == [.refused] && answers.map(\.reason) == [reason])
        #expect(scene.harness.database.outbox.map(\.topic) == ["commission.command-results.v1"])
        #expect(scene.journals.isEmpty)
    }

    @Test func unknownCommandIsADeadLetter() throws {
        let scene = try CommissionScene()
        let command = HoldOrder(head: Self.head, orderID: .sample)
        scene.harness.publish(command, on: .commands(of: "commission"), key: "M3")
        try scene.harness.settle()
        #expect(scene.harness.database.deadLetters.map(\.field) == ["ce_type"])
    }

    @Test func resultOfARefundIsNotOurs() throws {
        let scene = try CommissionScene()
        let refund = RefundResult(refundID: "\(OrderID.sample)-R1", status: .succeeded, at: .sample)
        scene.harness.publish(refund, on: .paymentResults, key: "R1")
        let report = try scene.harness.settle()
        #expect(report.handled == 1 && scene.harness.story.isEmpty)
        #expect(scene.harness.database.deadLetters.isEmpty)
    }

    @Test func resultOfAPayoutNobodyAskedForIsADeadLetter() throws {
        let scene = try CommissionScene()
        scene.harness.publish(
            PayoutResult(payoutID: "M3-P1", status: .succeeded, at: .sample), on: .paymentResults, key: "M3-P1")
        try scene.harness.settle()
        #expect(scene.harness.database.deadLetters.map(\.field) == ["payoutId"])
    }
}
