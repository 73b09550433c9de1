import Contracts
import IntakeDomain
import Support

/// Intake's rules over a state in memory: takes messages one by one and keeps what was told.
struct Desk {
    private(set) var state = State<IntakeAggregate>()
    private(set) var timers: [String: Instant] = [:]
    private(set) var told: [any Fact] = []
    var now = Instant.sample
    let rules = IntakeRules(calendar: .shanghai)

    /// One channel `wechat-mini` and one item `SKU-1` of 250 g.
    init(_ channel: CatalogChannel = .sample()) throws {
        try take(channel, on: .catalogChannels, key: channel.channel)
        try take(CatalogItem.sample(), on: .catalogItems, key: "SKU-1")
    }

    /// Decides a message and applies the decision.
    @discardableResult
    mutating func take(
        _ message: some Message, on topic: Topic, key: String = "wechat-mini/WX-1001"
    ) throws -> Decision<IntakeChange> {
        try take(record(message.jsonBytes, type: type(of: message).type, on: topic, key: key))
    }

    @discardableResult
    mutating func place(_ order: ChannelOrder) throws -> Decision<IntakeChange> { try take(order, on: .channelOrders) }

    @discardableResult
    mutating func take(_ payment: ChannelPayment) throws -> Decision<IntakeChange> {
        try take(payment, on: .channelPayments)
    }

    @discardableResult
    mutating func take(_ fact: some Fact) throws -> Decision<IntakeChange> {
        try take(fact, on: fact.topic, key: fact.key)
    }

    @discardableResult
    mutating func take(_ member: DistributionMember) throws -> Decision<IntakeChange> {
        try take(member, on: .distributionMembers, key: member.memberID)
    }

    @discardableResult
    mutating func take(_ binding: DistributionBinding) throws -> Decision<IntakeChange> {
        try take(binding, on: .distributionBindings, key: "wechat-mini/\(binding.externalBuyerID)")
    }

    /// The answer to a command.
    mutating func command(_ command: some HeadedCommand) throws -> CommandAnswered? {
        try take(command, on: .commands(of: "intake"), key: command.key).facts.last as? CommandAnswered
    }

    @discardableResult
    mutating func take(bytes: [UInt8], type: String, on topic: Topic, key: String) throws -> Decision<IntakeChange> {
        try take(record(bytes, type: type, on: topic, key: key))
    }

    /// A record without a value.
    mutating func takeTombstone(on topic: Topic, key: String) throws {
        try take(record(nil, type: "", on: topic, key: key))
    }

    /// Lets a timer fall due.
    @discardableResult
    mutating func fire(_ kind: IntakeTimer) throws -> Decision<IntakeChange> {
        guard let due = timers.removeValue(forKey: kind.rawValue) else { return .nothing }
        now = due
        return try take(IntakeMessage.read(timer: kind.rawValue, key: OrderID.sample.text))
    }

    func order(_ orderID: OrderID = .sample) -> Order? {
        state.isLoaded(.order(orderID)) ? state.order(.order(orderID)) : nil
    }

    /// The short names of what was told.
    var story: [String] { told.map { "\(type(of: $0))" } }

    func last<F: Fact>(_ type: F.Type = F.self) -> F? { told.last { $0 is F } as? F }

    private func record(_ value: [UInt8]?, type: String, on topic: Topic, key: String) throws -> IntakeMessage {
        let inbound = try Inbound(
            topic: topic, partition: 0, offset: 0, recordedAt: now, key: Array(key.utf8), value: value
        ) { name in name == "ce_type" && !type.isEmpty ? Array(type.utf8) : nil }
        guard let message = try IntakeMessage.read(inbound) else { throw Unread(type: type) }
        return message
    }

    @discardableResult
    mutating func take(_ message: IntakeMessage) throws -> Decision<IntakeChange> {
        for _ in 0..<16 {
            let missing = rules.keys(of: message, given: state).filter { !state.isLoaded($0) }
            if missing.isEmpty { break }
            for key in missing { state.load(key, nil) }
        }
        let decision = try rules.decide(message, given: state, at: now)
        for change in decision.changes {
            state.set(change.key, change.value)
            for alias in change.value.aliases { state.alias(alias, of: change.key) }
        }
        for timer in decision.timers {
            switch timer {
            case .set(let kind, _, let due): timers[kind] = due
            case .cancel(let kind, _): timers[kind] = nil
            }
        }
        told.append(contentsOf: decision.facts)
        return decision
    }

    struct Unread: Error { let type: String }
}

extension Desk {
    /// With an order that has been confirmed.
    static func confirmed(_ order: ChannelOrder = .sample(paid: true), _ channel: CatalogChannel = .sample()) throws
        -> Desk
    {
        var desk = try Desk(channel)
        try desk.place(order)
        try desk.take(StockReserved.sample(lines: order.lines.map { .sample($0.lineID, quantity: $0.quantity) }))
        return desk
    }

    static func shipped(_ order: ChannelOrder = .sample(paid: true), _ channel: CatalogChannel = .sample()) throws
        -> Desk
    {
        var desk = try confirmed(order, channel)
        try desk.take(ShipmentDispatched.sample(lines: order.lines.map { .sample($0.lineID, quantity: $0.quantity) }))
        return desk
    }
}

extension CommandHead {
    static func sample(_ commandID: String = "C-1", reason: String = "asked by phone") -> CommandHead {
        CommandHead(commandID: commandID, actor: "user-1", reason: reason, issuedAt: .sample)
    }
}

extension ChannelOrderCancel {
    static func sample(requestedAt: Instant = .sample) -> ChannelOrderCancel {
        ChannelOrderCancel(channel: "wechat-mini", externalOrderID: "WX-1001", requestedAt: requestedAt)
    }
}

/// The fault of a body that must fail with one.
func fault(of body: () throws -> Void) -> Fault? {
    do {
        try body()
        return nil
    } catch {
        return error as? Fault
    }
}
