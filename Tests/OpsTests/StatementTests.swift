import Contracts
import Foundation
import Postgres
import Support
import Testing

@testable import Ops

@Suite("Statements")
struct StatementTests {
    private static let plan = DistributionPlan.sample(
        teamTiers: [
            .init(monthlyTurnover: 10_000, rateBasisPoints: 125), .init(monthlyTurnover: 20_000, rateBasisPoints: 333),
        ], minimumPayout: 1, acknowledgeLevels: true)

    /// Sales in November and December, refunds before and after maturity, an adjustment, a payout that is rejected.
    private func live(_ books: CommissionBooks) throws {
        for member in ["M3", "M1"] { books.join(member) }
        for number in 1...4 {
            let id = OrderID.sample("WX-\(number)")
            let lines: [PlacedLine] = [.sample(unitPrice: 9999 + Int64(number)), .sample("2", quantity: 3)]
            try books.sell(.sold("WX-\(number)", lines))
            if number == 2 { try books.tell([CaseRefunded.sold(3333, order: id)]) }
            let completedAt = Instant.sample + .days(number < 3 ? 0 : 9)
            try books.tell([OrderCompleted.sample(orderID: id, completedAt: completedAt)])
        }
        try books.advance(by: .days(20))
        try books.tell([CaseRefunded.sold(777, order: .sample("WX-3"))])
        try books.ask { AdjustCommission(head: $0, memberID: "M3", adjustmentID: "A-1", amount: -77, currency: "CNY") }
        try books.advance(by: .days(40))
    }

    private func statement(_ period: String, of member: String, _ books: CommissionBooks) throws -> Statement {
        try books.connection.run(script: "SET search_path = commission")
        return try Statement(of: member, period: period, currency: "CNY", calendar: .shanghai, books.connection)
    }

    /// Python works it out from the exported facts by the documented rule, and by no code of ours.
    @Test(arguments: ["M3", "M1"]) func strangerComesToTheSameStatement(member: String) throws {
        try CommissionBooks.with([Self.plan]) { books in
            try live(books)
            try books.close("2026-11")
            try books.close("2026-12")
            for period in ["2026-11", "2026-12"] {
                let ours = try statement(period, of: member, books)
                let file = FileManager.default.temporaryDirectory.appending(path: "facts-\(UUID().uuidString).jsonl")
                defer { try? FileManager.default.removeItem(at: file) }
                try ours.facts(books.connection).write(to: file, atomically: true, encoding: .utf8)
                let oracle = try #require(Bundle.module.path(forResource: "Oracles/statement", ofType: "py"))
                let (status, answer) = try CalcProgram.start(
                    URL(filePath: "/usr/bin/python3"), [oracle, file.path])
                #expect(status == 0)
                let theirs = try JSONDocument.object(Array(answer))
                let written = try JSONDocument.object(JSONWriter.object { ours.write(to: &$0) })
                for name: StaticString in [
                    "turnover", "opening", "matured", "reversed", "adjusted", "paidOut", "teamBonus", "payable",
                ] { #expect(try theirs.integer(name) == written.integer(name), "\(name) of \(period)") }
                #expect(try theirs.integer("turnover") > 20_000)
                #expect(try theirs.integer("teamBonus") > 0)
            }
        }
    }

    @Test func spreadsheetHoldsEveryEntryAndNoFormula() throws {
        try CommissionBooks.with([Self.plan]) { books in
            try live(books)
            try books.ask {
                AdjustCommission(head: $0, memberID: "M3", adjustmentID: "=1+1,\"x\"", amount: 5, currency: "CNY")
            }
            try books.close("2026-11")
            try books.close("2026-12")
            try books.advance(by: .days(15))
            try books.close("2027-01")
            let text = String(decoding: try statement("2026-12", of: "M3", books).separatedText, as: UTF8.self)
            let records = text.split(separator: "\r\n")
            #expect(records.first == "at,journal,kind,order,cause,amount")
            #expect(records.count { $0.contains(",mature,") } == 2 && records.count { $0.contains(",team,") } == 1)
            #expect(records.last?.hasPrefix(",,payable,,,") == true)
            let january = String(decoding: try statement("2027-01", of: "M3", books).separatedText, as: UTF8.self)
            #expect(january.contains(",\"'=1+1,\"\"x\"\"\",5\r\n"))
        }
    }

    /// Read back by Python's own reader of archives and XML.
    @Test func workbookHoldsFiguresAndEntries() throws {
        try CommissionBooks.with([Self.plan]) { books in
            try live(books)
            try books.ask {
                AdjustCommission(head: $0, memberID: "M3", adjustmentID: "=1+1", amount: 5, currency: "CNY")
            }
            try books.close("2026-12")
            try books.advance(by: .days(15))
            try books.close("2027-01")
            let ours = try statement("2027-01", of: "M3", books)
            let file = FileManager.default.temporaryDirectory.appending(path: "statement-\(UUID().uuidString).xlsx")
            defer { try? FileManager.default.removeItem(at: file) }
            try ours.write(toSpreadsheet: file.path)
            let reader = try #require(Bundle.module.path(forResource: "Oracles/workbook", ofType: "py"))
            let (status, answer) = try CalcProgram.start(URL(filePath: "/usr/bin/python3"), [reader, file.path])
            let lines = String(decoding: answer, as: UTF8.self).split(separator: "\n")
            #expect(status == 0 && lines.first == "2027-01: M3 | CNY")
            #expect(lines.contains { $0.hasPrefix("entries: ") && $0.hasSuffix("adjust | =1+1 | 0.05") }, "\(lines)")
            #expect(lines.count { $0.hasPrefix("2027-01: ") } == 9)
            #expect(lines.contains("2027-01: adjusted | 0.05"))
        }
    }

    @Test func whatIsNotThereIsSaid() throws {
        try CommissionBooks.with { books in
            #expect(throws: OpsFailure.self) { try statement("2026-11", of: "M3", books) }
            #expect(throws: OpsFailure.self) { try statement("November", of: "M3", books) }
        }
    }

    @Test func queuesAreAskedOfRealTables() throws {
        try CommissionBooks.with { books in
            books.join("M3")
            try books.sell(.sold())
            try books.ask {
                AdjustCommission(head: $0, memberID: "M3", adjustmentID: "A-1", amount: 10_001, currency: "CNY")
            }
            try books.ask { DisputeEntry(head: $0, memberID: "M3", entryID: "\(OrderID.sample)-J1") }
            try books.connection.run(script: "SET search_path = commission")
            var parameters = Parameters()
            parameters.append(Int32(10))
            let sections = try PayoutCommand.List.queries.map { try $0.ask(books.connection, parameters) }
            #expect(sections.map(\.rows.count) == [0, 1, 1])
            #expect(sections[2].rows[0].first == "\(OrderID.sample)-J1")
        }
    }
}
