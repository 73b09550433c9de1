public import Contracts

extension IntakeRules {
    /// What must be loaded to decide a message, as far as what is loaded already tells.
    ///
    /// Members are followed upwards, one level a round; see `Batch.maximumRounds`.
    public func keys(of message: IntakeMessage, given state: State<IntakeAggregate>) -> [Key] {
        switch message {
        case .order(let order): return keys(placing: order, state)
        case .snapshot(let snapshot): return keys(following: snapshot, state)
        case .visit(let visit): return keys(noting: visit, state)
        case .command(let command): return keys(obeying: command, state)
        case .reference(let record): return keys(learning: record, state)
        case .replacementRequested(let wish): return keys(replacing: wish, state)
        case .timer(.eraseBuyer, let orderID):
            let key = Key.order(orderID)
            guard state.isLoaded(key), let order = state.order(key) else { return [key] }
            return [key] + keys(erasing: order.partiesOwner, orderID, state)
        default:
            guard let key = message.orderKey else { return [] }
            guard state.isLoaded(key), let order = state.order(key) else { return [key] }
            return [key] + keys(completing: order, by: message, state) + keys(beside: order, message, state)
        }
    }

    private func keys(completing order: Order, by message: IntakeMessage, _ state: State<IntakeAggregate>) -> [Key] {
        message.mayComplete(order) ? keys(attributing: order, Acquaintance(state), state) : []
    }

    /// The order that a case of this one sends, or that this one is sent for.
    private func keys(beside order: Order, _ message: IntakeMessage, _ state: State<IntakeAggregate>) -> [Key] {
        if let replacement = message.followedCase.flatMap({ order.replacement(of: $0) }) {
            return [.order(replacement)]
        }
        guard message.isAboutParcels, let id = order.placed.replaces else { return [] }
        let key = Key.order(id)
        guard state.isLoaded(key), let original = state.order(key) else { return [key] }
        return [key] + keys(completing: original, by: message, state)
    }

    private func keys(replacing wish: CaseReplacementRequested, _ state: State<IntakeAggregate>) -> [Key] {
        let key = Key.order(wish.orderID)
        guard state.isLoaded(key), let original = state.order(key) else { return [key] }
        let placed = original.placed
        let id = OrderID(channel: placed.channel, externalOrderID: wish.caseID, placedAt: placed.placedAt)
        return [
            key, .order(id), .external(placed.channel, wish.caseID), .parties(placed.orderID),
            .buyer(original.partiesOwner),
        ]
            + wish.lines.map { .item($0.sku) }
    }

    /// A buyer is locked before its bindings are read: one that is stored meanwhile finds the order. The tables see to
    /// that, so that both are named at once, with the member whom the order names itself.
    private func keys(placing order: ChannelOrder, _ state: State<IntakeAggregate>) -> [Key] {
        var keys: [Key] = [
            .order(order.orderID), .external(order.channel, order.externalOrderID), .channel(order.channel),
        ]
        keys.append(.buyer(order.buyerID ?? Parties.owner(of: order.orderID)))
        if let buyerID = order.buyerID { keys.append(.binding(buyerID)) }
        if let referral = order.referral { keys.append(.member(referral.code)) }
        for line in order.lines { keys += self.keys(matching: line.sku, order.channel, state) }
        guard keys.allSatisfy({ state.isLoaded($0) }), let channel = state.channel(order.channel) else { return keys }
        let sale = Sale(
            buyerID: order.buyerID, placedAt: order.placedAt, claims: AttributionClaims(order, channel.record))
        return keys + self.keys(attributing: sale, Acquaintance(state), state)
    }

    private func keys(matching sku: String, _ channel: String, _ state: State<IntakeAggregate>) -> [Key] {
        let item = Key.item(sku)
        let listing = Key.listing(channel, sku)
        guard state.isLoaded(item), state.isLoaded(listing) else { return [item, listing] }
        if let listing = state.listing(channel, sku) {
            return [item, .listing(channel, sku)] + listing.components.map { .item($0.sku) }
        }
        guard state.item(sku) == nil else { return [item, listing] }
        let unmatched = Key.unmatched(sku)
        guard state.isLoaded(unmatched), let match = state.unmatched(sku)?.match(channel) else {
            return [item, listing, unmatched]
        }
        return [item, listing, unmatched, .item(match.sku)]
    }

    /// What decides whose a sale is: bindings, clicks, the members, and those of whom nobody has told.
    private func keys(attributing sale: Sale, _ known: Acquaintance, _ state: State<IntakeAggregate>) -> [Key] {
        var keys: [Key] = []
        if let buyerID = sale.buyerID {
            keys.append(.binding(buyerID))
            if sale.claims.mode == .lastClick { keys.append(.buyer(buyerID)) }
        }
        guard keys.allSatisfy({ state.isLoaded($0) }) else { return keys }
        for candidate in AttributionCandidate.all(of: sale, known) where candidate.handicap == nil {
            keys += uplineKeys(of: candidate.memberID, at: sale.placedAt, known)
        }
        guard keys.allSatisfy({ state.isLoaded($0) }) else { return keys }
        return keys + attribute(sale, known).unknown.map { .expected($0) }
    }

    private func keys(attributing order: Order, _ known: Acquaintance, _ state: State<IntakeAggregate>) -> [Key] {
        order.sale.map { keys(attributing: $0, known, state) } ?? []
    }

    private func keys(
        relearning orderIDs: [OrderID], _ known: Acquaintance, _ state: State<IntakeAggregate>
    ) -> [Key] {
        orderIDs.flatMap { orderID -> [Key] in
            let key = Key.order(orderID)
            guard state.isLoaded(key), let order = state.order(key) else { return [key] }
            return [key] + keys(attributing: order, known, state)
        }
    }

    private func keys(noting visit: ChannelVisit, _ state: State<IntakeAggregate>) -> [Key] {
        let key = Key.buyer(visit.buyerID)
        guard state.isLoaded(key), var record = state.buyer(visit.buyerID) else { return [key] }
        record.put(BuyerClick(memberID: visit.memberID, at: visit.at))
        let known = Acquaintance(state, .buyer(record))
        return [key] + keys(relearning: orders(of: visit.buyerID, since: visit.at, state), known, state)
    }

    private func keys(learning record: ReferenceRecord, _ state: State<IntakeAggregate>) -> [Key] {
        let keys = [record.key] + (record.register.map { [$0] } ?? [])
        guard keys.allSatisfy({ state.isLoaded($0) }), let value = value(of: record, state[record.key]) else {
            return keys
        }
        switch value {
        case .binding(let history):
            let orderIDs = orders(of: history.buyerID, since: record.since, state)
            return keys + self.keys(relearning: orderIDs, Acquaintance(state, value), state)
        case .member(let history):
            let orderIDs = state.expected(history.memberID)?.orderIDs ?? []
            return keys + self.keys(relearning: orderIDs, Acquaintance(state, value), state)
        case .item(let reference): return keys + waiting(for: reference.record.sku, of: nil, state)
        case .listing(let reference):
            let listing = reference.record
            return keys + listing.components.map { .item($0.sku) }
                + waiting(for: listing.externalSku, of: listing.channel, state)
        default: return keys
        }
    }

    private func waiting(for sku: String, of channel: String?, _ state: State<IntakeAggregate>) -> [Key] {
        let waiting = state.unmatched(sku)?.waiting ?? []
        return waiting.filter { channel == nil || $0.channel == channel }.map { .order($0.orderID) }
    }

    private func keys(following snapshot: ChannelSnapshot, _ state: State<IntakeAggregate>) -> [Key] {
        let order = snapshot.order
        var keys = keys(placing: order, state)
        keys += [.parties(order.orderID), .snapshot(order.channel, order.externalOrderID)]
        let name = Key.external(order.channel, order.externalOrderID)
        if state.isLoaded(name), let known = state.order(name) {
            keys.append(.buyer(known.partiesOwner))
            if snapshot.mayComplete(known) { keys += self.keys(attributing: known, Acquaintance(state), state) }
        }
        if let parties = former(of: order, state) { keys.append(.buyer(parties.buyerID)) }
        guard let parent = snapshot.splitFrom else { return keys }
        return keys + [.external(order.channel, parent), .snapshot(order.channel, parent)]
    }

    /// Whom the order is for, as it is kept.
    private func former(of order: ChannelOrder, _ state: State<IntakeAggregate>) -> Parties? {
        state.isLoaded(.parties(order.orderID)) ? state.parties(order.orderID) : nil
    }

    /// The buyer, its latest orders, and whom its orders are for.
    private func keys(erasing buyerID: String, _ orderID: OrderID, _ state: State<IntakeAggregate>) -> [Key] {
        let keys = [Key.buyer(buyerID), .dossier(buyerID)]
        guard keys.allSatisfy({ state.isLoaded($0) }) else { return keys }
        let buyer = state.buyer(buyerID) ?? BuyerRecord(buyerID: buyerID)
        return keys + buyer.orders.map { .order($0.orderID) } + state.dossier(buyer, orderID).map { .parties($0) }
    }

    private func keys(obeying command: IntakeCommand, _ state: State<IntakeAggregate>) -> [Key] {
        let key = Key.order(command.orderID)
        guard state.isLoaded(key), let order = state.order(key) else { return [key] }
        switch command.wish {
        case .reassign(let memberID?):
            return [key] + uplineKeys(of: memberID, at: order.placed.placedAt, Acquaintance(state))
        case .confirmReceipt: return [key] + keys(attributing: order, Acquaintance(state), state)
        case .changeAddress: return [key, .parties(order.orderID), .buyer(order.partiesOwner)]
        case .eraseBuyer(let command): return [key] + keys(erasing: command.buyerID, order.orderID, state)
        case .blockBuyer(let command): return [key, .buyer(command.buyerID)]
        case .matchSku(let command):
            let keys = [key, .item(command.sku), .unmatched(command.externalSku)]
            guard keys.allSatisfy({ state.isLoaded($0) }) else { return keys }
            return keys + waiting(for: command.externalSku, of: command.channel, state)
        default: return [key]
        }
    }
}

extension IntakeMessage {
    /// After it the order may be over, and with it the time in which something learnt late still counts.
    func mayComplete(_ order: Order) -> Bool {
        switch self {
        case .received, .timer(.autoReceipt, _): true
        case .dispatched, .delivered: order.receivedAt != nil
        default: false
        }
    }
}
