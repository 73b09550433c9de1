import Contracts

/// What after-sales says of a case, and of the money that goes back.
func readCaseFact(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> [ReadRow] {
    switch type {
    case CaseOpened.type:
        let opened = try CaseOpened(body)
        var patch = CasePatch(opened.caseID, of: opened.orderID)
        patch.opened = opened
        patch.openedAt = at
        patch.state = .requested
        return [.afterSalesCase(patch)]
    case CaseApproved.type: return [.afterSalesCase(approved(try CaseApproved(body)))]
    case CaseGoodsShipped.type, CaseGoodsReceived.type, CaseInspected.type:
        return [.afterSalesCase(try readGoods(type, body))]
    case CaseRefunded.type: return refunded(try CaseRefunded(body))
    case CaseRejected.type, CaseWithdrawn.type, CaseClosed.type, CaseExchanged.type:
        return [.afterSalesCase(try readEnding(type, body))]
    case CaseClockChanged.type:
        let changed = try CaseClockChanged(body)
        var patch = CasePatch(changed.caseID, of: changed.orderID)
        patch.clock = changed
        return [.afterSalesCase(patch)]
    case RefundDue.type, RefundSettled.type, RefundFailed.type:
        let refund = try readRefund(type, body, at: at)
        return [.refund(refund)] + paidBack(refund)
    default: return []
    }
}

private func approved(_ approved: CaseApproved) -> CasePatch {
    var patch = CasePatch(approved.caseID, of: approved.orderID)
    patch.lines = approved.lines
    patch.amount = approved.amount
    patch.decidedBy = approved.by
    patch.rule = approved.rule
    patch.approvedAt = approved.approvedAt
    patch.state = .approved
    return patch
}

private func readGoods(_ type: String, _ body: JSONObject) throws(Fault) -> CasePatch {
    switch type {
    case CaseGoodsShipped.type:
        let shipped = try CaseGoodsShipped(body)
        var patch = CasePatch(shipped.caseID, of: shipped.orderID)
        patch.carrier = shipped.carrier
        patch.waybill = shipped.waybill
        patch.goodsShippedAt = shipped.shippedAt
        patch.state = .goodsInTransit
        return patch
    case CaseGoodsReceived.type:
        let received = try CaseGoodsReceived(body)
        var patch = CasePatch(received.caseID, of: received.orderID)
        patch.receivedAt = received.receivedAt
        patch.state = .received
        return patch
    default:
        let inspected = try CaseInspected(body)
        var patch = CasePatch(inspected.caseID, of: inspected.orderID)
        patch.inspectedAt = inspected.inspectedAt
        patch.state = .inspected
        return patch
    }
}

private func refunded(_ refunded: CaseRefunded) -> [ReadRow] {
    var patch = CasePatch(refunded.caseID, of: refunded.orderID)
    patch.refunded = refunded.amount
    patch.state = .refunding
    return [.afterSalesCase(patch)]
        + refunded.lines.map { line in
            .line(
                LinePatch(
                    orderID: refunded.orderID, lineID: line.lineID, refundedQuantity: line.quantity,
                    refundedAmount: line.amount))
        }
}

private func readEnding(_ type: String, _ body: JSONObject) throws(Fault) -> CasePatch {
    switch type {
    case CaseRejected.type:
        let rejected = try CaseRejected(body)
        var patch = CasePatch(rejected.caseID, of: rejected.orderID)
        patch.state = .rejected
        patch.outcome = rejected.reason
        patch.decidedBy = rejected.by
        patch.endedAt = rejected.rejectedAt
        return patch
    case CaseWithdrawn.type:
        let withdrawn = try CaseWithdrawn(body)
        var patch = CasePatch(withdrawn.caseID, of: withdrawn.orderID)
        patch.state = .withdrawn
        patch.endedAt = withdrawn.withdrawnAt
        return patch
    case CaseExchanged.type:
        let exchanged = try CaseExchanged(body)
        var patch = CasePatch(exchanged.caseID, of: exchanged.orderID)
        patch.replacementOrderID = exchanged.replacementOrderID
        return patch
    default:
        let closed = try CaseClosed(body)
        var patch = CasePatch(closed.caseID, of: closed.orderID)
        patch.state = .closed
        patch.outcome = closed.outcome.rawValue
        patch.endedAt = closed.closedAt
        return patch
    }
}

/// A case whose money is on its way waits for nobody any more.
private func paidBack(_ refund: RefundPatch) -> [ReadRow] {
    guard refund.state == .due, let caseID = refund.caseID else { return [] }
    var patch = CasePatch(caseID, of: refund.orderID)
    patch.state = .refunding
    return [.afterSalesCase(patch)]
}

private func readRefund(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> RefundPatch {
    switch type {
    case RefundDue.type:
        let due = try RefundDue(body)
        return RefundPatch(
            refundID: due.refundID, orderID: due.orderID, caseID: due.caseID, paymentID: due.paymentID,
            amount: due.amount, currency: due.currency, reason: due.reason, state: .due, dueAt: at)
    case RefundSettled.type:
        let settled = try RefundSettled(body)
        return RefundPatch(
            refundID: settled.refundID, orderID: settled.orderID, caseID: settled.caseID, amount: settled.amount,
            currency: settled.currency, state: .settled, endedAt: settled.settledAt)
    default:
        let failed = try RefundFailed(body)
        return RefundPatch(
            refundID: failed.refundID, orderID: failed.orderID, caseID: failed.caseID, amount: failed.amount,
            currency: failed.currency, state: .failed, failure: failed.reason, endedAt: failed.failedAt)
    }
}
