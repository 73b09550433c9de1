public import Contracts

/// What happens to a case by itself, and when.
///
/// - Source: DESIGN section 4, "After-sales": the usual clocks. A pause or more days given to a case are not counted.
public struct CaseDeadline: Sendable, Equatable {
    public enum Act: String, CaseIterable, Sendable {
        case approve, close, refund
        /// No clock runs: somebody has to decide.
        case person
    }

    public let act: Act
    public let due: Instant?

    /// When each step of a case was reached.
    public struct Times: Sendable, Equatable {
        public var opened: Instant?
        public var approved: Instant?
        public var shipped: Instant?
        public var received: Instant?
        public var inspected: Instant?

        public init(
            opened: Instant? = nil, approved: Instant? = nil, shipped: Instant? = nil, received: Instant? = nil,
            inspected: Instant? = nil
        ) {
            self.opened = opened
            self.approved = approved
            self.shipped = shipped
            self.received = received
            self.inspected = inspected
        }
    }

    /// - Returns: `nil` for a case that waits for nothing any more.
    public static func of(_ kind: CaseKind, _ stage: CaseStage, _ times: Times) -> CaseDeadline? {
        switch stage {
        case .refunding, .closed, .rejected, .withdrawn: return nil
        case .requested:
            guard kind.bringsGoodsBack else { return CaseDeadline(act: .person, due: nil) }
            return CaseDeadline(act: .approve, due: times.opened.map { $0 + .days(2) })
        case .approved:
            guard kind.bringsGoodsBack else { return nil }
            return CaseDeadline(act: .close, due: times.approved.map { $0 + .days(7) })
        case .goodsInTransit, .received, .inspected:
            let afterShipping = times.shipped.map { $0 + .days(10) }
            let arrived = stage == .inspected ? times.inspected ?? times.received : times.received
            let afterArrival = stage == .goodsInTransit ? nil : arrived.map { $0 + .days(7) }
            return CaseDeadline(act: .refund, due: [afterShipping, afterArrival].compactMap { $0 }.min())
        }
    }
}
