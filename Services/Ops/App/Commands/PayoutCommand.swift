import ArgumentParser
import Contracts
import Postgres

struct PayoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payout", abstract: "Members' payouts.",
        subcommands: [List.self, Request.self, Approve.self, Reject.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Payouts somebody has to decide, or that were not answered; adjustments and holds too.",
            discussion: "Exit status 1 when a person is needed.")
        @Option(help: "At most so many of each.") var limit: Int32 = 100
        @Flag(help: "One line of JSON.") var json = false

        func run() throws {
            try Screen.run {
                let connection = try Administrator(OpsEnvironment()).connect("commission")
                defer { connection.close() }
                var parameters = Parameters()
                parameters.append(limit)
                let sections = try Self.queries.map { try $0.ask(connection, parameters) }
                if json {
                    let line = JSONWriter.object { object in for section in sections { section.write(to: &object) } }
                    print(String(decoding: line, as: UTF8.self))
                } else {
                    let texts = sections.compactMap(\.text)
                    print(texts.isEmpty ? "nothing waits for anybody" : texts.joined(separator: "\n\n"))
                }
                if sections.contains(where: { !$0.rows.isEmpty }) { throw ExitCode(1) }
            }
        }

        static let queries = [
            ReportQuery(
                name: "payouts", head: ["payout", "state", "amount", "fee", "tax", "currency", "payee", "since", "by"],
                sql: """
                    SELECT p.payout_id, p.state, p.amount::text, p.fee::text, p.tax::text, p.currency,
                        a.payee #>> '{record,hint}', to_char(p.requested_at, 'YYYY-MM-DD HH24:MI"Z"'), p.requested_by
                    FROM payouts AS p LEFT JOIN accounts AS a ON a.member_id = p.member_id
                    WHERE p.state IN ('requested', 'due') ORDER BY p.state DESC, p.requested_at LIMIT $1
                    """),
            ReportQuery(
                name: "adjustments", head: ["member", "adjustment", "amount", "currency", "since", "by", "why"],
                sql: """
                    SELECT member_id, adjustment_id, amount::text, currency,
                        to_char(requested_at, 'YYYY-MM-DD HH24:MI"Z"'), actor, reason
                    FROM adjustments WHERE state = 'pending' ORDER BY requested_at LIMIT $1
                    """),
            ReportQuery(
                name: "held", head: ["entry", "member", "kind", "since", "why"],
                sql: """
                    SELECT o.order_id || '-J' || o.accrual_journal, h ->> 'memberId', h ->> 'kind', h ->> 'heldAt',
                        h ->> 'reason'
                    FROM orders AS o, json_array_elements(o.holds -> 'holds') AS h
                    WHERE o.holds IS NOT NULL ORDER BY 4 LIMIT $1
                    """),
        ]
    }

    struct Request: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sets money of a member aside for a payout.")
        @Argument(help: "The member.") var member: String
        @Argument(help: "Minor units, before fee and tax.") var amount: Int64
        @Option(help: "ISO 4217.") var currency = "CNY"
        @OptionGroup var asking: Asking

        func run() throws {
            try Screen.run {
                let command = RequestPayout(head: asking.head, memberID: member, amount: amount, currency: currency)
                try CommandDesk(OpsEnvironment()).carryOut(command, service: "commission", waitSeconds: asking.wait)
            }
        }
    }

    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a payout go; not by who asked for it.")
        @OptionGroup var decision: Decided

        func run() throws { try decision.send { ApprovePayout(head: $0, memberID: $1, payoutID: $2) } }
    }

    struct Reject: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes the money of a payout available again.")
        @OptionGroup var decision: Decided

        func run() throws { try decision.send { RejectPayout(head: $0, memberID: $1, payoutID: $2) } }
    }

    /// What somebody decides about, and who.
    struct Decided: ParsableArguments {
        @Argument(help: "The payout: M3-P1.") var payout: String
        @OptionGroup var asking: Asking

        func send(_ command: (CommandHead, String, String) -> some HeadedCommand) throws {
            try Screen.run {
                let command = command(asking.head, try PayoutCommand.member(of: payout), payout)
                try CommandDesk(OpsEnvironment()).carryOut(command, service: "commission", waitSeconds: asking.wait)
            }
        }
    }

    private static func member(of payout: String) throws -> String {
        let parts = payout.split(separator: "-")
        guard parts.count >= 2, let number = parts.last, number.first == "P" else {
            throw OpsFailure("'\(payout)' is no payout's id", status: .usage)
        }
        return parts.dropLast().joined(separator: "-")
    }
}
