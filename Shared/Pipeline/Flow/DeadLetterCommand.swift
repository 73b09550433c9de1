import Contracts

/// What an operator asks of a service's dead letters: carried out by the pipeline, never seen by a handler.
///
/// - Source: CONTRACTS, "Commands".
struct DeadLetterCommand {
    let commandID: String
    /// `nil` when the command names no dead letters.
    let order: DeadLetterOrder?

    /// Recognises the two commands on the service's own command topic; `nil` for everything else.
    init?(_ inbound: Inbound, service: String) throws(Fault) {
        guard inbound.topic == Topic.commands(of: service) else { return nil }
        switch inbound.envelope.type {
        case RetryDeadLetters.type:
            let command = try RetryDeadLetters(Self.body(inbound))
            self.init(
                command.commandID, .retry, command.all ? .all : .named(command.deadLetterIDs, command.records))
        case DiscardDeadLetters.type:
            let command = try DiscardDeadLetters(Self.body(inbound))
            self.init(
                command.commandID, .discard, command.all ? .all : .named(command.deadLetterIDs, command.records))
        default:
            return nil
        }
    }

    private init(_ commandID: String, _ verb: DeadLetterOrder.Verb, _ choice: DeadLetterOrder.Choice) {
        self.commandID = commandID
        order = choice == .named([], []) ? nil : DeadLetterOrder(verb: verb, choice: choice)
    }

    private static func body(_ inbound: Inbound) throws(Fault) -> JSONObject {
        guard let body = inbound.body else { throw Fault("has no value") }
        return body
    }

    func answer(of service: String) -> CommandAnswered {
        CommandAnswered(
            service: service, commandID: commandID, outcome: order == nil ? .refused : .accepted,
            reason: order == nil ? "names no dead letters" : nil)
    }
}
