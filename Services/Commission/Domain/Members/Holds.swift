public import Contracts

/// What a member earns on an order stays frozen, until somebody decides.
public struct Hold: JSONCoded, Equatable {
    public let memberID: String
    public let kind: CommissionHoldKind
    public let reason: String
    public let heldAt: Instant

    public init(memberID: String, kind: CommissionHoldKind, reason: String, heldAt: Instant) {
        self.memberID = memberID
        self.kind = kind
        self.reason = reason
        self.heldAt = heldAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        kind = try json.word("kind")
        reason = try json.string("reason", atMost: 2000)
        heldAt = try json.instant("heldAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("kind", kind.rawValue)
        json.field("reason", reason)
        json.field("heldAt", heldAt)
    }
}

/// What the watch over sales noticed; it comes as the key of a timer, so that the journal has it.
public struct Suspicion: JSONCoded, Equatable {
    public static let timerKind = "hold"

    public let orderID: OrderID
    public let memberID: String
    public let kind: CommissionHoldKind
    public let reason: String

    public init(orderID: OrderID, memberID: String, kind: CommissionHoldKind, reason: String) {
        self.orderID = orderID
        self.memberID = memberID
        self.kind = kind
        self.reason = reason
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        memberID = try json.string("memberId")
        kind = try json.word("kind")
        reason = try json.string("reason", atMost: 500)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("memberId", memberID)
        json.field("kind", kind.rawValue)
        json.field("reason", reason)
    }
}

/// Holds what looks wrong; what has matured or is gone is not touched.
func holdCommission(
    _ suspicion: Suspicion, given state: State<CommissionAggregate>, at now: Instant
) -> Decision<CommissionChange> {
    guard let order = state.order(suspicion.orderID) else { return .nothing }
    var books = OrderBooks(order, at: now)
    guard books.hold(suspicion.memberID, suspicion.kind, suspicion.reason) == nil else { return .nothing }
    return books.decision
}

extension CommissionRules {
    /// Holds or releases what a member earns on an order.
    func decideEntry(
        _ command: CommissionCommand, of orderID: OrderID, on member: inout MemberBooks,
        given state: State<CommissionAggregate>
    ) -> Decision<CommissionChange> {
        guard let order = state.order(orderID) else {
            return Decision(facts: [command.head.answered("order \(orderID) is unknown")])
        }
        var books = OrderBooks(order, at: member.now)
        let refusal: String?
        switch command {
        case .disputeEntry(let dispute): refusal = books.hold(dispute.memberID, .dispute, dispute.head.reason)
        case .answerDispute(let answer):
            refusal = books.release(answer.memberID, by: answer.head, answer.answer) { $0 == .dispute }
        case .releaseEntry(let release):
            refusal = books.release(release.memberID, by: release.head, nil) { $0 != .dispute }
        default: refusal = "the command names no entry"
        }
        member.account.remember(command.head.commandID)
        let answer = command.head.answered(refusal, of: orderID)
        var decision = refusal == nil ? books.decision : Decision()
        decision.changes.append(.account(member.account))
        decision.facts.append(answer)
        return decision
    }
}

extension OrderBooks {
    /// - Returns: Why nothing is held.
    mutating func hold(_ memberID: String, _ kind: CommissionHoldKind, _ reason: String) -> String? {
        guard let accrual = order.accrual, accrual.legs.contains(where: { $0.leg.memberID == memberID && $0.rest > 0 })
        else { return "\(memberID) earns nothing on the order" }
        guard !order.holds.contains(where: { $0.memberID == memberID && $0.kind == kind }) else {
            return "the entry is held already"
        }
        order.holds.append(Hold(memberID: memberID, kind: kind, reason: reason, heldAt: now))
        tell(
            CommissionHeld(
                orderID: order.placed.orderID, memberID: memberID, entryID: order.entryID, kind: kind, reason: reason,
                heldAt: now))
        return nil
    }

    /// Lets go of a member's holds of some kinds; what was due meanwhile matures.
    ///
    /// - Returns: Why nothing is released.
    mutating func release(
        _ memberID: String, by head: CommandHead, _ answer: DisputeAnswer?, _ kinds: (CommissionHoldKind) -> Bool
    ) -> String? {
        let released = order.holds.filter { $0.memberID == memberID && kinds($0.kind) }
        guard !released.isEmpty else { return "the entry is not held" }
        order.holds.removeAll { released.contains($0) }
        for hold in released {
            tell(
                CommissionReleased(
                    orderID: order.placed.orderID, memberID: memberID, entryID: order.entryID, kind: hold.kind,
                    answer: answer, reason: head.reason, actor: head.actor, releasedAt: now))
        }
        matureReleased()
        return nil
    }
}

extension CommissionOrder {
    /// The journal that put the present accrual aside.
    fileprivate var entryID: String { "\(placed.orderID)-J\(accrualJournal)" }
}
