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
/// Up to `exactLimit` candidates every set of them is looked at, smallest first; of more, each single one is, and then
/// a set is gathered greedily. Within a set the cheapest way to divide each SKU is known: fill from the cheapest gram.
/// - Returns: `nil` when all candidates together have too little.
/// - Source: DESIGN section 4, "Routing"; CONTRACTS, "catalog.warehouse.v1".
func chooseWarehouses(for skus: [RoutedSKU], from candidates: [Warehouses.Candidate]) -> Plan? {
    let exactLimit = 10
    let sizes = candidates.count <= exactLimit ? candidates.count : 1
    var best: Plan?
    for size in stride(from: 1, through: sizes, by: 1) where best == nil {
        forEachSubset(of: candidates.count, size: size) { members in
            guard let plan = divide(skus, among: members, candidates) else { return }
            if best.map({ isBetter(plan, than: $0, candidates) }) ?? true { best = plan }
        }
    }
    if best == nil, candidates.count > exactLimit { best = gather(skus, candidates) }
    return best
}

/// Divides each SKU among the members, cheapest gram first; `nil` when they have too little.
private func divide(_ skus: [RoutedSKU], among members: [Int], _ candidates: [Warehouses.Candidate]) -> Plan? {
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

private func isBetter(_ plan: Plan, than other: Plan, _ candidates: [Warehouses.Candidate]) -> Bool {
    if plan.exactCost != other.exactCost { return plan.exactCost < other.exactCost }
    let priorities = plan.members.map { candidates[$0].priority }.sorted()
    let others = other.members.map { candidates[$0].priority }.sorted()
    // Sets come in ascending order of their ids, so the first of equals stays.
    return priorities.lexicographicallyPrecedes(others)
}

/// Calls `body` with every set of `size` numbers below `count`, in lexicographic order.
private func forEachSubset(of count: Int, size: Int, _ body: ([Int]) -> Void) {
    guard size >= 1, size <= count else { return }
    var members = Array(0..<size)
    while true {
        body(members)
        guard let last = members.indices.last(where: { members[$0] < count - size + $0 }) else { return }
        members[last] += 1
        for index in (last + 1)..<max(size, last + 1) { members[index] = members[index - 1] + 1 }
    }
}
