import Contracts

/// The clock of the automatic receipt, and the end of an order.
extension OrderStep {
    /// Starts the clock anew; it stands still while a case is open, and a platform has its own.
    mutating func startReceipt(_ due: Instant) {
        guard order.terms.clocks == .own else { return }
        order.receipt = .running(due: due)
        if order.requests.hasOpenCase { pauseReceipt() } else { set(.autoReceipt, due: due) }
    }

    mutating func openCase(_ fact: CaseOpened) {
        order.requests.withCase(fact.caseID) {
            $0.isOpened = true
            $0.externalCaseID = fact.externalCaseID
        }
        if order.requests.hasOpenCase { pauseReceipt() }
    }

    mutating func endCase(_ caseID: String) {
        order.requests.withCase(caseID) { $0.hasEnded = true }
        guard !order.requests.hasOpenCase, case .paused(let left) = order.receipt else { return }
        order.receipt = .running(due: now + left)
        set(.autoReceipt, due: now + left)
    }

    mutating func receiveByTime() {
        guard case .running(let due) = order.receipt, due <= now else { return }
        complete()
    }

    /// Ends an order whose goods have left; answers whether it may end.
    ///
    /// The after-sales window ends with the n-th day after the day of delivery, or of completion when no delivery was
    /// heard of.
    @discardableResult
    mutating func complete() -> Bool {
        guard move(.completed) else { return false }
        if case .running = order.receipt { cancel(.autoReceipt) }
        order.receipt = .idle
        order.completedAt = now
        let until = calendar.end(
            ofDay: Int(order.terms.afterSalesDays), after: order.goods.lastDeliveredAt ?? now)
        tell(OrderCompleted(orderID: orderID, completedAt: now, afterSalesUntil: until))
        return true
    }

    private mutating func pauseReceipt() {
        guard case .running(let due) = order.receipt else { return }
        order.receipt = .paused(left: max(.zero, due - now))
        cancel(.autoReceipt)
    }
}
