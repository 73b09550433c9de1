import Contracts

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
            if let parties = Parties(message, step.orderID) { try record(parties, on: &step, state) }
            return step.decision
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
        var claims = AttributionClaims(message, channel.record)
        let sale = Sale(buyerID: message.buyerID, placedAt: message.placedAt, claims: claims)
        let verdict = attribute(sale, Acquaintance(state))
        var placed = try normalise(message, matched, verdict)
        if !reserving { placed = placed.again(as: 0, placed.weightGrams, placed.attribution) }
        claims.contest = placed.contest
        let order = Order(
            placed: placed, terms: ChannelTerms(channel.record, delivery: placed.delivery), claims: claims,
            contentHash: message.contentHash, decidedAt: now)
        var step = OrderStep(placing: order, at: now, calendar: calendar)
        step.tell(placed)
        step.holdUnmatched(matched.unmatched)
        if reserving { step.holdByRules(message, channel.record, message.buyerID.flatMap { state.buyer($0) }) }
        try step.welcome(message)
        step.register(unknown: verdict.unknown, state)
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
    /// An order whose goods nobody knows waits until somebody says what they are.
    fileprivate mutating func holdUnmatched(_ skus: [String]) {
        guard !skus.isEmpty, !order.placed.historical else { return }
        order.handling.unmatchedSkus = skus
        putOnHold(.unmatchedSku, because: HoldKind.unmatchedSku.rawValue)
    }

    /// Puts the order where what is learnt later looks for it: under its buyer, unknown members, unknown SKUs.
    mutating func register(unknown memberIDs: [String], _ state: State<IntakeAggregate>) {
        guard !order.placed.historical else { return }
        if let buyerID = order.placed.buyerID {
            var record = state.buyer(buyerID) ?? BuyerRecord(buyerID: buyerID)
            record.put(BuyerOrder(orderID: orderID, placedAt: order.placed.placedAt))
            also(IntakeChange(.buyer(buyerID), .buyer(record)))
        }
        for memberID in Set(memberIDs).sorted() {
            var member = state.expected(memberID) ?? ExpectedMember(memberID: memberID)
            member.put(orderID)
            also(IntakeChange(.expected(memberID), .expected(member)))
        }
        for sku in order.handling.unmatchedSkus {
            var unmatched = state.unmatched(sku) ?? UnmatchedSku(externalSku: sku)
            unmatched.put(WaitingOrder(channel: order.placed.channel, orderID: orderID))
            also(IntakeChange(.unmatched(sku), .unmatched(unmatched)))
        }
    }

    /// What happens to an order the moment it comes: its payments, and the clock of those to come.
    fileprivate mutating func welcome(_ message: ChannelOrder) throws(Fault) {
        payNothingWhenFree()
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
