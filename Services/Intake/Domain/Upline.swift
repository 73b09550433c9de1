import Contracts

/// A distributor with those above, or why it cannot have the order.
struct Upline: Equatable {
    /// Nearest first.
    var chain: [ChainLink] = []
    var refusal: String?
    /// Members above who earn nothing, each with the reason.
    var leftOut: [LeftOut] = []
    /// Members nobody has told of: a later record may change the upline.
    var unknown: [String] = []

    struct LeftOut: Equatable {
        let memberID: String
        let reason: String
    }

    static func refused(_ reason: String, unknown: [String] = []) -> Upline {
        Upline(refusal: reason, unknown: unknown)
    }
}

extension IntakeRules {
    /// Levels of a chain, the distributor itself included.
    public static let maximumLevels = 10

    /// Follows the parents as of the sale; a disabled one above is left out, and those above it move up.
    ///
    /// - Returns: Refused when the member is unknown, disabled, the buyer itself, or stands above itself.
    /// - Source: DESIGN section 4, "Attribution".
    func upline(of memberID: String, for buyerID: String?, at moment: Instant, _ known: Acquaintance) -> Upline {
        guard let own = known.member(memberID, at: moment) else {
            return .refused("is unknown", unknown: [memberID])
        }
        guard own.isActive else { return .refused("is disabled") }
        if let buyerID, own.buyers.contains(buyerID) { return .refused("is the buyer itself") }
        var upline = Upline(chain: [ChainLink(memberID: memberID, grade: own.grade)])
        var seen: Set<String> = [memberID]
        var next = own.parentID
        for _ in 1..<Self.maximumLevels {
            guard let parentID = next else { break }
            guard seen.insert(parentID).inserted else { return .refused("stands in a loop of members") }
            guard let parent = known.member(parentID, at: moment) else {
                upline.unknown.append(parentID)
                upline.leftOut.append(
                    Upline.LeftOut(memberID: parentID, reason: "stands above \(memberID) but is unknown"))
                break
            }
            if parent.isActive {
                upline.chain.append(ChainLink(memberID: parentID, grade: parent.grade))
            } else {
                upline.leftOut.append(
                    Upline.LeftOut(memberID: parentID, reason: "stands above \(memberID) but is disabled"))
            }
            next = parent.parentID
        }
        return upline
    }

    /// The members an upline needs, as far as those loaded tell.
    func uplineKeys(of memberID: String, at moment: Instant, _ known: Acquaintance) -> [Key] {
        var keys: [Key] = []
        var next: String? = memberID
        for _ in 0..<Self.maximumLevels {
            guard let id = next, !keys.contains(.member(id)) else { break }
            keys.append(.member(id))
            guard known.isLoaded(id) else { break }
            next = known.member(id, at: moment)?.parentID
        }
        return keys
    }
}
