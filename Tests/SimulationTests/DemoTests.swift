import Contracts
import IntakeDomain
import Kafka
import Pipeline
import Testing

@testable import Ops

/// The demo's acts over the house in memory.
@Suite("The demo under delays, duplicates and deaths")
struct DemoTests {
    private static let purchases = (1...60).compactMap { number in
        let customer = 10_000 + number % 25
        return Purchase(
            "\(customer) 1997\(number % 2 == 0 ? "0101" : "0630") \(1 + number % 4) \(number % 97).\(10 + number % 90)",
            number: number)
    }

    @Test(arguments: 1...6)
    func endsLikeACalmOne(seed: UInt64) throws {
        let script = DemoScript(Self.purchases, seed: seed % 3)
        let (calm, _) = try play(script, seed: seed, .calm)
        #expect(calm.leftovers == [])
        #expect(calm.orders.count == Self.purchases.count)
        #expect(calm.orders.values.allSatisfy { $0.state == .completed || $0.state == .cancelled })
        let (end, house) = try play(script, seed: seed, .storm)
        #expect(end.leftovers == [])
        #expect(Set(end.lines).symmetricDifference(calm.lines).sorted() == [])
        #expect(house.deaths > 10 && house.duplicates > 10 && house.lateRecords > 10, "too calm to mean anything")
    }

    private func play(_ script: DemoScript, seed: UInt64, _ disturbance: Disturbance) throws -> (HouseEnd, House) {
        let house = try House(seed: seed, disturbance)
        var world = DemoWorld(script)
        func act(_ records: [OutgoingRecord]) throws {
            house.publish(records)
            try house.settle { try world.hear($0) + world.due(at: house.clock.now) }
        }
        func pass(_ duration: Duration) throws {
            house.clock.advance(by: duration)
            try act([])
        }
        try act(script.references)
        try act(script.stock)
        try act(script.orderRecords)
        try act(script.laterPayments)
        try act(script.secondThoughts)
        try pass(.minutes(31))
        try act(script.latePayments)
        try pass(.hours(3))
        try pass(.hours(36))
        try act(script.returns)
        try pass(.days(3))
        try pass(.days(8))
        try pass(.days(16))
        for _ in 0..<6 where !world.unfinished.isEmpty { try pass(.days(8)) }
        return (HouseEnd(house), house)
    }
}
