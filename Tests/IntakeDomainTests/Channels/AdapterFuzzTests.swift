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
