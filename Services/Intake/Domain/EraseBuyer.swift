public import Contracts

/// A buyer who wants to be forgotten.
///
/// At once everybody else is told to forget who the buyer's orders are for. The merchant has to keep it for a time; then
/// the key is destroyed and with it every copy, the rows are emptied, and each order tells that. What was decided about
/// the orders stays, and can still be proved.
/// - Source: 个人信息保护法 article 47, 电子商务法 article 31.
extension IntakeRules {
    /// How many orders one message works on.
    static let erasedAtOnce = 500
    private static let pauseForOpenOrders = Duration.days(1)

    /// - Returns: Why not, or `nil`.
    func eraseBuyer(
        _ command: EraseBuyer, on step: inout OrderStep, _ state: State<IntakeAggregate>
    ) -> String? {
        guard let privacy else { return "not available here" }
        guard command.buyerID == step.order.partiesOwner else { return "the order is of another buyer" }
        var buyer = state.buyer(command.buyerID) ?? BuyerRecord(buyerID: command.buyerID)
        if buyer.erasure != nil, !command.now { return "was asked for already" }
        let kept = keptParties(of: buyer, of: step.orderID, state)
        guard !kept.isEmpty else { return "nothing is kept of the buyer" }
        let orders = (buyer.orders.map(\.orderID) + [step.orderID]).compactMap { state.order(.order($0)) }
        if let open = orders.first(where: \.isOpen) { return "order \(open.orderID.text) is not over yet" }
        let last = orders.map { max($0.completedAt ?? $0.decidedAt, $0.decidedAt) }.max() ?? step.now
        let due = command.now ? step.now : max(step.now, last + privacy.retention)
        buyer.erasure = Erasure(
            orderID: buyer.erasure?.orderID ?? step.orderID, due: due, actor: command.actor, reason: command.reason)
        step.also(IntakeChange(.buyer(command.buyerID), .buyer(buyer)))
        step.lock(kept)
        step.set(.eraseBuyer, of: buyer.erasure?.orderID ?? step.orderID, due: step.now)
        step.remark = "the key will be destroyed at \(due)"
        return nil
    }

    /// Carries the wish on: locks what is left, waits until it is due and nothing is open, then erases.
    func goOnErasing(_ order: Order, given state: State<IntakeAggregate>, at now: Instant) -> Decision<IntakeChange> {
        let buyerID = order.partiesOwner
        guard var buyer = state.buyer(buyerID), let erasure = buyer.erasure else { return .nothing }
        var step = OrderStep(order, at: now, calendar: calendar)
        let kept = keptParties(of: buyer, of: order.orderID, state)
        let isWhole = kept.count < Self.erasedAtOnce
        let orders = buyer.orders.compactMap { state.order(.order($0.orderID)) }
        if kept.contains(where: { !$0.isLocked && $0.isOfOrderOver(orders) }) {
            step.lock(kept.filter { $0.isOfOrderOver(orders) })
            step.set(.eraseBuyer, of: order.orderID, due: isWhole ? max(now, erasure.due) : now)
        } else if now < erasure.due {
            step.set(.eraseBuyer, of: order.orderID, due: erasure.due)
        } else if orders.contains(where: \.isOpen) {
            step.set(.eraseBuyer, of: order.orderID, due: now + Self.pauseForOpenOrders)
        } else {
            if buyer.key != nil { step.tell(BuyerKeyWrapped(destroyedKeyOf: buyerID)) }
            buyer.key = nil
            for parties in kept {
                step.also(IntakeChange(parties.erased(at: now)))
                step.tell(BuyerErased(orderID: parties.orderID, buyerID: buyerID, erasedAt: now))
            }
            if isWhole {
                buyer.erasure = nil
                buyer.erasedAt = now
            } else {
                step.set(.eraseBuyer, of: order.orderID, due: now)
            }
            step.also(IntakeChange(.buyer(buyerID), .buyer(buyer)))
        }
        return step.decision
    }

    /// Of the buyer's orders those of which intake still knows whom they are for, some of them when there are many.
    private func keptParties(
        of buyer: BuyerRecord, of orderID: OrderID, _ state: State<IntakeAggregate>
    ) -> [Parties] {
        state.dossier(buyer, orderID).compactMap { state.parties($0) }.filter { $0.erasedAt == nil }
    }
}

extension OrderStep {
    /// Has everybody else forget whom these orders are for.
    fileprivate mutating func lock(_ parties: [Parties]) {
        for parties in parties where !parties.isLocked {
            also(IntakeChange(parties.locked()))
            tell(PartiesRecorded(forgetting: parties.orderID, of: parties.buyerID))
        }
    }
}

extension Order {
    /// Something may still happen to it for which its receiver has to be known.
    fileprivate var isOpen: Bool { state != .completed && state != .cancelled }
}

extension Parties {
    /// Of an order placed after the wish, and not over yet, people still have to know the receiver.
    fileprivate func isOfOrderOver(_ orders: [Order]) -> Bool {
        !orders.contains { $0.orderID == orderID && $0.isOpen }
    }
}

/// The orders of a buyer of which intake still knows whom they are for, at most `IntakeRules.erasedAtOnce` of them, those
/// that others may still know first.
///
/// - Shape: read from the rows of `parties`, never written; where there are no rows, the buyer's register serves.
public struct BuyerDossier: Sendable, Equatable {
    public static let maximumCount = IntakeRules.erasedAtOnce
    public let orderIDs: [OrderID]

    public init(orderIDs: [OrderID]) { self.orderIDs = orderIDs }
}

extension State<IntakeAggregate> {
    func dossier(_ buyer: BuyerRecord, _ orderID: OrderID) -> [OrderID] {
        if case .dossier(let dossier) = self[.dossier(buyer.buyerID)] { return dossier.orderIDs }
        let known = buyer.orders.map(\.orderID)
        return known.contains(orderID) ? known : known + [orderID]
    }
}
