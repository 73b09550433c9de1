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

extension HoldKind {
    /// Why a person cannot end such a hold; `nil` when one can.
    var lockedReason: String? {
        switch self {
        case .unmatchedSku: "a SKU of the order is not matched yet"
        case .platform: "the platform holds the order"
        case .operator, .amount, .incompleteAddress, .blockedBuyer, .velocity: nil
        }
    }
}

extension OrderStep {
    /// Holds the order; of each kind once.
    mutating func putOnHold(_ kind: HoldKind, because reason: String) {
        guard !order.holds.contains(where: { $0.kind == kind }) else { return }
        order.holds.append(OrderHold(kind: kind, reason: reason, heldAt: now))
        tell(OrderHeld(orderID: orderID, hold: kind, reason: reason, heldAt: now))
    }

    /// Ends one hold; the order stays as long as another is there.
    mutating func endHold(_ kind: HoldKind) {
        guard let index = order.holds.firstIndex(where: { $0.kind == kind }) else { return }
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
        let wanted = order.holds.map(\.kind).filter { kind == nil || $0 == kind }
        guard let first = wanted.first else {
            return "the order is not held\(kind.map { " for \($0.rawValue)" } ?? "")"
        }
        let free = wanted.filter { $0.lockedReason == nil }
        guard !free.isEmpty else { return first.lockedReason }
        guard move(.released) else { return order.state.refusal(of: .released) }
        for hold in free { endHold(hold) }
        return nil
    }
}
