import Contracts

/// A decision about one order in the making: every change is seen by the next step.
struct Draft {
    private(set) var order: Order
    let now: Instant
    private let calendar: BusinessCalendar
    private let state: State<FulfilmentAggregate>
    private(set) var decision = FulfilmentDecision()

    /// How long a planned shipment waits for a command before it leaves by itself.
    static let autoDispatchDelay = Duration.hours(2)
    /// How long before the platform's deadline people are told of what has not left.
    static let shipByWarningHours: Int64 = 12

    init(_ order: Order, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules, at now: Instant) {
        self.order = order
        self.state = state
        calendar = rules.calendar
        self.now = now
    }

    mutating func change(_ change: OrderChange) {
        order.apply(change)
        decision.changes.append(.order(order.orderID, change))
        if !order.calls.isEmpty { recallUnusedLabels() }
    }

    mutating func tell(_ fact: any Fact) { decision.facts.append(fact) }

    /// A later plan of the same shipment replaces the former one.
    mutating func tellPlan(of shipment: Shipment) {
        tell(
            ShipmentPlanned(
                orderID: order.orderID, shipmentID: shipment.shipmentID, warehouse: shipment.warehouse,
                lines: shipment.pieces, weightGrams: shipment.weightGrams, plannedAt: now, shipBy: order.shipBy))
    }

    mutating func tellLabel(of shipment: Shipment) {
        tell(
            ShipmentLabelled(
                orderID: order.orderID, shipmentID: shipment.shipmentID, parcelID: shipment.parcelID,
                carrier: shipment.label.carrier, waybill: shipment.label.waybill, labelledAt: now))
    }

    /// Lets a shipment go; what nobody carries has arrived with that.
    ///
    /// - Parameter moment: When it left, if that is known better than `now`.
    mutating func dispatch(_ shipment: Shipment, at moment: Instant? = nil) {
        let moment = moment ?? now
        let isCarried = shipment.label.carrier != Planning.noCarrier
        var shipment = shipment
        shipment.state = isCarried ? .dispatched : .delivered
        shipment.dispatchedAt = moment
        shipment.promisedBy = shipment.label.promiseDays.map { calendar.end(ofDay: Int($0), after: moment) }
        shipment.deliveredAt = isCarried ? nil : moment
        change(.shipments([shipment]))
        tell(
            ShipmentDispatched(
                orderID: order.orderID, shipmentID: shipment.shipmentID, parcelID: shipment.parcelID,
                direction: shipment.direction, warehouse: shipment.warehouse, carrier: shipment.label.carrier,
                waybill: shipment.label.waybill, lines: shipment.pieces, dispatchedAt: moment,
                promisedBy: shipment.promisedBy,
                estimatedBy: state.transit(of: shipment, to: order.region).map { moment + .hours($0.usualHours) }))
        if !isCarried { tellDelivery(of: shipment, at: moment) }
        if let promisedBy = shipment.promisedBy, isCarried {
            decision.timers.append(FulfilmentTimer.delivery.set(shipment.shipmentID, due: promisedBy))
        }
    }

    /// A parcel that has arrived, or travels back, is no longer waited for.
    mutating func endWait(for shipment: Shipment) {
        guard shipment.promisedBy != nil else { return }
        decision.timers.append(FulfilmentTimer.delivery.cancel(shipment.shipmentID))
    }

    mutating func tellDelivery(of shipment: Shipment, at moment: Instant) {
        tell(
            ShipmentDelivered(
                orderID: order.orderID, shipmentID: shipment.shipmentID, carrier: shipment.label.carrier,
                waybill: shipment.label.waybill, lines: shipment.pieces, deliveredAt: moment))
    }

    mutating func tellCancellation(of shipment: Shipment, reason: String) {
        tell(
            ShipmentCancelled(
                orderID: order.orderID, shipmentID: shipment.shipmentID, warehouse: shipment.warehouse,
                lines: shipment.pieces, reason: reason, cancelledAt: now))
    }

    mutating func tellException(of shipment: Shipment, reason: String, at moment: Instant) {
        tell(
            ShipmentExceptional(
                orderID: order.orderID, shipmentID: shipment.shipmentID, carrier: shipment.label.carrier,
                waybill: shipment.label.waybill, reason: reason, at: moment))
    }

    /// Gives what may leave the full delay from now on; without such shipments no timer is needed.
    mutating func setDispatchTimer() {
        guard !order.leavingByItself.isEmpty else { return }
        let due = now + Self.autoDispatchDelay
        decision.timers.append(FulfilmentTimer.autoDispatch.set(order.orderID.text, due: due))
    }

    /// Warns of the platform's deadline in time; an order without one, or of which all is late already, at once or never.
    mutating func setShipByTimer() {
        guard let shipBy = order.shipBy else { return }
        let due = max(now, shipBy + .hours(-Self.shipByWarningHours))
        decision.timers.append(FulfilmentTimer.shipBy.set(order.orderID.text, due: due))
    }

    /// Takes the timer back when the last shipment it was for is gone.
    mutating func dropIdleTimer() {
        guard order.leavingByItself.isEmpty else { return }
        decision.timers.append(FulfilmentTimer.autoDispatch.cancel(order.orderID.text))
    }

    mutating func answer(_ command: CommandHead, _ outcome: CommandOutcome = .accepted, reason: String? = nil) {
        tell(
            CommandAnswered(
                service: "fulfilment", commandID: command.commandID, outcome: outcome, reason: reason,
                orderID: order.orderID))
    }
}
