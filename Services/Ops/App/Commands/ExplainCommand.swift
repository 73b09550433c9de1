import ArgumentParser
import CommissionDomain
import Contracts
import Postgres

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Says why a number is what it is.",
        subcommands: [ExplainCommissionCommand.self])
}

struct ExplainCommissionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commission", abstract: "The whole why of an order's commission, checked against the books.",
        discussion: """
            Whose the order is and who lost it, the plan that held and those passed over, rates, arithmetic, what is
            frozen and taken back, where the money is that matured (available, in which payout, paid out, set off), and
            every journal. All of it is worked out anew from what commission has stored and compared with legs, pools,
            journals, payouts and balances: it ends with "the books agree", or names each difference and ends
            with status 1. Status 65 when the id is unknown.
            """)
    @Option(help: "An order's id.") var order: String?
    @Option(help: "A journal's id, like ORDER-J3: only this one and the legs it is about.") var entry: String?
    @Flag(help: "One line of JSON.") var json = false

    func validate() throws {
        guard (order == nil) != (entry == nil) else { throw ValidationError("Give either --order or --entry.") }
    }

    func run() throws {
        try Screen.run {
            let connection = try Administrator(OpsEnvironment()).connect()
            defer { connection.close() }
            let explanation =
                try entry.map { try Self.explanation(entry: $0, connection) }
                ?? Self.explanation(order: order ?? "", connection)
            let part = entry.flatMap { EntryExplanation(of: $0, in: explanation) }
            let bytes = part.map(explanation.jsonBytes(of:)) ?? explanation.jsonBytes
            let text = ExplanationText(explanation: explanation)
            print(json ? String(decoding: bytes, as: UTF8.self) : part.map(text.text(of:)) ?? text.text)
            guard (part?.differences ?? explanation.differences).isEmpty else { throw ExitCode(1) }
        }
    }

    /// - Throws: `OpsFailure` that names the option, when commission has no such order.
    static func explanation(order orderID: String, _ connection: Connection) throws -> OrderExplanation {
        guard let books = try BookedOrderRows.order(orderID, connection) else {
            throw OpsFailure("order: commission has no order \(orderID)", status: .data)
        }
        return try OrderExplanation(books)
    }

    static func explanation(entry journalID: String, _ connection: Connection) throws -> OrderExplanation {
        guard let orderID = try BookedOrderRows.orderID(ofJournal: journalID, connection) else {
            throw OpsFailure("entry: no journal of an order is called \(journalID)", status: .data)
        }
        return try explanation(order: orderID, connection)
    }
}
