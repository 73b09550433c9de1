public import Contracts

/// One of the reasons why an order must not leave.
public struct OrderHold: JSONCoded, Equatable {
    public let kind: HoldKind
    public let reason: String
    public let heldAt: Instant

    public init(kind: HoldKind, reason: String, heldAt: Instant) {
        self.kind = kind
        self.reason = reason
        self.heldAt = heldAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        kind = try json.word("kind")
        reason = try json.string("reason", atMost: 2000)
        heldAt = try json.instant("heldAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("kind", kind.rawValue)
        json.field("reason", reason)
        json.field("heldAt", heldAt)
    }
}

extension OrderHold {
    /// The platform has changed goods or money after they were paid for.
    static let changedOnPlatform = "changed-on-platform"
    /// The platform has paid back a part before it left.
    static let refundedOnPlatform = "refunded-on-platform"

    /// It is for people to look at, though the platform's word has made it.
    var isForPeople: Bool { reason == Self.changedOnPlatform || reason == Self.refundedOnPlatform }

    /// Why a person cannot end it; `nil` when one can.
    var lockedReason: String? {
        switch kind {
        case .unmatchedSku: "a SKU of the order is not matched yet"
        case .platform: isForPeople ? nil : "the platform holds the order"
        case .exchange: "the exchange is not approved yet"
        case .operator, .amount, .incompleteAddress, .blockedBuyer, .velocity: nil
        }
    }
}

extension OrderStep {
    /// Holds the order; of each kind once, of the platform's once for each reason.
    ///
    /// The platform's come last, by their reasons, whichever came first.
    mutating func putOnHold(_ kind: HoldKind, because reason: String) {
        guard !order.holds.contains(where: { $0.kind == kind && (kind != .platform || $0.reason == reason) }) else {
            return
        }
        let index = order.holds.firstIndex { $0.kind == .platform && (kind != .platform || $0.reason > reason) }
        order.holds.insert(
            OrderHold(kind: kind, reason: reason, heldAt: now), at: index ?? order.holds.count)
        tell(OrderHeld(orderID: orderID, hold: kind, reason: reason, heldAt: now))
    }

    /// Ends one hold; the order stays as long as another is there.
    ///
    /// - Parameter reason: Which of the platform's; `nil` of the kinds that are there once.
    mutating func endHold(_ kind: HoldKind, because reason: String? = nil) {
        let index = order.holds.firstIndex { $0.kind == kind && (reason == nil || $0.reason == reason) }
        guard let index else { return }
        let hold = order.holds.remove(at: index)
        tell(
            OrderReleased(
                orderID: orderID, hold: kind, reason: hold.reason, remaining: order.holds.map(\.kind.rawValue),
                releasedAt: now))
    }

    mutating func holdByHand(_ reason: String) -> String? {
        guard !order.holds.contains(where: { $0.kind == .operator }) else { return "the order is held already" }
        guard move(.held) else { return order.state.refusal(of: .held) }
        putOnHold(.operator, because: reason)
        return nil
    }

    /// - Parameter kind: `nil` ends all that a person may end.
    mutating func releaseByHand(_ kind: HoldKind?) -> String? {
        let wanted = order.holds.filter { kind == nil || $0.kind == kind }
        guard let first = wanted.first else {
            return "the order is not held\(kind.map { " for \($0.rawValue)" } ?? "")"
        }
        let free = wanted.filter { $0.lockedReason == nil }
        guard !free.isEmpty else { return first.lockedReason }
        guard move(.released) else { return order.state.refusal(of: .released) }
        for hold in free { endHold(hold.kind, because: hold.reason) }
        return nil
    }
}
