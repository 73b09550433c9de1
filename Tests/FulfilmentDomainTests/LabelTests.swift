import Contracts
import Support
import Testing

@testable import FulfilmentDomain

@Suite("Numbers that a provider makes")
struct LabelTests {
    private static let callID = "\(OrderID.sample)-S1-L1"

    /// Two pieces planned; the provider labels for SF and ZTO.
    private static func planned() throws -> DomainState {
        var domain = DomainState(.sample(quantities: [2], phase: .placed), labelledCarriers: ["sf", "zto"])
        try domain.take(PlanningTests.confirmed(2))
        return domain
    }

    private static func answer(_ outcome: LabelAnswer.Outcome, _ callID: String = callID) -> FulfilmentMessage {
        .labelAnswered(.sample, LabelAnswer(callID: callID, outcome: outcome))
    }

    private static func given(_ waybill: String = "ZTO1") -> FulfilmentMessage { answer(.given(waybill: waybill)) }

    /// Looks the number up first, as the lane does.
    @discardableResult
    private static func take(_ message: FulfilmentMessage, _ domain: inout DomainState) throws -> FulfilmentDecision {
        domain.load(domain.keys(of: message))
        return try domain.take(message)
    }

    private static func dispatch(_ carrier: String? = nil, _ waybill: String? = nil) -> FulfilmentMessage {
        .command(
            .dispatch(
                DispatchShipment(
                    head: CommandHead(commandID: "C-1", actor: "U-1", reason: "r", issuedAt: .sample),
                    orderID: .sample, shipmentID: "\(OrderID.sample)-S1", carrier: carrier, waybill: waybill)))
    }

    private static func reassign(_ carrier: String) -> FulfilmentMessage {
        .command(
            .reassign(
                ReassignCarrier(
                    head: CommandHead(commandID: "C-2", actor: "U-1", reason: "r", issuedAt: .sample),
                    orderID: .sample, shipmentID: "\(OrderID.sample)-S1", carrier: carrier)))
    }

    @Test func theCheapestWithAnAccountIsAsked() throws {
        let domain = try Self.planned()
        #expect(domain.order.calls.map(\.callID) == [Self.callID])
        #expect(domain.order.calls.map(\.carrier) == ["zto"], "yto is cheaper, and there is no account with it")
        #expect(domain.order.shipments.map(\.awaitsLabel) == [true])
        #expect(domain.order.dispatchable.isEmpty, "nothing leaves without a number")
    }

    @Test func theNumberMakesTheLabelAndTheShipmentLeaves() throws {
        var domain = try Self.planned()
        #expect(try domain.take(RaceTests.due).facts.isEmpty)
        let facts = try Self.take(Self.given(), &domain).facts
        #expect(facts.map { ($0 as? ShipmentLabelled)?.waybill } == ["ZTO1"])
        #expect(domain.order.calls.map(\.state) == [.given])
        #expect(try Self.take(Self.given("ZTO2"), &domain).changesNothing, "the first answer counts")
        let left = try domain.take(RaceTests.due).facts.compactMap { $0 as? ShipmentDispatched }
        #expect(left.map(\.waybill) == ["ZTO1"])
        #expect(left.map(\.promisedBy) == [BusinessCalendar.shanghai.end(ofDay: 2, after: .sample)])
    }

    @Test func aRefusalCallsAPersonWhoMayAskAgain() throws {
        var domain = try Self.planned()
        let facts = try domain.take(Self.answer(.refused(reason: "30004 no balance"))).facts
        #expect(facts.map { ($0 as? ShipmentExceptional)?.reason } == ["no waybill of zto: 30004 no balance"])
        let asked = try domain.take(Self.dispatch())
        #expect(asked.facts.compactMap { ($0 as? CommandAnswered)?.outcome } == [.accepted])
        #expect(domain.order.calls.map(\.state) == [.refused, .wanted])
        let second = Self.answer(.given(waybill: "ZTO9"), "\(OrderID.sample)-S1-L2")
        let left = try Self.take(second, &domain).facts.compactMap { $0 as? ShipmentDispatched }
        #expect(left.map(\.waybill) == ["ZTO9"], "as the command wanted")
    }

    /// A command to dispatch while the number is under way asks nobody twice.
    @Test func aWishedNumberIsAskedForOnce() throws {
        var domain = try Self.planned()
        try domain.take(Self.dispatch())
        #expect(domain.order.calls.count == 1)
        #expect(try Self.take(Self.given(), &domain).facts.contains { $0 is ShipmentDispatched })
    }

    @Test func aNumberOfAnotherShipmentIsNotTaken() throws {
        var domain = try Self.planned()
        var other = Shipment.sample()
        other.label = Label(carrier: "zto", waybill: "ZTO1")
        domain.know(
            Order(
                orderID: .sample("WX-2"), delivery: .express, region: nil, weightGrams: 0, lines: [],
                shipments: [other]))
        let facts = try Self.take(Self.given(), &domain).facts
        #expect(
            facts.map { ($0 as? ShipmentExceptional)?.reason }
                == ["the provider gave waybill ZTO1, which another shipment has"])
        #expect(domain.order.calls.map(\.state) == [.refused])
        #expect(domain.order.shipments.map(\.awaitsLabel) == [true])
    }

    @Test func anotherCarrierOrANumberByHandSendsTheFirstBack() throws {
        for message in [
            Self.reassign("sf"), Self.reassign("zto"), Self.dispatch("sf"), Self.dispatch("yto", "YT1034567890123"),
        ] {
            var domain = try Self.planned()
            try Self.take(Self.given(), &domain)
            try domain.take(message)
            #expect(domain.order.calls.first?.state == .voiding)
            #expect(domain.order.calls.first?.waybill == "ZTO1")
        }
    }

    @Test func aNumberUnderWayIsNotAskedForAgain() throws {
        var domain = try Self.planned()
        let answers = try domain.take(Self.reassign("zto")).facts.compactMap { $0 as? CommandAnswered }
        #expect(answers.map(\.reason) == ["zto carries it already"])
    }

    @Test func aCarrierWithoutAnAccountNeedsANumber() throws {
        var domain = try Self.planned()
        let answers = try domain.take(Self.reassign("yto")).facts.compactMap { $0 as? CommandAnswered }
        #expect(answers.map(\.reason) == ["carrier yto needs a waybill"])
        #expect(domain.order.calls.map(\.state) == [.wanted])
    }

    @Test func aPartThatIsSplitOffAsksForItself() throws {
        var domain = try Self.planned()
        try Self.take(Self.given(), &domain)
        try domain.take(
            .command(
                .split(
                    SplitShipment(
                        head: CommandHead(commandID: "C-3", actor: "U-1", reason: "r", issuedAt: .sample),
                        orderID: .sample, shipmentID: "\(OrderID.sample)-S1",
                        lines: [LinePieces(lineID: "1", quantity: 1)]))))
        #expect(domain.order.calls.map(\.state) == [.given, .wanted])
        #expect(domain.order.shipments.map(\.awaitsLabel) == [false, true])
    }

    /// Whatever comes first: a number is on a parcel or goes back, and a cancelled order has none.
    @Test func noNumberIsForgottenInAnyOrder() throws {
        let cancelled = FulfilmentMessage.orderCancelled(
            OrderCancelled(orderID: .sample, reason: .buyer, cancelledAt: .sample, refundDue: 0))
        let messages = [Self.given(), cancelled, RaceTests.due, Self.reassign("sf")]
        for arrival in permutations(of: messages) {
            var domain = try Self.planned()
            var hasLeft = false
            for message in arrival {
                hasLeft = try Self.take(message, &domain).facts.contains { $0 is ShipmentDispatched } || hasLeft
            }
            let used = Set(domain.order.shipments.filter { $0.state != .cancelled }.compactMap(\.label.callID))
            for call in domain.order.calls {
                #expect((call.state == .voiding) != used.contains(call.callID), "\(arrival)")
            }
            #expect(domain.order.shipments.allSatisfy { $0.hasLeft == hasLeft })
        }
    }

    @Test(
        arguments: [
            (.voided, .voided, nil), (.refused(reason: "never made"), .voided, nil),
            (.kept(reason: "201 gone"), .kept, "waybill ZTO1 was not taken back: 201 gone"),
            (.given(waybill: "ZTO1"), .voiding, nil),
        ] as [(LabelAnswer.Outcome, LabelCall.State, String?)])
    func aRecallEnds(outcome: LabelAnswer.Outcome, state: LabelCall.State, reason: String?) throws {
        var domain = try Self.planned()
        try Self.take(Self.given(), &domain)
        try domain.take(Self.dispatch("yto", "YT1034567890123"))
        let facts = try Self.take(Self.answer(outcome), &domain).facts
        #expect(domain.order.calls.map(\.state) == [state])
        #expect(facts.compactMap { ($0 as? ShipmentExceptional)?.reason } == (reason.map { [$0] } ?? []))
    }

    @Test func anAnswerIsReadBackFromItsTimer() throws {
        let outcomes: [LabelAnswer.Outcome] = [
            .given(waybill: "SF 1"), .refused(reason: "30001 参数 错误"), .voided, .kept(reason: ""),
        ]
        for outcome in outcomes {
            let answer = LabelAnswer(callID: Self.callID, outcome: outcome)
            guard case .set(let kind, let key, _) = answer.timer(due: .sample) else { return }
            #expect(try FulfilmentMessage.read(timer: kind, key: key) == .labelAnswered(.sample, answer))
        }
        #expect(throws: Fault.self) { try FulfilmentMessage.read(timer: "label-answer", key: Self.callID) }
    }
}
