import Contracts

/// Pieces of one SKU to be sent, and what each candidate has of it.
struct RoutedSKU: Hashable {
    let sku: String
    let pieces: Int64
    let gramsPerPiece: Int64
    /// In the order of the candidates.
    let free: [Int64]
}

/// Which candidate sends how many pieces of which SKU.
struct Plan: Equatable {
    /// Places in the list of candidates, ascending.
    let members: [Int]
    /// By SKU, then by member.
    let pieces: [[Int64]]
    let exactCost: Int128
}

/// Chooses the warehouses of an order: fewest parcels, then cost, then priority, then the smaller id.
///
/// Sets are searched smallest first, leaving out what cannot have enough or cannot be cheaper. Up to `exactLimit`
/// candidates the search goes to its end; of more it looks at `mostSets` beginnings of sets, and then improves the best
/// it has by exchanging single warehouses. Within a set the cheapest way to divide each SKU is known: fill from the
/// cheapest gram.
/// - Returns: `nil` when all candidates together have too little.
/// - Source: DESIGN section 4, "Routing"; CONTRACTS, "catalog.warehouse.v1".
func chooseWarehouses(for skus: [RoutedSKU], from candidates: [Warehouses.Candidate]) -> Plan? {
    let (exactLimit, mostSets) = (10, 20_000)
    guard skus.allSatisfy({ sku in sku.free.reduce(0, +) >= sku.pieces }) else { return nil }
    var sets = candidates.count <= exactLimit ? Int.max : mostSets
    for size in stride(from: 1, through: candidates.count, by: 1) {
        var search = SetSearch(skus, candidates, size: size, sets: sets)
        search.run()
        sets = search.setsLeft
        if sets > 0 {
            if let best = search.best { return best }
            continue
        }
        let start = search.best ?? gather(skus, candidates)
        return start.map { improve($0, skus, candidates) }
    }
    return nil
}

/// Divides each SKU among the members, cheapest gram first; `nil` when they have too little.
func divide(_ skus: [RoutedSKU], among members: [Int], _ candidates: [Warehouses.Candidate]) -> Plan? {
    let cheapestFirst = members.indices.sorted { left, right in
        let (one, other) = (candidates[members[left]], candidates[members[right]])
        return (one.costPerGram, one.priority, one.id) < (other.costPerGram, other.priority, other.id)
    }
    var exactCost = members.reduce(Int128(0)) { $0 + candidates[$1].exactHandlingCost }
    var pieces: [[Int64]] = []
    for sku in skus {
        var left = sku.pieces
        var row = [Int64](repeating: 0, count: members.count)
        for place in cheapestFirst where left > 0 {
            row[place] = min(left, sku.free[members[place]])
            left -= row[place]
            exactCost += Int128(row[place]) * Int128(sku.gramsPerPiece) * candidates[members[place]].costPerGram
        }
        guard left == 0 else { return nil }
        pieces.append(row)
    }
    return Plan(members: members, pieces: pieces, exactCost: exactCost)
}

/// Takes the warehouse that has most of what is still missing, until nothing is; then drops those nobody needs.
private func gather(_ skus: [RoutedSKU], _ candidates: [Warehouses.Candidate]) -> Plan? {
    var missing = skus.map(\.pieces)
    var members: [Int] = []
    while missing.contains(where: { $0 > 0 }) {
        let gains = candidates.indices.map { candidate in
            members.contains(candidate)
                ? 0 : skus.indices.reduce(Int64(0)) { $0 + min(missing[$1], skus[$1].free[candidate]) }
        }
        let next = candidates.indices.max { left, right in
            let (one, other) = (candidates[left], candidates[right])
            return gains[left] != gains[right]
                ? gains[left] < gains[right]
                : (one.costPerGram, one.priority, one.id) > (other.costPerGram, other.priority, other.id)
        }
        guard let next, gains[next] > 0 else { return nil }
        members.append(next)
        for index in skus.indices { missing[index] = max(0, missing[index] - skus[index].free[next]) }
    }
    for member in members where members.count > 1 {
        let others = members.filter { $0 != member }
        if divide(skus, among: others, candidates) != nil { members = others }
    }
    return divide(skus, among: members.sorted(), candidates)
}

/// Exchanges single members for others, or two for one, as long as that is better.
private func improve(_ start: Plan, _ skus: [RoutedSKU], _ candidates: [Warehouses.Candidate]) -> Plan {
    var best = start
    // Each round makes the plan better, and there are only so many plans; twenty have always been enough.
    for _ in 0..<20 {
        let before = best
        for outsider in candidates.indices where !before.members.contains(outsider) {
            for (place, leaver) in before.members.enumerated() {
                let kept = before.members.filter { $0 != leaver }
                consider(kept + [outsider])
                for second in before.members[(place + 1)...] { consider(kept.filter { $0 != second } + [outsider]) }
            }
        }
        if best == before { break }
    }
    func consider(_ members: [Int]) {
        guard let plan = divide(skus, among: members.sorted(), candidates) else { return }
        let isSmaller = plan.members.count < best.members.count
        if isSmaller || plan.members.count == best.members.count && isBetter(plan, than: best, candidates) {
            best = plan
        }
    }
    return best
}

func isBetter(_ plan: Plan, than other: Plan, _ candidates: [Warehouses.Candidate]) -> Bool {
    if plan.exactCost != other.exactCost { return plan.exactCost < other.exactCost }
    let priorities = plan.members.map { candidates[$0].priority }.sorted()
    let others = other.members.map { candidates[$0].priority }.sorted()
    // Sets come in ascending order of their ids, so the first of equals stays.
    return priorities.lexicographicallyPrecedes(others)
}
