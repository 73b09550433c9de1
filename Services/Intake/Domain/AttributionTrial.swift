public import Contracts

/// Whose an order would be, by the rules themselves and a history that is given with it.
///
/// - Shape: one object with `channel` (`catalog.channel.v1`), `members` (`distribution.member.v1`), `bindings`
///   (`distribution.binding.v1`) and `order` (`channel.order.v1`); the lists may be absent.
/// - Errors: `Fault` naming the field, from the root of the object.
public enum AttributionTrial {
    /// - Returns: `nil` when nobody has the order.
    public static func attribution(_ json: JSONObject, calendar: BusinessCalendar = .shanghai) throws(Fault)
        -> Attribution?
    {
        let rules = IntakeRules(calendar: calendar)
        var state = State<IntakeAggregate>()
        let channel = try json.object("channel")
        try take(channel, on: .catalogChannels, key: channel.channel(), rules, &state)
        for member in try json.valuesIfPresent("members", atMost: 100_000) ?? [] {
            let object = try member.object()
            try take(object, on: .distributionMembers, key: object.ownID("memberId"), rules, &state)
        }
        for binding in try json.valuesIfPresent("bindings", atMost: 100_000) ?? [] {
            let object = try binding.object()
            let key = try "\(object.channel())/\(object.externalID("externalBuyerId"))"
            try take(object, on: .distributionBindings, key: key, rules, &state)
        }
        let order = try ChannelOrder(json.object("order"))
        let facts = try decide(.order(order), rules, &state)
        guard let placed = facts.compactMap({ $0 as? OrderPlaced }).first else {
            throw Fault("is unknown or not active", field: "channel.channel")
        }
        return placed.attribution
    }

    /// Handles a reference record as if it had been there for ever, unless it is dated.
    private static func take(
        _ json: JSONObject, on topic: Topic, key: String, _ rules: IntakeRules, _ state: inout State<IntakeAggregate>
    ) throws(Fault) {
        let inbound = try Inbound(
            topic: topic, partition: 0, offset: 0, recordedAt: Instant(milliseconds: 0), key: Array(key.utf8),
            value: json.text
        ) { _ in nil }
        guard let message = try IntakeMessage.read(inbound) else { return }
        _ = try decide(message, rules, &state)
    }

    private static func decide(
        _ message: IntakeMessage, _ rules: IntakeRules, _ state: inout State<IntakeAggregate>
    ) throws(Fault) -> [any Fact] {
        for _ in 0..<16 {
            let missing = rules.keys(of: message, given: state).filter { !state.isLoaded($0) }
            if missing.isEmpty { break }
            for key in missing { state.load(key, nil) }
        }
        let decision = try rules.decide(message, given: state, at: Instant(milliseconds: 0))
        for change in decision.changes { state.set(change.key, change.value) }
        return decision.facts
    }
}
