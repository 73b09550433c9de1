public import Foundation

/// Purchases in the layout of the CDNOW data set.
public enum DemoFile {
    public static func write(count: Int) throws -> URL {
        var text = "CUSTOMER DATE PIECES DOLLARS\r\n"
        var state: UInt64 = 11
        func random(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        for number in 0..<count {
            let pieces = random(4) + 1
            let cents = pieces * [1177, 1299, 1397, 799, 2499][Int(random(5))] + random(3)
            let customer = String(repeating: "0", count: 5 - String(number / 3 + 1).count) + String(number / 3 + 1)
            let day = 10 + random(19)
            let amount = "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
            text +=
                " \(customer) 199701\(day) \(pieces < 10 ? " " : "")\(pieces)\(String(repeating: " ", count: 7 - amount.count))\(amount)\r\n"
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("orders-\(UUID().uuidString).txt")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file
    }
}
