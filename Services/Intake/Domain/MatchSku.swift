import Contracts

/// What a SKU that nobody knew turns out to be.
struct SkuMeaning {
    let externalSku: String
    let sku: String
    /// Pieces of `sku` in one of theirs.
    let pieces: Int64
    /// Of one of theirs.
    let weightGrams: Int64
    let reason: String
    let actor: String?
}

extension OrderStep {
    /// Puts ours in the place of a SKU nobody knew; when it was the last one, stock is asked for and the hold ends.
    mutating func match(_ meaning: SkuMeaning) {
        guard order.handling.unmatchedSkus.contains(meaning.externalSku), move(.matched) else { return }
        order.handling.unmatchedSkus.removeAll { $0 == meaning.externalSku }
        let isComplete = order.handling.unmatchedSkus.isEmpty
        if isComplete {
            // A platform may have put the SKU in the place of goods that were asked for.
            order.reservation += 1
            order.stock = .pending
            order.goods.allocations = []
        }
        var weightGrams = Int128(order.placed.weightGrams)
        let lines = order.placed.lines.map { line -> PlacedLine in
            guard line.sku == meaning.externalSku else { return line }
            weightGrams += Int128(meaning.weightGrams) * Int128(line.quantity)
            return line.meaning(meaning.sku, pieces: meaning.pieces)
        }
        let placed = order.placed
        revise(
            OrderRevised(
                orderID: orderID, cause: .sku, reservation: order.reservation, region: placed.region,
                fingerprints: placed.fingerprints,
                weightGrams: Int64(min(weightGrams, Int128(MatchedLines.heaviest))), lines: lines,
                goodsTotal: placed.goodsTotal, freight: placed.freight, total: placed.total,
                receivable: placed.receivable, actor: meaning.actor, reason: meaning.reason, revisedAt: now))
        if isComplete { endHold(.unmatchedSku) }
    }
}

extension PlacedLine {
    fileprivate func meaning(_ sku: String, pieces: Int64) -> PlacedLine {
        PlacedLine(
            lineID: lineID, sku: sku, quantity: quantity, unitPrice: unitPrice, discount: discount,
            orderDiscountShare: orderDiscountShare, freightShare: freightShare, paid: paid, gift: gift, giftOf: giftOf,
            piecesPerUnit: pieces)
    }
}

extension IntakeRules {
    /// Says what a channel's SKU is; every order that waits for it goes on, and later ones never wait.
    ///
    /// - Returns: Why not, or `nil`.
    func matchSku(_ command: MatchSku, on step: inout OrderStep, _ state: State<IntakeAggregate>) -> String? {
        guard command.channel == step.order.placed.channel else { return "the order is of another channel" }
        guard (1...1_000_000).contains(command.quantity) else { return "\(command.quantity) pieces are not possible" }
        guard let item = state.item(command.sku) else { return "SKU \(command.sku) is unknown" }
        guard step.order.handling.unmatchedSkus.contains(command.externalSku) else {
            return "the order does not wait for \(command.externalSku)"
        }
        guard case .legal = step.order.state.after(.matched) else { return step.order.state.refusal(of: .matched) }
        var unmatched = state.unmatched(command.externalSku) ?? UnmatchedSku(externalSku: command.externalSku)
        let meaning = SkuMeaning(
            externalSku: command.externalSku, sku: command.sku, pieces: command.quantity,
            weightGrams: item.weightGrams * command.quantity,
            reason: "\(command.externalSku) is \(command.quantity) of \(command.sku): \(command.reason)",
            actor: command.actor)
        step.match(meaning)
        for waiting in unmatched.waiting where waiting.channel == command.channel && waiting.orderID != step.orderID {
            step.join(mended(waiting.orderID, meaning, state, at: step.now))
        }
        unmatched.put(SkuMatch(channel: command.channel, sku: command.sku, quantity: command.quantity))
        unmatched.removeWaiting(command.channel)
        step.also(IntakeChange(.unmatched(unmatched.externalSku), .unmatched(unmatched)))
        return nil
    }

    /// One of the orders that wait for a SKU, with what follows for it.
    func mended(
        _ orderID: OrderID, _ meaning: SkuMeaning, _ state: State<IntakeAggregate>, at now: Instant
    ) -> Decision<IntakeChange> {
        guard let order = state.order(.order(orderID)) else { return .nothing }
        var step = OrderStep(order, at: now, calendar: calendar)
        step.match(meaning)
        step.settle()
        return step.decision
    }
}
