import Contracts

/// Why an order whose goods nobody knows must not leave.
let unmatchedSkuHold = "unmatched-sku"

extension IntakeRules {
    /// Takes a new order in, or looks for what is new in one that came again.
    ///
    /// - Returns: A wait of 30 s when nobody has described the channel yet.
    /// - Throws: `Fault` when its sums cannot be, or when another order has its name.
    /// - Source: DESIGN section 4, "Intake"; CONTRACTS, `channel.order.v1`.
    func placeOrder(
        _ message: ChannelOrder, given state: State<IntakeAggregate>, at now: Instant
    ) throws(Fault) -> Decision<IntakeChange> {
        if let known = state.order(.external(message.channel, message.externalOrderID)) {
            return try repeatOrder(message, known, at: now)
        }
        switch try begin(message, given: state, at: now) {
        case .waits(let decision): return decision
        case .placed(var step):
            step.settle()
            var decision = step.decision
            if let parties = Parties(message, step.orderID) { decision.changes.append(IntakeChange(parties)) }
            return decision
        }
    }

    /// An order that has just come, or the wait for its channel.
    enum Beginning {
        case placed(OrderStep)
        case waits(Decision<IntakeChange>)
    }

    /// - Parameter reserving: False for an order that is over or has left already: it asks for no stock.
    func begin(
        _ message: ChannelOrder, reserving: Bool = true, given state: State<IntakeAggregate>, at now: Instant
    ) throws(Fault) -> Beginning {
        guard let channel = state.channel(message.channel), channel.isActive else {
            return .waits(
                .waits(
                    for: .channel(message.channel), reason: "channel \(message.channel) is unknown or not active",
                    patience: Self.referencePatience))
        }
        let matched = MatchedLines(message, state)
        var placed = try normalise(message, matched, channel.record, state)
        if !reserving { placed = placed.again(as: 0, placed.weightGrams, placed.attribution) }
        let order = Order(
            placed: placed, terms: ChannelTerms(channel.record, delivery: placed.delivery),
            contentHash: message.contentHash, decidedAt: now)
        var step = OrderStep(placing: order, at: now, calendar: calendar)
        step.tell(placed)
        try step.welcome(message, isMatched: matched.isComplete)
        return .placed(step)
    }

    /// The same order again may bring a payment; anything else under its name is another order.
    private func repeatOrder(
        _ message: ChannelOrder, _ known: Order, at now: Instant
    ) throws(Fault) -> Decision<IntakeChange> {
        guard message.contentHash == known.contentHash else {
            throw Fault("is placed already with other content", field: "externalOrderId")
        }
        var step = OrderStep(known, at: now, calendar: calendar)
        try step.countTenders(of: message)
        step.settle()
        return step.decision
    }
}

extension OrderStep {
    /// What happens to an order the moment it comes: a hold, its payments, the clock of those to come.
    fileprivate mutating func welcome(_ message: ChannelOrder, isMatched: Bool) throws(Fault) {
        if !isMatched, !order.placed.historical {
            order.hold = unmatchedSkuHold
            tell(OrderHeld(orderID: orderID, reason: unmatchedSkuHold, heldAt: now))
        }
        if order.account.total == 0, move(.paid), !order.placed.historical {
            tell(OrderPaid(orderID: orderID, paymentID: "zero", amount: 0, paidAt: now))
        }
        try countTenders(of: message)
        if order.state == .pendingPayment, !order.isCashOnDelivery, order.terms.clocks == .own {
            set(.paymentTimeout, due: now + .minutes(order.terms.paymentTimeoutMinutes))
        }
    }

    fileprivate mutating func countTenders(of message: ChannelOrder) throws(Fault) {
        for tender in message.tenders where tender.status == .succeeded {
            try count(tender.paymentID, tender.amount, paidAt: tender.paidAt ?? message.placedAt)
        }
    }
}

extension ChannelOrder {
    /// Equal for two messages that tell the same order, whatever they tell of its payments.
    var contentHash: Int64 {
        let content = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, terminal: terminal, campaign: campaign,
            placedAt: placedAt, currency: currency, buyer: buyer, shipTo: shipTo, referral: referral, lines: lines,
            orderDiscount: orderDiscount, freight: freight, tax: tax, taxIncluded: taxIncluded, fees: fees,
            total: total, discounts: discounts, paymentTerms: paymentTerms, delivery: delivery, shipBy: shipBy,
            historical: historical, note: note)
        let digest = SHA256.digest(content.jsonBytes)
        return Int64(bitPattern: digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
