import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("Random walks of one order")
struct RandomWalkTests {
    static let walks = 100_000
    static let shards = 20

    /// After each of some events in any order the order is where the model says, and has told what the model says.
    @Test(arguments: 0..<RandomWalkTests.shards)
    func everyWalkGoesWhereTheModelGoes(shard: Int) throws {
        var visited: Set<String> = []
        for walk in 0..<Self.walks / Self.shards {
            let seed = UInt64(shard * Self.walks + walk)
            var random = SeededRandom(state: seed)
            var walker = try Walker(payAtTheDoor: walk % 5 == 0)
            var path: [WalkEvent] = []
            for _ in 0..<Int.random(in: 8...22, using: &random) {
                guard let event = walker.nextEvent(using: &random) else { break }
                path.append(event)
                if let difference = try walker.step(event, random.next()) {
                    Issue.record("walk \(seed): \(path): \(difference)")
                    return
                }
                visited.insert(walker.model.state)
            }
        }
        #expect(visited.count == 7)
    }
}

/// One order beside its model.
private struct Walker {
    var model: WalkModel
    private var order: Order
    private var timers: [String: Instant] = [:]
    private var now = Instant.sample
    private let rules = IntakeRules(calendar: .shanghai)
    private static let key = Key.external("wechat-mini", "WX-1001")

    init(payAtTheDoor: Bool) throws {
        model = WalkModel(payAtTheDoor: payAtTheDoor)
        let (order, timers) = payAtTheDoor ? try Self.atTheDoor.get() : try Self.prepaid.get()
        self.order = order
        for case .set(let kind, _, let due) in timers { self.timers[kind] = due }
    }

    /// Events that lead somewhere are taken as often as all others together.
    func nextEvent(using random: inout SeededRandom) -> WalkEvent? {
        let possible = WalkEvent.allCases.filter(model.allows)
        let forward = possible.filter { Self.forward.contains($0) }
        return Bool.random(using: &random)
            ? forward.randomElement(using: &random) : possible.randomElement(using: &random)
    }

    /// Both take the event; what differs then is the answer.
    mutating func step(_ event: WalkEvent, _ number: UInt64) throws -> String? {
        now = now + .seconds(Int64(number % 7200))
        if event == .timeOut, let due = timers.removeValue(forKey: "payment-timeout") { now = max(now, due) }
        if event == .receiveByTime, let due = timers.removeValue(forKey: "auto-receipt") { now = max(now, due) }
        model.take(event, at: now.milliseconds - Instant.sample.milliseconds)
        var told: [String] = []
        do throws(Fault) {
            let message = try message(event, number)
            let decision = try rules.decide(message, given: state(for: message), at: now)
            told = decision.facts.map { "\(type(of: $0))" }
            apply(decision)
            if event == .payOtherMoney || event == .payChanged { return "the payment was taken" }
        } catch {
            guard event == .payOtherMoney || event == .payChanged else { return "\(error)" }
        }
        return difference(told)
    }

    private func message(_ event: WalkEvent, _ number: UInt64) throws(Fault) -> IntakeMessage {
        if let message = event.message { return message }
        switch event {
        case .timeOut: return .timer(.paymentTimeout, .sample)
        case .receiveByTime: return .timer(.autoReceipt, .sample)
        case .answerStop:
            let left = order.goods.shipmentIDs.map { LinePieces(lineID: "1", quantity: 1, shipmentID: $0) }
            return .linesStopped(
                LinesStopped(
                    orderID: .sample, requestID: order.requests.pendingCancel?.requestID ?? "", stopped: [],
                    dispatched: left))
        case .hold: return try command(HoldOrder(head: .sample("C-\(number)"), orderID: .sample))
        case .release: return try command(ReleaseOrder(head: .sample("C-\(number)"), orderID: .sample))
        default: return try command(CancelOrder(head: .sample("C-\(number)"), orderID: .sample))
        }
    }

    private func command(_ command: some HeadedCommand) throws(Fault) -> IntakeMessage {
        guard let read = try IntakeCommand.read(type(of: command).type, JSONDocument.object(command.jsonBytes)) else {
            throw Fault("is no command")
        }
        return .command(read)
    }

    /// Nobody has told of anything but the order.
    private func state(for message: IntakeMessage) -> State<IntakeAggregate> {
        var state = State<IntakeAggregate>()
        let key = Key.order(.sample)
        state.load(key, .order(order))
        state.alias(Self.key, of: key)
        for named in rules.keys(of: message, given: state) where !state.isLoaded(named) { state.load(named, nil) }
        return state
    }

    private mutating func apply(_ decision: Decision<IntakeChange>) {
        for change in decision.changes { if case .order(let changed) = change.value { order = changed } }
        for timer in decision.timers {
            switch timer {
            case .set(let kind, _, let due): timers[kind] = due
            case .cancel(let kind, _): timers[kind] = nil
            }
        }
    }

    private func difference(_ told: [String]) -> String? {
        let start = Instant.sample.milliseconds
        let found: [(String, String, String)] = [
            ("state", order.state.rawValue, model.state), ("told", "\(told)", "\(model.told)"),
            ("covered", "\(order.account.covered)", "\(model.covered)"),
            ("excess", "\(order.account.excess)", "\(model.excess)"),
            ("given back", "\(order.account.returned)", "\(model.givenBack)"),
            ("reservation", "\(order.reservation)", "\(model.number)"),
            ("reserved", "\(order.stock == .reserved)", "\(model.isReserved)"),
            ("held", "\(order.hold != nil)", "\(model.isHeld)"),
            ("confirmed", "\(order.confirmedAt != nil)", "\(model.isConfirmed)"),
            ("question", "\(order.requests.pendingCancel != nil)", "\(model.question != nil)"),
            (
                "payment due", "\(timers["payment-timeout"]?.milliseconds ?? 0)",
                "\(model.paymentDue.map { $0 + start } ?? 0)"
            ),
            (
                "receipt due", "\(timers["auto-receipt"]?.milliseconds ?? 0)",
                "\(model.receiptDue.map { $0 + start } ?? 0)"
            ),
        ]
        let different = found.filter { $0.1 != $0.2 }
        return different.isEmpty ? nil : different.map { "\($0.0) is \($0.1), not \($0.2)" }.joined(separator: "; ")
    }

    private static let forward: Set<WalkEvent> = [
        .payWhole, .payPart, .payRest, .timeOut, .reserve, .reserveAnew, .dispatchFirst, .dispatchSecond,
        .deliverFirst, .deliverSecond, .receiveByTime, .answerStop, .buyerCancels, .release,
    ]
    private static let prepaid = Result { try placed(.prepaid) }
    private static let atTheDoor = Result { try placed(.cashOnDelivery) }

    private static func placed(_ terms: ChannelOrder.PaymentTerms) throws -> (Order, [TimerChange]) {
        var desk = try Desk()
        let decision = try desk.place(.sample(lines: [.sample(quantity: 2, unitPrice: 5000)], paymentTerms: terms))
        let order = try #require(desk.order())
        return (order, decision.timers)
    }
}
