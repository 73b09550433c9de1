/// What a person may want of an order.
public enum OrderAction: String, CaseIterable, Sendable {
    case hold, release, cancel, note, flag
    case confirmReceipt = "confirm-receipt"
    case extendReceipt = "extend-receipt"
    case changePrice = "change-price"
    case reassign

    public var permission: Permission {
        switch self {
        case .hold, .release: .ordersHold
        case .cancel: .ordersCancel
        case .note, .flag: .ordersNote
        case .confirmReceipt, .extendReceipt, .changePrice: .ordersEdit
        case .reassign: .ordersReassign
        }
    }

    /// What is done to many orders at once.
    public static let inBulk: [OrderAction] = [.hold, .release, .note, .flag]

    /// The colours of flags.
    public static let flags = ["red", "yellow", "green", "blue", "purple"]

    /// The most days that a buyer can be given on top.
    public static let extraDays: ClosedRange<Int64> = 1...180
}

/// What is known of an order when somebody wants something of it.
public struct OrderStanding: Sendable, Equatable {
    /// Nil while intake has not told of it yet.
    public let state: OrderStage?
    public let holds: [String]
    public let isConfirmed: Bool
    public let paid: Int64
    public let isHistorical: Bool
    public let flag: String?
    /// Who takes the money and who runs the clocks: the platform or we.
    public let platformHasMoney: Bool
    public let platformHasClocks: Bool

    public init(
        state: OrderStage?, holds: [String] = [], isConfirmed: Bool = false, paid: Int64 = 0,
        isHistorical: Bool = false, flag: String? = nil, platformHasMoney: Bool = false,
        platformHasClocks: Bool = false
    ) {
        self.state = state
        self.holds = holds
        self.isConfirmed = isConfirmed
        self.paid = paid
        self.isHistorical = isHistorical
        self.flag = flag
        self.platformHasMoney = platformHasMoney
        self.platformHasClocks = platformHasClocks
    }
}

/// Why an order's owner would surely refuse; whatever else is asked, the owner decides.
///
/// - Source: intake's table of transitions; DESIGN section 4, "Intake".
public enum OrderRefusal: String, CaseIterable, Sendable {
    case unknown
    case isHeld = "is-held"
    case isNotHeld = "is-not-held"
    /// No person can end what holds it.
    case isLocked = "is-locked"
    case hasLeft = "has-left"
    case hasNotLeft = "has-not-left"
    case isCompleted = "is-completed"
    case isCancelled = "is-cancelled"
    case isHistorical = "is-historical"
    case isPaid = "is-paid"
    case isConfirmed = "is-confirmed"
    case platformHasMoney = "platform-has-money"
    case platformHasClocks = "platform-has-clocks"
}

extension OrderStanding {
    public func refusal(of action: OrderAction) -> OrderRefusal? {
        guard let state else { return .unknown }
        switch action {
        case .note, .flag: return nil
        case .hold: return holds.contains("operator") ? .isHeld : state.ending ?? state.leaving
        case .release: return refusalOfRelease ?? state.ending
        case .cancel: return state.ending ?? (state == .partiallyShipped ? .hasLeft : state.leaving)
        case .confirmReceipt, .extendReceipt:
            if platformHasClocks { return .platformHasClocks }
            return state.ending ?? (state == .shipped || state == .delivered ? nil : .hasNotLeft)
        case .changePrice: return refusalOfPrice(state)
        case .reassign: return isHistorical ? .isHistorical : state.ending
        }
    }

    private var refusalOfRelease: OrderRefusal? {
        if holds.isEmpty { return .isNotHeld }
        return holds.allSatisfy { $0 == "unmatched-sku" || $0 == "exchange" } ? .isLocked : nil
    }

    private func refusalOfPrice(_ state: OrderStage) -> OrderRefusal? {
        if platformHasMoney { return .platformHasMoney }
        if let ending = state.ending { return ending }
        if state != .pendingPayment || paid > 0 { return .isPaid }
        return isConfirmed ? .isConfirmed : nil
    }
}

extension OrderStage {
    fileprivate var ending: OrderRefusal? {
        switch self {
        case .completed: .isCompleted
        case .cancelled: .isCancelled
        default: nil
        }
    }

    fileprivate var leaving: OrderRefusal? { self == .shipped || self == .delivered ? .hasLeft : nil }
}
