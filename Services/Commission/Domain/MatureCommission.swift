import Contracts

/// The timer that matures an order; its key is the order's id.
public enum MaturityTimer {
    public static let kind = "mature"
}

/// Starts the clock of maturity: the buyer has the goods.
func completeOrder(
    _ completed: OrderCompleted, given state: State<CommissionAggregate>, at now: Instant
) -> Decision<CommissionChange> {
    guard var order = state.order(completed.orderID) else { return waitForOrder(completed.orderID) }
    guard !order.isExempt, order.completion == nil else { return .nothing }
    order.completion = Completion(
        completedAt: completed.completedAt, afterSalesUntil: completed.afterSalesUntil)
    var books = OrderBooks(order, at: now)
    books.awaitMaturity()
    return books.decision
}

/// The time is over; an open case goes on holding the commission, and its end lets it go.
func matureCommission(
    of orderID: OrderID, given state: State<CommissionAggregate>, at now: Instant
) -> Decision<CommissionChange> {
    guard let order = state.order(orderID) else { return .nothing }
    var books = OrderBooks(order, at: now)
    books.matureIfDue()
    return books.order == order ? .nothing : books.decision
}

/// A case holds the commission of its order as long as it is open.
func openCase(
    _ caseID: String, of orderID: OrderID, given state: State<CommissionAggregate>
) -> Decision<CommissionChange> {
    guard var order = state.order(orderID) else { return waitForOrder(orderID) }
    guard !order.isExempt, order.afterSales.open(caseID) else { return .nothing }
    return Decision(changes: [.order(order)])
}

/// The last open case lets go of what has been due meanwhile.
func endCase(
    _ caseID: String, of orderID: OrderID, given state: State<CommissionAggregate>, at now: Instant
) -> Decision<CommissionChange> {
    guard var order = state.order(orderID) else { return waitForOrder(orderID) }
    guard !order.isExempt, order.afterSales.close(caseID) else { return .nothing }
    var books = OrderBooks(order, at: now)
    books.matureIfDue()
    return books.decision
}
