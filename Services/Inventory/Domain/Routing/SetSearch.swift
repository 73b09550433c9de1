/// Looks for the best set of so many warehouses: members in ascending order, one after the other.
///
/// A beginning is given up when the warehouses behind it, each taken for the fullest, could not fill what is missing, or
/// when it costs more than the best set so far even if all pieces went by the cheapest gram.
struct SetSearch {
    private let skus: [RoutedSKU]
    private let candidates: [Warehouses.Candidate]
    private let size: Int
    /// Most pieces of a SKU in any one candidate from a place on: by place, then by SKU.
    private let fullest: [[Int64]]
    /// Least handling of any one candidate from a place on.
    private let leastHandling: [Int128]
    private let leastShipping: Int128
    private var members: [Int] = []
    private(set) var best: Plan?
    /// Beginnings of sets that may still be looked at.
    private(set) var setsLeft: Int

    init(_ skus: [RoutedSKU], _ candidates: [Warehouses.Candidate], size: Int, sets: Int) {
        self.skus = skus
        self.candidates = candidates
        self.size = size
        setsLeft = sets
        var fullest = [[Int64]](repeating: [Int64](repeating: 0, count: skus.count), count: candidates.count + 1)
        var leastHandling = [Int128](repeating: .max, count: candidates.count + 1)
        for place in candidates.indices.reversed() {
            for index in skus.indices {
                fullest[place][index] = max(fullest[place + 1][index], skus[index].free[place])
            }
            leastHandling[place] = min(leastHandling[place + 1], candidates[place].exactHandlingCost)
        }
        self.fullest = fullest
        self.leastHandling = leastHandling
        let cheapest = candidates.map(\.costPerGram).min() ?? 0
        leastShipping = skus.reduce(0) { $0 + Int128($1.pieces) * Int128($1.gramsPerPiece) * cheapest }
    }

    mutating func run() { extend(from: 0, missing: skus.map(\.pieces), handling: 0) }

    private mutating func extend(from next: Int, missing: [Int64], handling: Int128) {
        let wanted = size - members.count
        guard wanted > 0 else { return complete() }
        for place in stride(from: next, through: candidates.count - wanted, by: 1) {
            guard isFillable(missing, by: wanted, from: place) else { return }
            guard setsLeft > 0 else { return }
            setsLeft -= 1
            let cost = handling + candidates[place].exactHandlingCost
            let others = wanted > 1 ? leastHandling[place + 1] * Int128(wanted - 1) : 0
            if let best, cost + others + leastShipping > best.exactCost { continue }
            members.append(place)
            var left = missing
            for index in left.indices { left[index] = max(0, left[index] - skus[index].free[place]) }
            extend(from: place + 1, missing: left, handling: cost)
            members.removeLast()
        }
    }

    private func isFillable(_ missing: [Int64], by count: Int, from place: Int) -> Bool {
        for index in missing.indices {
            let (most, overflow) = fullest[place][index].multipliedReportingOverflow(by: Int64(count))
            if !overflow, most < missing[index] { return false }
        }
        return true
    }

    /// Sets come in ascending order of their ids, so the first of equals stays.
    private mutating func complete() {
        guard let plan = divide(skus, among: members, candidates) else { return }
        if best.map({ isBetter(plan, than: $0, candidates) }) ?? true { best = plan }
    }
}
