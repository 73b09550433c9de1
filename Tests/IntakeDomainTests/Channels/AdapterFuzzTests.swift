import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Broken native payloads")
struct AdapterFuzzTests {
    /// 10,000 payloads with one to three faults each: every one ends as an order or as a fault, and none as anything else.
    @Test func eachEndsAsAnOrderOrAsAFault() throws {
        let empty = try FollowSnapshotTests.desk()
        var random = SplitMix(seed: 20_261_122)
        var accepted: [String: Int] = [:]
        var refused: [String: Int] = [:]
        let natives = NativeOrder.allCases
        let samples = Dictionary(uniqueKeysWithValues: NativeSamples.all.map { ($0.type, Array($0.payload.utf8)) })
        for number in 0..<10_000 {
            let native = natives[number % natives.count]
            var bytes = try #require(samples[native.rawValue])
            for _ in 0...Int.random(in: 0...2, using: &random) { Mutation.apply(to: &bytes, using: &random) }
            do throws(Fault) {
                let snapshot = try native.read(JSONDocument.object(bytes), channel: "shop")
                accepted[native.rawValue, default: 0] += 1
                checkOrder(snapshot, native, empty, bytes)
            } catch {
                refused[native.rawValue, default: 0] += 1
                #expect(!error.reason.isEmpty)
                let isWhole = error.reason.hasPrefix("not JSON") || error.reason.hasPrefix("value ")
                #expect(error.field != nil || isWhole, "\(error.reason)")
                #expect(error.field?.isEmpty != true)
                for secret in ["李**", "138****", "Jane", "Market", "~addr~"] { #expect(!error.reason.contains(secret)) }
            }
        }
        #expect(accepted.values.reduce(0, +) + refused.values.reduce(0, +) == 10_000)
        for native in natives {
            #expect(accepted[native.rawValue, default: 0] > 50, "\(native) accepts")
            #expect(refused[native.rawValue, default: 0] > 200, "\(native) refuses")
        }
    }

    /// What was accepted is a normal order, and the rules take it or refuse it with a fault.
    private func checkOrder(_ snapshot: ChannelSnapshot, _ native: NativeOrder, _ empty: Desk, _ bytes: [UInt8]) {
        let order = snapshot.order
        do throws(Fault) {
            let again = try ChannelOrder(JSONDocument.object(order.jsonBytes))
            #expect(again == order)
        } catch {
            Issue.record("not a normal order: \(error)")
        }
        #expect(order.receivable >= order.total)
        var desk = empty
        do {
            try desk.take(bytes: bytes, type: native.rawValue, on: .channelOrders, key: "shop/\(order.externalOrderID)")
        } catch {
            #expect(error is Fault, "\(error)")
        }
    }
}

/// One change of a JSON text that a careless or hostile sender could make.
enum Mutation {
    private static let strangers = [
        "null", "true", "\"\"", "\"x\"", "0", "-1", "1.5", "1e400", "-0", "99999999999999999999999999", "\"NaN\"",
        "999999999999", "\"9999999999.99\"", "[]", "{}", "\"0000-00-00 00:00:00\"", "\"2026-02-30 10:00:00\"",
        "\"\\u0000\"", "\"\\ud800\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "{\"a\":{\"a\":{\"a\":1}}}", "\"\(String(repeating: "长", count: 2001))\"", "1000000", "\"5e3\"", "253402300800",
    ]

    static func apply(to bytes: inout [UInt8], using random: inout SplitMix) {
        guard !bytes.isEmpty else { return }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random) / 8)
        case 1: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        case 2...4:
            guard let value = values(bytes).randomElement(using: &random) else { return }
            bytes.replaceSubrange(value, with: Array((strangers.randomElement(using: &random) ?? "0").utf8))
        case 5, 6:
            // The name goes, so that the field is one nobody asks for.
            guard let value = values(bytes).randomElement(using: &random), value.lowerBound > 4 else { return }
            bytes[value.lowerBound - 4] = UInt8(ascii: "~")
        case 7:
            let all = values(bytes)
            guard let left = all.randomElement(using: &random), let right = all.randomElement(using: &random),
                left.upperBound <= right.lowerBound
            else { return }
            let moved = Array(bytes[right])
            bytes.replaceSubrange(right, with: Array(bytes[left]))
            bytes.replaceSubrange(left, with: moved)
        default:
            // A number becomes a text, or a text loses its quotes.
            guard let value = values(bytes).randomElement(using: &random) else { return }
            let token = Array(bytes[value])
            let isText = token.first == UInt8(ascii: "\"")
            bytes.replaceSubrange(
                value,
                with: isText ? Array(token.dropFirst().dropLast()) : [UInt8(ascii: "\"")] + token + [UInt8(ascii: "\"")]
            )
        }
    }

    /// The simple values behind a colon and a space.
    private static func values(_ bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 2
        while index < bytes.count {
            defer { index += 1 }
            guard bytes[index - 1] == UInt8(ascii: " "), bytes[index - 2] == UInt8(ascii: ":"),
                bytes[index] != UInt8(ascii: "{"), bytes[index] != UInt8(ascii: "[")
            else { continue }
            let isText = bytes[index] == UInt8(ascii: "\"")
            let end = bytes[(index + 1)...].firstIndex { byte in
                isText
                    ? byte == UInt8(ascii: "\"")
                    : [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(byte)
            }
            if let end { ranges.append(index..<(isText ? end + 1 : end)) }
        }
        return ranges
    }
}
