import ArgumentParser
import Contracts
import Foundation
import Postgres

struct StatementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement", abstract: "What a month did to a member's money, and every entry of it.",
        discussion: """
            opening + matured - reversed + adjusted - paid out + team bonus = payable. --facts writes what a stranger needs
            to work it out again: the member's entries up to the month's end with the legs behind them, the turnover of the
            month and the plan's tiers, an object a line.
            """)
    @Argument(help: "The member.") var member: String
    @Argument(help: "The month: 2026-11.") var period: String
    @Option(help: "ISO 4217.") var currency = "CNY"
    @Option(help: "Writes the entries to a file of comma-separated values.") var csv: String?
    @Option(help: "Writes them to a spreadsheet file.") var xlsx: String?
    @Option(help: "Writes what the statement is made of, a JSON object a line.") var facts: String?
    @Flag(help: "One line of JSON.") var json = false

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let connection = try Administrator(environment).connect("commission")
            defer { connection.close() }
            let calendar = try environment.calendar()
            let statement = try Statement(
                of: member, period: period, currency: currency, calendar: calendar, connection)
            if let csv { try Data(statement.separatedText).write(to: URL(filePath: csv), options: .atomic) }
            if let xlsx { try statement.write(toSpreadsheet: xlsx) }
            if let facts {
                try statement.facts(connection).write(toFile: facts, atomically: true, encoding: .utf8)
            }
            if json {
                print(String(decoding: JSONWriter.object { statement.write(to: &$0) }, as: UTF8.self))
            } else {
                print(statement.text)
            }
        }
    }
}
