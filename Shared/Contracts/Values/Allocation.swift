/// How money is divided: the one place where amounts are rounded or split.
///
/// - Units: minor units (分); every amount and weight is below 10^12, products are taken in 128 bits.
/// - Source: DESIGN, "Money, quantities, time".
public enum Allocation {
    /// `numerator / denominator`, half away from zero.
    public static func halfUp(_ numerator: Int128, over denominator: Int128) -> Int64 {
        precondition(denominator > 0, "denominator \(denominator) is not positive")
        let magnitude = (numerator.magnitude * 2 + denominator.magnitude) / (denominator.magnitude * 2)
        return numerator < 0 ? -Int64(magnitude) : Int64(magnitude)
    }

    /// A share of `amount` by a rate in basis points (1 % = 100).
    public static func share(of amount: Int64, basisPoints: Int64) -> Int64 {
        halfUp(Int128(amount) * Int128(basisPoints), over: 10_000)
    }

    /// Splits `total` by weights: whole parts first, the rest to the largest remainders, ties to the earlier part.
    ///
    /// - Returns: As many amounts as weights; their sum is `total`. Without any weight the first part takes all. A
    ///   negative total is split as the positive one with its sign.
    public static func split(_ total: Int64, by weights: [Int64]) -> [Int64] {
        precondition(weights.allSatisfy { $0 >= 0 }, "weights \(weights) of \(total) are not all positive")
        guard total >= 0 else { return split(-total, by: weights).map { -$0 } }
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard !weights.isEmpty else { return [] }
        guard sum > 0 else { return [total] + Array(repeating: 0, count: weights.count - 1) }
        var parts: [Int64] = []
        var remainders: [(index: Int, remainder: Int128)] = []
        var left = total
        for (index, weight) in weights.enumerated() {
            let product = Int128(total) * Int128(weight)
            parts.append(Int64(product / sum))
            remainders.append((index, product % sum))
            left -= parts[index]
        }
        remainders.sort { $0.remainder != $1.remainder ? $0.remainder > $1.remainder : $0.index < $1.index }
        for position in 0..<Int(left) { parts[remainders[position].index] += 1 }
        return parts
    }

    /// What units `given + 1 … given + count` of `units` are worth, when `total` belongs to all of them.
    ///
    /// Cumulative, so that any sequence of partial steps sums to `total`: the last unit takes the rest.
    public static func unitsShare(of total: Int64, count: Int64, given: Int64, units: Int64) -> Int64 {
        precondition(count >= 0 && given >= 0 && given + count <= units, "\(given) + \(count) of \(units) units")
        guard units > 0 else { return 0 }
        let before = halfUp(Int128(total) * Int128(given), over: Int128(units))
        let after = halfUp(Int128(total) * Int128(given + count), over: Int128(units))
        return after - before
    }
}
