import Contracts

extension IntakeRules {
    /// Places the order that a case sends in exchange: held until the case is approved, without a distributor.
    ///
    /// Its id follows from the case, so the same wish places it once.
    /// - Source: DESIGN section 4, "After-sales".
    func placeReplacement(
        _ wish: CaseReplacementRequested, given state: State<IntakeAggregate>, at now: Instant
    ) throws(Fault) -> Decision<IntakeChange> {
        guard let original = state.order(.order(wish.orderID)) else {
            return .waits(for: .order(wish.orderID), reason: "order \(wish.orderID) has not come")
        }
        guard original.replacement(of: wish.caseID) == nil else { return .nothing }
        let placed = original.replacement(wish, grams: { state.item($0)?.weightGrams ?? 0 }, at: now)
        var step = OrderStep(
            placing: Order(placed: placed, terms: original.terms, contentHash: 0, decidedAt: now), at: now,
            calendar: calendar)
        step.tell(placed)
        step.putOnHold(.exchange, because: "exchange \(wish.caseID)")
        step.payNothingWhenFree()
        step.register(unknown: [], state)
        step.settle()
        if let known = state.parties(original.orderID), known.erasedAt == nil {
            let parties = Parties(
                orderID: placed.orderID, buyerID: known.buyerID, buyer: known.buyer, shipTo: known.shipTo, note: nil)
            try record(parties, on: &step, state)
        }
        var asking = OrderStep(original, at: now, calendar: calendar)
        asking.order.requests.withCase(wish.caseID) { $0.replacementID = placed.orderID }
        asking.join(step.decision)
        return asking.decision
    }

    /// What a case's fate does to the order that was placed in exchange for it; nothing when there is none.
    func followCase(
        _ message: IntakeMessage, _ original: Order, given state: State<IntakeAggregate>, at now: Instant
    ) -> Decision<IntakeChange> {
        guard let caseID = message.endedCase ?? message.approvedCase, let id = original.replacement(of: caseID),
            let replacement = state.order(.order(id)), replacement.holds.contains(where: { $0.kind == .exchange })
        else { return .nothing }
        var step = OrderStep(replacement, at: now, calendar: calendar)
        if message.approvedCase != nil {
            step.endHold(.exchange)
        } else {
            _ = step.askCancel(.operator, requestedAt: now)
        }
        step.settle()
        return step.decision
    }

    /// A parcel of a replacement is one of the order it replaces too: with it all goods of that order may have left.
    func followReplacement(
        _ message: IntakeMessage, of replacement: Order, given state: State<IntakeAggregate>, at now: Instant
    ) throws(Fault) -> Decision<IntakeChange> {
        guard let id = replacement.placed.replaces, message.isAboutParcels, let original = state.order(.order(id))
        else {
            return .nothing
        }
        var step = OrderStep(original, at: now, calendar: calendar)
        if message.mayComplete(original) { step.reattribute(by: self, Acquaintance(state)) }
        try step.take(message)
        step.settle()
        return step.decision
    }
}

extension Order {
    func replacement(of caseID: String) -> OrderID? {
        requests.cases.first { $0.caseID == caseID }?.replacementID
    }

    /// The wanted goods, to the same buyer at the same place; the difference is spread over the pieces.
    fileprivate func replacement(
        _ wish: CaseReplacementRequested, grams: (String) -> Int64, at now: Instant
    ) -> OrderPlaced {
        let amounts = Allocation.split(wish.total, by: wish.lines.map(\.quantity))
        let lines = zip(wish.lines, amounts).map { line, amount in
            // The price of one piece is rounded up, the discount makes up for it.
            let unitPrice = (amount + line.quantity - 1) / line.quantity
            return PlacedLine(
                lineID: line.lineID, sku: line.sku, quantity: line.quantity, unitPrice: unitPrice,
                discount: unitPrice * line.quantity - amount, orderDiscountShare: 0, freightShare: 0, paid: amount)
        }
        let weight = wish.lines.reduce(Int128(0)) { $0 + Int128(grams($1.sku)) * Int128($1.quantity) }
        return OrderPlaced(
            orderID: OrderID(channel: placed.channel, externalOrderID: wish.caseID, placedAt: placed.placedAt),
            kind: .replacement, replaces: orderID, caseID: wish.caseID, reservation: 1, channel: placed.channel,
            externalOrderID: wish.caseID, placedAt: now, currency: placed.currency, buyerID: placed.buyerID,
            region: placed.region, fingerprints: placed.fingerprints,
            weightGrams: Int64(min(weight, Int128(MatchedLines.heaviest))), lines: lines, goodsTotal: wish.total,
            freight: 0, tax: 0, fees: 0, total: wish.total, receivable: wish.total, paymentTerms: .prepaid,
            delivery: placed.delivery)
    }
}

extension OrderStep {
    /// Tells the case that asked for this order what became of it.
    mutating func answerCase() {
        guard order.placed.kind == .replacement, let replaces = order.placed.replaces, let caseID = order.placed.caseID
        else { return }
        let outcome: OrderReplacementAnswered.Outcome
        if order.state == .cancelled {
            guard former?.state != .cancelled else { return }
            outcome = order.stock == .rejected ? .rejected : .cancelled
        } else {
            guard order.stock != former?.stock else { return }
            switch order.stock {
            case .reserved: outcome = .reserved
            case .backordered: outcome = .backordered
            case .pending, .rejected: return
            }
        }
        tell(
            OrderReplacementAnswered(
                orderID: replaces, caseID: caseID, replacementOrderID: orderID, outcome: outcome, answeredAt: now))
    }
}

extension IntakeMessage {
    /// Of a fact that ends a case.
    fileprivate var endedCase: String? {
        switch self {
        case .caseRejected(let fact): fact.caseID
        case .caseEnded(_, let caseID): caseID
        default: nil
        }
    }

    fileprivate var approvedCase: String? {
        if case .caseApproved(let fact) = self { fact.caseID } else { nil }
    }

    /// The case whose replacement must be looked at too.
    var followedCase: String? { endedCase ?? approvedCase }

    var isAboutParcels: Bool {
        switch self {
        case .dispatched, .delivered, .returned: true
        default: false
        }
    }
}
