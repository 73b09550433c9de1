import Contracts

/// One order on its way through a decision: as it will be, and what is told about it.
///
/// It works on a copy; nothing has happened before its `decision` is applied.
struct OrderStep {
    let now: Instant
    let calendar: BusinessCalendar
    var order: Order
    /// As it was before; `nil` for an order that has just come.
    let former: Order?
    private var facts: [any Fact] = []
    private var timers: [TimerChange] = []
    /// Other aggregates.
    private var others: [IntakeChange] = []
    /// Said to a command that was carried out.
    var remark: String?

    init(_ order: Order, at now: Instant, calendar: BusinessCalendar) {
        self.order = order
        self.now = now
        self.calendar = calendar
        former = order
    }

    init(placing order: Order, at now: Instant, calendar: BusinessCalendar) {
        self.order = order
        self.now = now
        self.calendar = calendar
        former = nil
    }

    var orderID: OrderID { order.orderID }

    /// Moves the order where the event leads; answers whether the event may happen.
    mutating func move(_ event: OrderEvent) -> Bool {
        guard case .legal(let next) = order.state.after(event) else { return false }
        order.state = next
        return true
    }

    mutating func tell(_ fact: any Fact) { facts.append(fact) }

    /// Changes another aggregate too.
    mutating func also(_ change: IntakeChange) { others.append(change) }

    /// A buyer as this step leaves it; `nil` when it does not change it.
    func buyer(_ buyerID: String) -> BuyerRecord? {
        let last = others.last { $0.key == .buyer(buyerID) }
        guard case .buyer(let record) = last?.value else { return nil }
        return record
    }

    /// Does what was decided about another order.
    mutating func join(_ other: Decision<IntakeChange>) {
        others += other.changes
        facts += other.facts
        timers += other.timers
    }

    mutating func set(_ timer: IntakeTimer, due: Instant) { timers.append(timer.set(orderID, due: due)) }

    /// A timer of another order.
    mutating func set(_ timer: IntakeTimer, of orderID: OrderID, due: Instant) {
        timers.append(timer.set(orderID, due: due))
    }

    /// A new order has no timer to take back.
    mutating func cancel(_ timer: IntakeTimer) {
        if former != nil { timers.append(timer.cancel(orderID)) }
    }

    var decision: Decision<IntakeChange> {
        Decision(changes: (order == former ? [] : [IntakeChange(order)]) + others, facts: facts, timers: timers)
    }
}

extension OrderStep {
    /// What follows from the order's new value, whatever has changed it.
    mutating func settle() {
        cancelWhenAllRefunded()
        confirmWhenReady()
        followGoods()
        answerCase()
    }
}
