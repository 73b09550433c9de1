public import Contracts

/// A platform's whole order at one moment: the normal order, and what its status implies.
///
/// - Shape: `order.payment` stands when the buyer has paid; its id is the order's own, so that it is the same in every
///   snapshot. `order.modifiedAt` is `modifiedAt`.
/// - Source: CHANNELS, "Rules that hold for all"; CONTRACTS section 2, "native payloads".
public struct ChannelSnapshot: Sendable, Equatable {
    public let order: ChannelOrder
    /// When the platform last changed it.
    public let modifiedAt: Instant
    public let status: PlatformStatus

    init(_ order: ChannelOrder, modifiedAt: Instant, status: PlatformStatus) {
        self.order = order
        self.modifiedAt = modifiedAt
        self.status = status
    }

    /// The name of the order that this one was split from.
    public var splitFrom: String? { status.splitFrom }

    /// Its goods are neither away nor called off.
    var isToLeave: Bool {
        if case .all = status.shipping { return false }
        return status.cancelledAt == nil
    }
}

/// What a platform says has happened to an order, beside its payment.
public struct PlatformStatus: Sendable, Equatable {
    /// It is paid for or will be, but must not leave yet.
    public var hold: PlatformHold?
    /// The first part of a pre-sale has been paid; the order counts as paid only when all of it has been.
    public var deposit: Int64?
    public var shipping = Shipping.notYet
    public var receivedAt: Instant?
    /// Closed unpaid, or closed after the money went back.
    public var cancelledAt: Instant?
    public var refunds: [PlatformRefund] = []
    /// The order whose goods this one carries now; that one is over.
    public var splitFrom: String?

    public init() {}

    public enum Shipping: Sendable, Equatable {
        case notYet
        /// Some of it.
        case part
        case all(Instant)
    }

    /// How far the order has come: of two snapshots of the same moment, the further one is the newer.
    var progress: Int64 {
        let shipped: Int64 =
            switch shipping {
            case .notYet: 0
            case .part: 1
            case .all: 2
            }
        return (cancelledAt == nil ? 0 : 8) + (receivedAt == nil ? 0 : 4) + shipped
    }
}

/// Why a platform does not let an order go.
public enum PlatformHold: String, CaseIterable, Sendable {
    case riskCheck = "platform-risk-check"
    case groupForming = "platform-group-forming"
    case lottery = "platform-lottery"
    case paused = "platform-paused"
    /// The buyer has asked to cancel and nobody has answered.
    case cancelAsked = "platform-cancel-asked"
    /// The buyer has asked for money back before the goods have left.
    case refundAsked = "platform-refund-asked"
    /// A shop fetches or checks the order itself.
    case atShop = "platform-at-shop"
}

/// Money that a platform says it has paid back.
///
/// - Shape: `refundID` is the same in every snapshot; `lines` are the pieces it is for, empty when nobody says.
public struct PlatformRefund: Sendable, Equatable {
    public let refundID: String
    public let amount: Int64
    public let lines: [LinePieces]

    init(_ refundID: String, amount: Int64, lines: [LinePieces] = []) {
        self.refundID = refundID
        self.amount = amount
        self.lines = lines
    }
}
