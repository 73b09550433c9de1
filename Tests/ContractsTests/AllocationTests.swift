import Contracts
import Testing

@Suite("Dividing money")
struct AllocationTests {
    @Test(
        "Half is rounded away from zero",
        arguments: [
            (5, 10, 1), (4, 10, 0), (-5, 10, -1), (-4, 10, 0), (15, 10, 2), (-15, 10, -2), (1, 3, 0), (2, 3, 1),
            (-2, 3, -1), (0, 7, 0), (3, 2, 2), (7, 7, 1),
        ] as [(Int128, Int128, Int64)])
    func halfGoesUp(numerator: Int128, denominator: Int128, expected: Int64) {
        #expect(Allocation.halfUp(numerator, over: denominator) == expected)
    }

    @Test("A share of the largest amount is exact")
    func largeSharesAreExact() {
        #expect(Allocation.share(of: 999_999_999_999, basisPoints: 9999) == 999_899_999_999)
        #expect(Allocation.share(of: 12_345, basisPoints: 1000) == 1235)
        #expect(Allocation.share(of: -12_345, basisPoints: 1000) == -1235)
    }

    @Test(
        "The rest goes to the largest remainders, ties to the earlier part",
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (101, [1, 1, 1], [34, 34, 33]), (10, [3, 3, 1], [4, 4, 2]),
            (1, [1, 2], [0, 1]), (5, [0, 0], [5, 0]), (0, [1, 2], [0, 0]), (7, [], []),
            (2, [5, 5, 5, 5], [1, 1, 0, 0]),
            (-100, [1, 1, 1], [-34, -33, -33]), (3, [0, 1, 0], [0, 3, 0]),
        ] as [(Int64, [Int64], [Int64])])
    func remaindersAreOrdered(total: Int64, weights: [Int64], parts: [Int64]) {
        #expect(Allocation.split(total, by: weights) == parts)
    }

    @Test("Any split adds up, and no part is a whole unit away from its exact share")
    func splitsAddUp() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            let total =
                Int64.random(in: 0..<1_000_000_000_000, using: &random) >> Int64.random(in: 0..<40, using: &random)
            var weights: [Int64] = []
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                weights.append(
                    Int64.random(in: 0..<1_000_000_000_000, using: &random) >> Int64.random(in: 0..<41, using: &random))
            }
            let parts = Allocation.split(total, by: weights)
            let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
            #expect(parts.reduce(0, +) == total)
            guard sum > 0 else { continue }
            for (part, weight) in zip(parts, weights) {
                let error = Int128(part) * sum - Int128(total) * Int128(weight)
                #expect(error.magnitude < sum.magnitude, "\(total) by \(weights)")
            }
        }
    }

    @Test("Any sequence of partial steps over the units of a line adds up to the line")
    func unitStepsAddUp() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<3000 {
            let units = Int64.random(in: 1...50, using: &random)
            let total = Int64.random(in: -100_000...1_000_000, using: &random)
            var given: Int64 = 0
            var sum: Int64 = 0
            while given < units {
                let count = Int64.random(in: 0...(units - given), using: &random)
                sum += Allocation.unitsShare(of: total, count: count, given: given, units: units)
                given += count
                #expect(sum == Allocation.halfUp(Int128(total) * Int128(given), over: Int128(units)))
            }
            #expect(sum == total)
        }
    }
}
