import Contracts

extension OrderDraft {
    /// Grants a case: money goes back at once unless goods have to come back first.
    ///
    /// - Parameter rule: The policy rule that decided; `nil` for a person.
    mutating func approve(_ granted: AfterSalesCase, rule: String?, by: String) {
        var approved = granted
        approved.state = .approved
        approved.rule = rule
        if !approved.kind.isReplaced {
            let shares = affordableShares(of: approved)
            approved.amount = shares.total
            approved.freight = shares.freight
        }
        let awaitsGoods = approved.kind == .return || approved.kind == .exchange && approved.stop == .dispatched
        if awaitsGoods { move(approved) }
        tell(
            CaseApproved(
                orderID: orderID, caseID: approved.caseID, kind: approved.kind, lines: approved.lines,
                amount: approved.amount, rule: rule, by: by, approvedAt: now))
        if !awaitsGoods { settle(approved, because: rule ?? "approved") }
    }

    /// Pays a case back: its shares are fixed now, after everything that was paid back before.
    mutating func refund(_ owed: AfterSalesCase, because reason: String) {
        var refunding = owed
        let shares = affordableShares(of: owed)
        for index in refunding.items.indices { refunding.items[index].refund = shares.lines[index] }
        refunding.amount = shares.total
        refunding.freight = shares.freight
        refunding.state = .refunding
        move(refunding)
        if shares.total > 0 {
            payBack(shares.total, because: reason, case: refunding.caseID)
        } else {
            // Gifts and free goods: there is no money to wait for.
            let nothing = Refund(
                refundID: account.nextRefundID, caseID: refunding.caseID, paymentID: "none", amount: 0,
                reason: reason, state: .settled)
            change(.refundMoved(orderID, nothing))
            closeRefunded(refunding)
        }
    }

    /// Ends a case whose money has arrived, or that costs none.
    mutating func closeRefunded(_ refunded: AfterSalesCase) {
        let refundID = account.refunds.first { $0.caseID == refunded.caseID }?.refundID ?? refunded.caseID
        tell(
            CaseRefunded(
                orderID: orderID, caseID: refunded.caseID, refundID: refundID, amount: refunded.amount,
                lines: refunded.items.filter { $0.quantity > 0 || $0.refund > 0 }.map {
                    RefundedLine(lineID: $0.lineID, quantity: $0.quantity, amount: $0.refund)
                },
                freight: refunded.freight))
        close(refunded, as: .closed, .refunded)
    }

    /// The case's share as it stands now: at most what was asked for, and what is left of the money.
    func affordableShares(of wanted: AfterSalesCase) -> RefundShares {
        let given = account.givenBack(countsOpen: false)
        guard let whole = account.shares(of: wanted.items, after: given) else {
            preconditionFailure("\(wanted.caseID) holds more units than its order has left")
        }
        let share = min(whole.total, wanted.asked ?? whole.total, account.available)
        return whole.reduced(to: max(0, share + min(0, wanted.returnFreight)))
            .adding(freight: min(max(0, wanted.returnFreight), account.available - share))
    }
}
