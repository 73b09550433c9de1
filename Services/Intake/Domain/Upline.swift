import Contracts

/// A distributor with those above, or why it cannot have the order.
enum Upline: Equatable {
    /// Nearest first.
    case chain([ChainLink])
    case refused(String)
}

extension IntakeRules {
    /// Levels of a chain, the distributor itself included.
    static let maximumLevels = 10

    /// Follows the parents as of the sale; a disabled one above is left out, and those above it move up.
    ///
    /// - Returns: Refused when the member is unknown, disabled, the buyer itself, or stands above itself.
    /// - Source: DESIGN section 4, "Attribution".
    func upline(
        of memberID: String, for buyerID: String?, at moment: Instant, _ state: State<IntakeAggregate>
    ) -> Upline {
        guard let own = state.member(memberID)?.version(at: moment) else { return .refused("is unknown") }
        guard own.isActive else { return .refused("is disabled") }
        if let buyerID, own.buyers.contains(buyerID) { return .refused("is the buyer itself") }
        var chain = [ChainLink(memberID: memberID, grade: own.grade)]
        var seen: Set<String> = [memberID]
        var next = own.parentID
        for _ in 1..<Self.maximumLevels {
            guard let parentID = next, let parent = state.member(parentID)?.version(at: moment) else { break }
            guard seen.insert(parentID).inserted else { return .refused("stands in a loop of members") }
            if parent.isActive { chain.append(ChainLink(memberID: parentID, grade: parent.grade)) }
            next = parent.parentID
        }
        return .chain(chain)
    }

    /// The members an upline needs, as far as those loaded tell.
    func uplineKeys(of memberID: String, at moment: Instant, _ state: State<IntakeAggregate>) -> [Key] {
        var keys: [Key] = []
        var next: String? = memberID
        for _ in 0..<Self.maximumLevels {
            guard let id = next, !keys.contains(.member(id)) else { break }
            keys.append(.member(id))
            guard state.isLoaded(.member(id)) else { break }
            next = state.member(id)?.version(at: moment)?.parentID
        }
        return keys
    }
}
