import Contracts

/// Hears what became of the order that a case wants placed in exchange.
///
/// - Source: DESIGN section 4, "After-sales": its stock allows the approval, without it the case is rejected.
func hearOfReplacement(
    _ answer: OrderReplacementAnswered, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(answer.orderID)) else { return .waits(forOrder: answer.orderID) }
    guard var asking = account.findCase(answer.caseID), asking.kind.isReplaced else { return .nothing }
    var draft = OrderDraft(account, at: now)
    switch answer.outcome {
    case .reserved, .backordered:
        guard asking.outcome == nil else { return .nothing }
        asking.replacement = Replacement(
            orderID: answer.replacementOrderID, isReserved: answer.outcome == .reserved)
        draft.move(asking)
        if asking.stop != .awaited, answer.outcome == .reserved, !account.followsPlatform {
            draft.decide(asking, by: CaseRules(account, given: state), shipped: asking.stop == .dispatched)
        }
    case .rejected, .cancelled:
        guard asking.state == .requested else { return .nothing }
        let reason: CaseRefusal = answer.outcome == .rejected ? .noStock : .replacementCancelled
        draft.reject(asking, because: reason.rawValue, by: "policy")
    }
    return draft.decision
}

extension OrderAccount {
    /// What the goods wanted in exchange cost more than those given up, by list prices; the same again costs nothing.
    ///
    /// - Returns: `nil` when one of them is not sold.
    func difference(of items: [CaseItem], given state: State<AfterSalesAggregate>) -> Int64? {
        var difference: Int64 = 0
        for item in items {
            guard let wanted = item.exchangeSku, wanted != item.sku else { continue }
            guard let price = state.item(wanted), price.isActive,
                let line = placed.lines.first(where: { $0.lineID == item.lineID })
            else { return nil }
            difference += (price.price - line.unitPrice) * item.quantity
        }
        return difference
    }
}

extension OrderDraft {
    /// Asks intake to place the order that the case sends.
    mutating func askReplacement(for opened: AfterSalesCase) {
        let lines = opened.items.filter { $0.quantity > 0 }.map {
            LineQuantity(lineID: $0.lineID, sku: $0.exchangeSku ?? $0.sku, quantity: $0.quantity)
        }
        tell(
            CaseReplacementRequested(
                orderID: orderID, caseID: opened.caseID, lines: lines, total: max(0, opened.difference)))
    }

    /// Ends what has come so far that only the exchange itself, or the money, is left.
    mutating func settle(_ due: AfterSalesCase, because reason: String) {
        if due.kind.isReplaced { exchange(due) } else { refund(due, because: reason) }
    }

    /// The goods have changed places; what the new ones cost less goes back.
    mutating func exchange(_ due: AfterSalesCase) {
        var exchanging = due
        if let replacement = due.replacement {
            // Before any money: whoever still holds the first goods must give them up, and the refund names none.
            tell(
                CaseExchanged(
                    orderID: orderID, caseID: due.caseID, replacementOrderID: replacement.orderID, exchangedAt: now))
        }
        let owed = min(max(0, -due.difference), account.available)
        guard owed > 0 else { return closeExchanged(exchanging) }
        let weights = exchanging.items.map(\.quantity)
        for (index, part) in Allocation.split(owed, by: weights).enumerated() { exchanging.items[index].refund = part }
        exchanging.amount = owed
        exchanging.freight = 0
        exchanging.state = .refunding
        move(exchanging)
        payBack(owed, because: "exchange for less", case: exchanging.caseID)
        // Where the platform holds the money, it pays.
        if account.refunds.allSatisfy({ $0.caseID != exchanging.caseID }) { closeExchanged(exchanging) }
    }

    /// Ends an exchange whose goods, and money if any, have arrived.
    mutating func closeExchanged(_ exchanged: AfterSalesCase) {
        if let refund = account.refunds.first(where: { $0.caseID == exchanged.caseID }) {
            tell(
                CaseRefunded(
                    orderID: orderID, caseID: exchanged.caseID, refundID: refund.refundID, amount: exchanged.amount,
                    lines: exchanged.items.filter { $0.refund > 0 }.map {
                        RefundedLine(lineID: $0.lineID, quantity: 0, amount: $0.refund)
                    },
                    freight: 0))
        }
        close(exchanged, as: .closed, .exchanged)
    }
}
