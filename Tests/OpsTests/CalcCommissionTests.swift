import Contracts
import Foundation
import Testing

@Suite("ops calc of commission")
struct CalcCommissionTests {
    private static let order = """
        {"orderId":"1NG5880G4WHQMS4PHH","version":1,"kind":"sale","reservation":1,"channel":"c","externalOrderId":"1",
        "placedAt":"2026-06-01T00:00:00Z","currency":"CNY","weightGrams":0,"lines":[{"lineId":"1","sku":"A","quantity":1,
        "unitPrice":1000,"discount":0,"orderDiscountShare":0,"freightShare":0,"paid":1000}],"goodsTotal":1000,
        "freight":800,"tax":0,"fees":0,"total":1800,"receivable":1800,"paymentTerms":"prepaid","delivery":"express",
        "attribution":{"memberId":"M3","kind":"binding","chain":[],"reason":"r","contest":[]}}
        """.replacing("\n", with: "")
    private static let refund =
        #"{"orderId":"1NG5880G4WHQMS4PHH","version":2,"caseId":"1NG5880G4WHQMS4PHH-A1","#
        + #""refundId":"1NG5880G4WHQMS4PHH-R1","amount":500,"lines":[{"lineId":"1","quantity":0,"amount":500}],"freight":0}"#
    private static let members =
        #"{"memberId":"M3","parentId":"M1","grade":"gold"}"# + "\n" + #"{"memberId":"M1"}"# + "\n"
        + #"{"memberId":"M4","parentId":"M1","buyers":["c/own"]}"# + "\n"

    private static func plan(_ levels: String, more: String = "") -> String {
        #"{"planId":"P","version":1,"currency":"CNY","levels":[\#(levels)],"poolCapBasisPoints":3000\#(more)}"#
    }

    /// Files of one run, gone afterwards.
    private static func run(_ plan: String, _ orders: [String]) throws -> (status: Int32, lines: [String]) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "commission-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [("plan", plan), ("members", members), ("orders", orders.joined(separator: "\n"))] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let (status, output) = try CalcProgram.run([
            "commission", "--plan", folder.appending(path: "plan").path, "--members",
            folder.appending(path: "members").path, "--orders", folder.appending(path: "orders").path, "--json",
        ])
        return (status, String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init))
    }

    @Test func anOrderAndItsRefundAreALineEach() throws {
        let levels = #"{"level":1,"rates":[{"rateBasisPoints":1000}]},{"level":2,"rates":[{"rateBasisPoints":500}]}"#
        let (status, lines) = try Self.run(Self.plan(levels), [Self.order, Self.refund])
        #expect(status == 0)
        let first = #"{"orderId":"1NG5880G4WHQMS4PHH","legs":[{"memberId":"M3","level":1,"kind":"level","lineId":"1","#
        let second = #""base":1000,"rateBasisPoints":1000,"amount":100,"why":"10 % by default"},{"memberId":"M1","#
        let third = #""level":2,"kind":"level","lineId":"1","base":1000,"rateBasisPoints":500,"amount":50,"#
        let last = #""why":"5 % by default"}],"companyShare":150,"remainder":0}"#
        #expect(lines.first == [first, second, third, last].joined())
        #expect(lines.last?.contains(#""refundId":"1NG5880G4WHQMS4PHH-R1","legs":[{"memberId":"M3""#) == true)
        #expect(lines.last?.contains(#""amount":50,"#) == true)
        #expect(lines.last?.hasSuffix(#""companyShare":75,"remainder":0}"#) == true)
    }

    @Test(arguments: [("shift", "M4 self, M1 level"), ("block", "M3 level, M1 level")])
    func ownPurchaseIsThePlansMatter(selfPurchase: String, legs: String) throws {
        let levels = #"{"level":1,"rates":[{"rateBasisPoints":1000}]},{"level":2,"rates":[{"rateBasisPoints":500}]}"#
        let order = Self.order.replacing(#""currency":"#, with: #""buyerId":"c/own","currency":"#)
        let (status, lines) = try Self.run(
            Self.plan(levels, more: #","selfPurchase":"\#(selfPurchase)""#), [order])
        let step = try #require(lines.first.flatMap { try? JSONDocument.object(Array($0.utf8)) })
        let told = try step.values("legs").map { try $0.object() }.map {
            "\(try $0.string("memberId")) \(try $0.string("kind"))"
        }
        #expect(status == 0 && told.joined(separator: ", ") == legs)
    }

    @Test(arguments: [
        (plan(#"{"level":1,"rates":[{"rateBasisPoints":1000}]}"#), ["{}"], "line 1: orderId"),
        (plan(#"{"level":1,"rates":[{"rateBasisPoints":1000}]}"#), [order, order], "line 2: orderId"),
        (plan(#"{"level":1,"rates":[{"rateBasisPoints":1000}]}"#), [refund], "line 1: orderId"),
        (plan("", more: #","peerBonusBasisPoints":100"#), [order], "acknowledgeLevels"),
    ])
    func whatCannotBeReadIsNamed(plan: String, orders: [String], field: String) throws {
        let (status, lines) = try Self.run(plan, orders)
        #expect(status == 65)
        #expect(lines.last?.contains(#""field":"\#(field)""#) == true, "\(lines)")
    }

    /// 100,000 random orders under 200 random plans and trees with their refunds, worked out apart in Python's fractions;
    /// a third of the plans by supply prices.
    @Test func everyCentIsThatOfExactFractions() throws {
        let python = URL(filePath: "/usr/bin/python3")
        let oracle = CalcProgram.root.appending(path: "Tests/OpsTests/Oracles/commission.py").path
        let folder = FileManager.default.temporaryDirectory.appending(path: "commission-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try CalcProgram.start(python, [oracle, "cases", "100000", "20261129", folder.path])
        for number in 0..<200 {
            func path(_ name: String) -> String { folder.appending(path: "\(name)-\(number).jsonl").path }
            let answers = try CalcProgram.run([
                "commission", "--plan", folder.appending(path: "plan-\(number).json").path, "--members",
                path("members"), "--orders", path("orders"), "--json",
            ])
            #expect(answers.status == 0, "plan \(number)")
            try answers.output.write(to: URL(filePath: path("answers")))
        }
        let (status, verdict) = try CalcProgram.start(python, [oracle, "check", folder.path])
        #expect(status == 0, "\(String(decoding: verdict, as: UTF8.self))")
        let counts = try #require(
            String(decoding: verdict, as: UTF8.self).firstMatch(
                of: /^(\d+) orders, \d+ refunds, (\d+) margins, 0 wrong/))
        #expect(counts.1 == "100000")
        // The draw must reach what it is about.
        #expect(Int(counts.2) ?? 0 > 20_000)
    }
}
