public import Contracts

/// What happens to a case by itself, and when.
public struct CaseDeadline: Sendable, Equatable {
    public enum Act: String, CaseIterable, Sendable {
        case approve, close, refund
        /// No clock runs: somebody has to decide.
        case person
        /// No clock of ours runs: the channel's platform decides.
        case platform

        /// It needs nobody.
        public var isByClock: Bool { self != .person && self != .platform }
    }

    public let act: Act
    /// `nil` while no clock runs.
    public let due: Instant?
    /// How long the clock has left while it stands still, in milliseconds.
    public let rest: Int64?
    /// Why it runs otherwise than by its rule, and who wanted that.
    public let reason: String?
    public let by: String?

    public var isPaused: Bool { rest != nil }

    public init(act: Act, due: Instant? = nil, rest: Int64? = nil, reason: String? = nil, by: String? = nil) {
        self.act = act
        self.due = due
        self.rest = rest
        self.reason = reason
        self.by = by
    }

    /// - Returns: `nil` for a case that waits for nothing any more.
    /// - Source: DESIGN section 4, "After-sales".
    public static func act(on kind: CaseKind, _ stage: CaseStage, isPlatforms: Bool) -> Act? {
        switch stage {
        case .refunding, .closed, .rejected, .withdrawn: nil
        case _ where isPlatforms: .platform
        case .requested: kind.bringsGoodsBack ? .approve : .person
        case .approved: kind.bringsGoodsBack ? .close : nil
        case .goodsInTransit, .received, .inspected: .refund
        }
    }
}
