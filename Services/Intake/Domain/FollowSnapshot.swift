import Contracts

extension IntakeRules {
    /// Takes a platform's snapshot of an order in: only what is new counts, and an older snapshot is ignored.
    ///
    /// What an order becomes depends on its newest snapshot alone, whichever others came before, after or never. Names and
    /// sealed addresses that a later snapshot lacks stay.
    /// - Returns: A wait of 30 s when nobody has described the channel yet.
    /// - Source: DESIGN section 4, "Auto"; CHANNELS, "Rules that hold for all".
    func followSnapshot(
        _ snapshot: ChannelSnapshot, given state: State<IntakeAggregate>, at now: Instant
    ) throws(Fault) -> Decision<IntakeChange> {
        let order = snapshot.order
        let former = state.snapshot(order.channel, order.externalOrderID)
        let newest = FollowedSnapshot(snapshot, isSplit: former?.isSplit ?? false)
        if let former, !newest.isNewer(than: former) { return .nothing }
        var step: OrderStep
        var isChanged = false
        if let known = state.order(.external(order.channel, order.externalOrderID)) {
            guard known.orderID == order.orderID else {
                throw Fault("is placed already at another time", field: "placedAt")
            }
            step = OrderStep(known, at: now, calendar: calendar)
            if snapshot.mayComplete(known) { step.reattribute(by: self, Acquaintance(state)) }
            let asksForStock = snapshot.isToLeave && !newest.isSplit
            isChanged = try !renew(&step, as: order, reserving: asksForStock, state)
            isChanged = isChanged && newest.goodsHash != former?.goodsHash
            for tender in order.tenders where step.order.account.payment(tender.paymentID) == nil {
                try step.count(tender.paymentID, tender.amount, paidAt: tender.paidAt ?? order.placedAt)
            }
        } else {
            switch try begin(order, reserving: snapshot.isToLeave && !newest.isSplit, given: state, at: now) {
            case .waits(let decision): return decision
            case .placed(let placed): step = placed
            }
        }
        step.follow(snapshot, isChanged: isChanged, isSplit: newest.isSplit)
        step.settle()
        step.endReceived()
        if let parties = parties(of: order, state) { try record(parties, on: &step, state) }
        var decision = step.decision
        decision.changes.append(IntakeChange(newest))
        if let parent = snapshot.splitFrom { try close(parent, of: order.channel, state, at: now, &decision) }
        return decision
    }

    /// Takes changed goods, money or an address over as long as nothing has been confirmed.
    ///
    /// The order is revised; other goods ask for stock under the next reservation, once all of them are known.
    /// - Returns: Whether the order is now as the platform says.
    private func renew(
        _ step: inout OrderStep, as message: ChannelOrder, reserving: Bool, _ state: State<IntakeAggregate>
    ) throws(Fault) -> Bool {
        let known = step.order
        let matched = MatchedLines(message, state)
        // Whose it is stays apart: what is learnt decides that, not the platform.
        let verdict = AttributionVerdict(attribution: known.placed.attribution, contest: known.placed.contest)
        let told = try normalise(message, matched, verdict)
        let hasSameGoods = told.lines.map(\.pieces) == known.placed.lines.map(\.pieces)
        let weight = hasSameGoods ? known.placed.weightGrams : told.weightGrams
        let renewed = told.again(
            as: known.placed.reservation, weight, known.placed.attribution, keeping: known.placed.fingerprints)
        guard renewed != known.placed else {
            step.order.renew(as: known.placed, contentHash: message.contentHash)
            return true
        }
        let mayChange = known.confirmedAt == nil && !known.goods.hasLeft
        let isUnpaid = known.account.payments.isEmpty && known.state != .paid
        guard mayChange, isUnpaid || renewed.total == known.placed.total else { return false }
        let isWanted = reserving && (known.state == .pendingPayment || known.state == .paid)
        let mayAsk = isWanted && !hasSameGoods && matched.isComplete
        step.renew(
            as: renewed, contentHash: message.contentHash, reservation: known.reservation + (mayAsk ? 1 : 0),
            unmatched: hasSameGoods ? nil : matched.unmatched)
        if message.missingOfAddress == nil { step.endByPlatform(.incompleteAddress) }
        step.register(unknown: [], state)
        return true
    }

    /// Names and addresses as the newest snapshot has them; what it lacks stays.
    private func parties(of order: ChannelOrder, _ state: State<IntakeAggregate>) -> Parties? {
        guard let told = Parties(order, order.orderID) else { return nil }
        guard case .parties(let former) = state[.parties(order.orderID)] else { return told }
        guard !former.isLocked else { return nil }
        let kept = told.keeping(former)
        return kept == former ? nil : kept
    }

    /// Ends the order whose goods were split among others; when it is not known yet, it ends as it comes.
    private func close(
        _ parent: String, of channel: String, _ state: State<IntakeAggregate>, at now: Instant,
        _ decision: inout Decision<IntakeChange>
    ) throws(Fault) {
        var followed = state.snapshot(channel, parent) ?? FollowedSnapshot(splitOrder: "\(channel)/\(parent)")
        if followed.isSplit, state.snapshot(channel, parent) != nil { return }
        followed.isSplit = true
        decision.changes.append(IntakeChange(followed))
        guard let order = state.order(.external(channel, parent)) else { return }
        var step = OrderStep(order, at: now, calendar: calendar)
        step.cancelByPlatform(.platform)
        step.settle()
        decision.join(step.decision)
    }
}

extension ChannelSnapshot {
    /// After it the order may be over, and with it the time in which something learnt late still counts.
    func mayComplete(_ order: Order) -> Bool { status.receivedAt != nil || order.receivedAt != nil }
}
