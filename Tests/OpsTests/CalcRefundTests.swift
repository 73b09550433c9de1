import Foundation
import Testing

@Suite("ops calc of refunds")
struct CalcRefundTests {
    private static let order = """
        {"order": {"channel": "mini", "externalOrderId": "X", "placedAt": "2026-11-22T08:00:00Z", "freight": 800,
        "lines": [{"lineId": "1", "sku": "A", "quantity": 3, "unitPrice": 1000}], "total": 3800}, "steps": [STEPS]}
        """.replacing("\n", with: " ")

    private static func answer(_ steps: String) throws -> String {
        let output = try CalcProgram.run(
            ["refund", "--file", "-", "--json"], order.replacing("STEPS", with: steps)
        ).output
        return String(decoding: output, as: UTF8.self)
    }

    @Test func everyStepSaysWhatItPaysBackAndWhatIsLeft() throws {
        let answer = try Self.answer(
            """
            {"lines": [{"lineId": "1", "quantity": 1}], "amount": 999}, {"lines": [{"lineId": "1", "quantity": 3}]},
            {"lines": [{"lineId": "1", "quantity": 2}]}
            """)
        #expect(
            answer == #"{"steps":[{"amount":999,"lines":[{"lineId":"1","quantity":1,"amount":999}],"freight":0},"#
                + #"{"amount":0,"lines":[],"freight":0,"refused":"units-exceed-remaining"},"#
                + #"{"amount":2800,"lines":[{"lineId":"1","quantity":2,"amount":2000}],"freight":800}],"remaining":1}"#
                + "\n")
    }

    @Test func freightStaysOnceTheGoodsHaveLeft() throws {
        let returned = try Self.answer(#"{"kind": "return", "lines": [{"lineId": "1", "quantity": 3}]}"#)
        #expect(returned.hasSuffix(#""freight":0}],"remaining":800}"# + "\n"))
    }

    @Test(arguments: [
        (#"{"kind": "gift"}"#, "steps[0].kind"), (#"{}"#, "steps[0].lines"),
        (#"{"lines": [{"lineId": "9", "quantity": 1}]}"#, "steps[0].lines[0].lineId"),
        (#"{"lines": [{"lineId": "1", "quantity": 0}]}"#, "steps[0].lines[0].quantity"),
    ])
    func whatCannotBeReadIsNamed(step: String, field: String) throws {
        let (status, output) = try CalcProgram.run(
            ["refund", "--file", "-", "--json"], Self.order.replacing("STEPS", with: step))
        #expect(status == 65)
        #expect(String(decoding: output, as: UTF8.self).contains(#""field":"\#(field)""#), "\(output)")
    }

    /// 100,000 random orders with their steps, worked out apart in Python's fractions.
    @Test func everyCentIsThatOfExactFractions() throws {
        let python = URL(filePath: "/usr/bin/python3")
        let oracle = CalcProgram.root.appending(path: "Tests/OpsTests/Oracles/refunds.py").path
        let folder = FileManager.default.temporaryDirectory.appending(path: "refunds-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let cases = folder.appending(path: "cases"), answers = folder.appending(path: "answers")
        try CalcProgram.start(python, [oracle, "cases", "100000", "20261128"]).output.write(to: cases)
        try CalcProgram.run(["refund", "--lines", "--json", "--file", cases.path]).output.write(to: answers)
        let (status, verdict) = try CalcProgram.start(python, [oracle, "check", cases.path, answers.path])
        #expect(status == 0, "\(String(decoding: verdict, as: UTF8.self))")
        #expect(String(decoding: verdict, as: UTF8.self).hasPrefix("100000 cases, "))
    }
}
