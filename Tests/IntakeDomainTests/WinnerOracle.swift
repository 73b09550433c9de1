import Contracts

/// Everything that happened around one sale; times are hours, the sale is at `sale`.
struct SaleHistory {
    struct MemberRecord {
        let member: Int
        let from: Int
        let parent: Int?
        let isActive: Bool
        let isBuyer: Bool
    }

    var sale = 0
    var mode = CatalogChannel.AttributionMode.firstBind
    var bindingDays = 30
    var members: [MemberRecord] = []
    /// `nil` ends all bindings.
    var bindings: [(at: Int, member: Int?)] = []
    var visits: [(at: Int, member: Int)] = []
    var referral: (member: Int, kind: ChannelOrder.Referral.Kind, at: Int?)?
    var agent: Int?
}

/// Who wins by README, "Attribution", found the long way: hour by hour, and by trying one member after the other.
struct WinnerOracle {
    let history: SaleHistory

    /// The chain of the winner, nearest first; empty when nobody wins.
    var chain: [Int] {
        for member in candidates {
            if let chain = climb(from: member) { return chain }
        }
        return []
    }

    /// In order of preference; only those whom the mode admits.
    private var candidates: [Int] {
        let referral = history.referral.map { [$0.member] } ?? []
        let agent = history.agent.map { [$0] } ?? []
        switch history.mode {
        case .firstBind: return living.map(\.member) + referral + agent
        case .days: return (holderOfDays.map { [$0] } ?? []) + referral + agent
        case .lastClick:
            var clicks = living.map { (at: $0.at, member: $0.member) }
            clicks += history.visits.filter { $0.at <= history.sale }
            if let named = history.referral {
                clicks.append((min(named.at ?? history.sale, history.sale), named.member))
            }
            return clicks.sorted { $0.at > $1.at }.map(\.member) + agent
        case .code: return history.referral?.kind == .code ? referral : []
        case .agent: return agent
        }
    }

    /// Bindings that no later end has wiped out, oldest first.
    private var living: [(at: Int, member: Int)] {
        var living: [(at: Int, member: Int)] = []
        for hour in stride(from: -5000, through: history.sale, by: 1) {
            for binding in history.bindings where binding.at == hour {
                if let member = binding.member { living.append((hour, member)) } else { living = [] }
            }
        }
        return living
    }

    private var holderOfDays: Int? {
        var holder: Int?
        var hoursLeft = 0
        for hour in stride(from: -5000, through: history.sale, by: 1) {
            if hoursLeft > 0 { hoursLeft -= 1 }
            if hoursLeft == 0 { holder = nil }
            for binding in history.bindings where binding.at == hour {
                guard let member = binding.member else {
                    holder = nil
                    hoursLeft = 0
                    continue
                }
                if holder == nil || holder == member {
                    holder = member
                    hoursLeft = history.bindingDays * 24
                }
            }
        }
        return holder
    }

    private func record(_ member: Int) -> SaleHistory.MemberRecord? {
        history.members.filter { $0.member == member && $0.from <= history.sale }.max { $0.from < $1.from }
    }

    private func climb(from member: Int) -> [Int]? {
        guard let own = record(member), own.isActive, !own.isBuyer else { return nil }
        var path = [member]
        var next = own.parent
        while let parent = next, path.count < 10 {
            if path.contains(parent) { return nil }
            guard let above = record(parent) else { break }
            path.append(parent)
            next = above.parent
        }
        return path.filter { record($0)?.isActive == true }
    }
}
