import Contracts

/// What an operator asks of a service's dead letters: carried out by the pipeline, never seen by a handler.
///
/// - Source: CONTRACTS, "Commands".
struct DeadLetterCommand {
    let commandID: String
    private let verb: DeadLetterOrder.Verb
    private let ids: [Int64]
    private let isForAll: Bool

    /// Recognises the two commands on the service's own command topic; `nil` for everything else.
    init?(_ inbound: Inbound, service: String) throws(Fault) {
        guard inbound.topic == Topic.commands(of: service) else { return nil }
        switch inbound.envelope.type {
        case RetryDeadLetters.type:
            let command = try RetryDeadLetters(Self.body(inbound))
            self.init(command.commandID, .retry, command.deadLetterIDs, command.all)
        case DiscardDeadLetters.type:
            let command = try DiscardDeadLetters(Self.body(inbound))
            self.init(command.commandID, .discard, command.deadLetterIDs, command.all)
        default:
            return nil
        }
    }

    private init(_ commandID: String, _ verb: DeadLetterOrder.Verb, _ ids: [Int64], _ isForAll: Bool) {
        self.commandID = commandID
        self.verb = verb
        self.ids = ids
        self.isForAll = isForAll
    }

    private static func body(_ inbound: Inbound) throws(Fault) -> JSONObject {
        guard let body = inbound.body else { throw Fault("has no value") }
        return body
    }

    /// `nil` when the command names no dead letters.
    var order: DeadLetterOrder? {
        if isForAll { return DeadLetterOrder(verb: verb, ids: []) }
        return ids.isEmpty ? nil : DeadLetterOrder(verb: verb, ids: ids)
    }

    func answer(of service: String) -> CommandAnswered {
        CommandAnswered(
            service: service, commandID: commandID, outcome: order == nil ? .refused : .accepted,
            reason: order == nil ? "names no dead letters" : nil)
    }
}
