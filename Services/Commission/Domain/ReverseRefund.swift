import Contracts

/// Takes the commission of what was paid back from exactly the legs that earned it, at that sale's rates.
///
/// - Throws: `Fault` when a line is none of the order's.
/// - Source: DESIGN section 4, "Commission"; invariant I9.
func reverseRefund(
    _ refunded: CaseRefunded, given state: State<CommissionAggregate>, at now: Instant
) throws(Fault) -> Decision<CommissionChange> {
    guard var order = state.order(refunded.orderID) else { return waitForOrder(refunded.orderID) }
    guard !order.isExempt, !order.afterSales.knows(refund: refunded.refundID) else { return .nothing }
    for (index, line) in refunded.lines.enumerated() {
        guard order.placed.lines.contains(where: { $0.lineID == line.lineID }) else {
            throw Fault("is no line of order \(refunded.orderID)", field: "lines[\(index)].lineId")
        }
        guard line.amount >= 0 else {
            throw Fault("amount \(line.amount) is negative", field: "lines[\(index)].amount")
        }
        guard line.amount > 0 else { continue }
        order.afterSales.add(
            AfterSalesNotes.Refund(refundID: refunded.refundID, lineID: line.lineID, amount: line.amount))
    }
    guard order.afterSales.knows(refund: refunded.refundID) else { return .nothing }
    var books = OrderBooks(order, at: now)
    books.reverseRefunded(
        cause: refunded.refundID, reason: "refunded", caseID: refunded.caseID, refundID: refunded.refundID)
    return books.decision
}
