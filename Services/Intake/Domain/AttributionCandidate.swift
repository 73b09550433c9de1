import Contracts

/// A distributor who could have an order.
struct AttributionCandidate: Equatable {
    /// How many are looked at.
    static let maximum = 10
    /// How long a binding holds in the mode `days` when the channel does not say.
    static let defaultBindingDays: Int64 = 30

    let memberID: String
    let kind: AttributionKind
    /// Why it would be this one.
    let reason: String
    /// What the channel's mode has against it.
    var handicap: String?

    func loser(_ reason: String) -> Contender { Contender(memberID: memberID, kind: kind, reason: reason) }

    /// Everybody who could have the order, the first choice of the channel's mode first, each member once.
    static func all(of sale: Sale, _ known: Acquaintance) -> [AttributionCandidate] {
        let claims = sale.claims
        let bound = known.bindings(of: sale)
        let referral = claims.referral.map(AttributionCandidate.init)
        let agent = claims.agentID.map {
            AttributionCandidate(memberID: $0, kind: .agent, reason: "is the channel's agent")
        }
        let choices: [AttributionCandidate?] =
            switch claims.mode {
            case .firstBind: bound.map(AttributionCandidate.init) + [referral, agent]
            case .days:
                protected(bound, referral, days: claims.bindingDays ?? defaultBindingDays, at: sale.placedAt) + [agent]
            case .lastClick: newestFirst(bound, known.clicks(of: sale), sale) + [agent]
            case .code:
                onlyCode(claims.referral, referral) + (bound.map(AttributionCandidate.init) + [agent]).map(withoutCode)
            case .agent: [agent] + ([referral] + bound.map(AttributionCandidate.init)).map(besideAgent)
            }
        // Who may have the order comes first, also when something of the same member may not.
        let present = choices.compactMap { $0 }
        var seen: Set<String> = []
        let sorted = present.filter { $0.handicap == nil } + present.filter { $0.handicap != nil }
        return Array(sorted.filter { seen.insert($0.memberID).inserted }.prefix(maximum))
    }

    /// A binding holds for some days, in which the same member's prolongs it and any other is void for good.
    private static func protected(
        _ bound: [BoundMember], _ referral: AttributionCandidate?, days: Int64, at moment: Instant
    ) -> [AttributionCandidate?] {
        var holder: BoundMember?
        var losers: [AttributionCandidate] = []
        for entry in bound {
            if let current = holder, entry.memberID != current.memberID {
                guard entry.boundAt >= current.boundAt + .days(days) else {
                    losers.append(
                        AttributionCandidate(
                            AttributionCandidate(entry), handicap: "the buyer was \(current.memberID)'s then"))
                    continue
                }
                losers.append(AttributionCandidate(AttributionCandidate(current), handicap: "its binding is over"))
            }
            holder = entry
        }
        guard let holder else { return [referral] }
        let first = AttributionCandidate(holder)
        guard moment < holder.boundAt + .days(days) else {
            return [referral, AttributionCandidate(first, handicap: "its binding is over")] + losers.reversed()
        }
        return [first, referral] + losers.reversed()
    }

    /// The newest counts: of several at once the referral on the order, then a visit, then a binding.
    private static func newestFirst(
        _ bound: [BoundMember], _ visits: [BuyerClick], _ sale: Sale
    ) -> [AttributionCandidate?] {
        var clicks = bound.map { (at: $0.boundAt, candidate: AttributionCandidate($0)) }
        clicks += visits.map { ($0.at, AttributionCandidate($0)) }
        if let referral = sale.claims.referral {
            clicks.append((min(referral.at ?? sale.placedAt, sale.placedAt), AttributionCandidate(referral)))
        }
        let sorted = clicks.enumerated().sorted { left, right in
            left.element.at != right.element.at ? left.element.at > right.element.at : left.offset > right.offset
        }
        return sorted.map(\.element.candidate)
    }

    private static func onlyCode(
        _ referral: ChannelOrder.Referral?, _ candidate: AttributionCandidate?
    ) -> [AttributionCandidate?] {
        referral?.kind == .code ? [candidate] : [withoutCode(candidate)]
    }

    private static func withoutCode(_ candidate: AttributionCandidate?) -> AttributionCandidate? {
        candidate.map { AttributionCandidate($0, handicap: "only a code on the order counts") }
    }

    private static func besideAgent(_ candidate: AttributionCandidate?) -> AttributionCandidate? {
        candidate.map { AttributionCandidate($0, handicap: "the channel belongs to its agent") }
    }
}

extension AttributionCandidate {
    fileprivate init(_ bound: BoundMember) {
        self.init(
            memberID: bound.memberID, kind: .binding,
            reason: "bound by \(bound.source.rawValue) since \(bound.boundAt)")
    }

    fileprivate init(_ click: BuyerClick) {
        self.init(memberID: click.memberID, kind: .link, reason: "its link was opened at \(click.at)")
    }

    fileprivate init(_ referral: ChannelOrder.Referral) {
        let kind = AttributionKind(rawValue: referral.kind.rawValue) ?? .link
        self.init(memberID: referral.code, kind: kind, reason: "named on the order by \(referral.kind.rawValue)")
    }

    fileprivate init(_ candidate: AttributionCandidate, handicap: String) {
        self = candidate
        self.handicap = handicap
    }
}
