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
    static func all(
        of order: ChannelOrder, _ channel: CatalogChannel, _ binding: BindingHistory?
    ) -> [AttributionCandidate] {
        let bound = binding?.entries(at: order.placedAt) ?? []
        let referral = order.referral.map(AttributionCandidate.init)
        let agent = channel.memberID.map {
            AttributionCandidate(memberID: $0, kind: .agent, reason: "is the channel's agent")
        }
        let choices: [AttributionCandidate?] =
            switch channel.attributionMode {
            case .firstBind: bound.map(AttributionCandidate.init) + [referral, agent]
            case .days:
                protected(bound, referral, days: channel.bindingDays ?? defaultBindingDays, at: order.placedAt) + [
                    agent
                ]
            case .lastClick: newestFirst(bound, order) + [agent]
            case .code: onlyCode(order, referral) + (bound.map(AttributionCandidate.init) + [agent]).map(withoutCode)
            case .agent: [agent] + ([referral] + bound.map(AttributionCandidate.init)).map(besideAgent)
            }
        var seen: Set<String> = []
        return Array(choices.compactMap { $0 }.filter { seen.insert($0.memberID).inserted }.prefix(maximum))
    }

    /// A binding holds for some days, in which no other member's counts; the same member's prolongs it.
    private static func protected(
        _ bound: [BoundMember], _ referral: AttributionCandidate?, days: Int64, at moment: Instant
    ) -> [AttributionCandidate?] {
        var holder: BoundMember?
        for entry in bound {
            if let current = holder, entry.memberID != current.memberID, entry.boundAt < current.boundAt + .days(days) {
                continue
            }
            holder = entry
        }
        let holds = holder.map { moment < $0.boundAt + .days(days) } ?? false
        let others = bound.reversed().filter { $0 != holder }.map { entry in
            var candidate = AttributionCandidate(entry)
            if moment >= entry.boundAt + .days(days) { candidate.handicap = "its binding is over" }
            return candidate
        }
        var first = holder.map(AttributionCandidate.init)
        if !holds { first?.handicap = "its binding is over" }
        return (holds ? [first, referral] : [referral, first]) + others
    }

    /// The newest click counts, and of two at once the one on the order.
    private static func newestFirst(_ bound: [BoundMember], _ order: ChannelOrder) -> [AttributionCandidate?] {
        var clicks = bound.map { (at: $0.boundAt, candidate: AttributionCandidate($0)) }
        if let referral = order.referral {
            clicks.append((min(referral.at ?? order.placedAt, order.placedAt), AttributionCandidate(referral)))
        }
        let sorted = clicks.enumerated().sorted { left, right in
            left.element.at != right.element.at ? left.element.at > right.element.at : left.offset > right.offset
        }
        return sorted.map(\.element.candidate)
    }

    private static func onlyCode(
        _ order: ChannelOrder, _ referral: AttributionCandidate?
    ) -> [AttributionCandidate?] {
        order.referral?.kind == .code ? [referral] : [withoutCode(referral)]
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

    fileprivate init(_ referral: ChannelOrder.Referral) {
        let kind = AttributionKind(rawValue: referral.kind.rawValue) ?? .link
        self.init(memberID: referral.code, kind: kind, reason: "named on the order by \(referral.kind.rawValue)")
    }

    fileprivate init(_ candidate: AttributionCandidate, handicap: String) {
        self = candidate
        self.handicap = handicap
    }
}
