import Contracts

/// What is learnt of members, bindings, clicks and goods after the orders that it concerns.
extension IntakeRules {
    /// Puts a record down and carries out what it means for orders that are under way.
    ///
    /// - Source: DESIGN section 2: a member or binding that arrives later but is dated before `placedAt` counts until
    ///   completion; one match mends all waiting orders.
    func keepReference(
        _ record: ReferenceRecord, given state: State<IntakeAggregate>, at now: Instant
    ) -> Decision<IntakeChange> {
        let known = state[record.key]
        guard let value = value(of: record, known), value != known else { return .nothing }
        var decision = Decision(changes: [IntakeChange(record.key, value)])
        switch value {
        case .binding(let history):
            decision.join(relearn(orders(of: history.buyerID, since: record.since, state), value, state, at: now))
        case .member(let history):
            guard var expected = state.expected(history.memberID) else { break }
            let concerned = expected.orderIDs.filter { orderID in
                state.order(.order(orderID)).map { history.version(at: $0.placed.placedAt) != nil } ?? true
            }
            guard !concerned.isEmpty else { break }
            expected.keep { !concerned.contains($0) }
            decision.changes.append(IntakeChange(.expected(history.memberID), .expected(expected)))
            decision.join(relearn(concerned, value, state, at: now))
        case .item(let reference) where reference.isActive:
            decision.join(mend(reference.record.sku, of: nil, by: .item(reference.record), state, at: now))
        case .listing(let reference) where reference.isActive:
            let listing = reference.record
            decision.join(mend(listing.externalSku, of: listing.channel, by: .listing(listing), state, at: now))
        default: break
        }
        return decision
    }

    /// A buyer opened a link: it counts for orders placed after it, also when it comes after them.
    func noteVisit(
        _ visit: ChannelVisit, given state: State<IntakeAggregate>, at now: Instant
    ) -> Decision<IntakeChange> {
        let buyerID = visit.buyerID
        var record = state.buyer(buyerID) ?? BuyerRecord(buyerID: buyerID)
        record.put(BuyerClick(memberID: visit.memberID, at: visit.at))
        guard record != state.buyer(buyerID) else { return .nothing }
        var decision = Decision(changes: [IntakeChange(.buyer(buyerID), .buyer(record))])
        decision.join(relearn(orders(of: buyerID, since: visit.at, state), .buyer(record), state, at: now))
        return decision
    }

    /// The buyer's latest orders from a moment on.
    func orders(of buyerID: String, since moment: Instant, _ state: State<IntakeAggregate>) -> [OrderID] {
        state.buyer(buyerID)?.orders.filter { $0.placedAt >= moment }.map(\.orderID) ?? []
    }

    private func relearn(
        _ orderIDs: [OrderID], _ news: IntakeAggregate, _ state: State<IntakeAggregate>, at now: Instant
    ) -> Decision<IntakeChange> {
        let known = Acquaintance(state, news)
        var decision = Decision<IntakeChange>()
        var expected: [String: ExpectedMember] = [:]
        for orderID in orderIDs {
            guard let order = state.order(.order(orderID)) else { continue }
            var step = OrderStep(order, at: now, calendar: calendar)
            let verdict = step.reattribute(by: self, known)
            decision.join(step.decision)
            for memberID in verdict?.unknown ?? [] {
                var member = expected[memberID] ?? state.expected(memberID) ?? ExpectedMember(memberID: memberID)
                member.put(orderID)
                expected[memberID] = member
            }
        }
        for (memberID, member) in expected.sorted(by: { $0.key < $1.key }) where member != state.expected(memberID) {
            decision.changes.append(IntakeChange(.expected(memberID), .expected(member)))
        }
        return decision
    }

    /// What the catalogue says of a SKU that orders wait for.
    private enum CatalogNews {
        case item(CatalogItem)
        case listing(CatalogListing)
    }

    /// - Parameter channel: `nil` means the orders of all channels.
    private func mend(
        _ externalSku: String, of channel: String?, by news: CatalogNews, _ state: State<IntakeAggregate>,
        at now: Instant
    ) -> Decision<IntakeChange> {
        guard var unmatched = state.unmatched(externalSku) else { return .nothing }
        let waiting = unmatched.waiting.filter { channel == nil || $0.channel == channel }
        guard !waiting.isEmpty else { return .nothing }
        let meaning: SkuMeaning
        switch news {
        case .item(let item):
            meaning = SkuMeaning(
                externalSku: externalSku, sku: item.sku, pieces: 1, weightGrams: item.weightGrams,
                reason: "\(externalSku) stands in the catalogue now", actor: nil)
        case .listing(let listing):
            let weight = listing.components.reduce(Int128(0)) {
                $0 + Int128(state.item($1.sku)?.weightGrams ?? 0) * Int128($1.quantity)
            }
            meaning = SkuMeaning(
                externalSku: externalSku, sku: listing.ownSku ?? externalSku, pieces: 1,
                weightGrams: Int64(min(weight, Int128(MatchedLines.heaviest))),
                reason: "\(externalSku) is listed now", actor: nil)
        }
        var decision = Decision<IntakeChange>()
        for order in waiting { decision.join(mended(order.orderID, meaning, state, at: now)) }
        unmatched.removeWaiting(channel)
        decision.changes.append(IntakeChange(.unmatched(externalSku), .unmatched(unmatched)))
        return decision
    }
}

extension OrderStep {
    /// Decides anew whose the order is, unless a person has decided it or it is over.
    ///
    /// - Returns: `nil` when it was not decided.
    @discardableResult
    mutating func reattribute(by rules: IntakeRules, _ known: Acquaintance) -> AttributionVerdict? {
        guard let sale = order.sale, order.handling.corrections.isEmpty, !order.placed.historical,
            move(.reattributed)
        else { return nil }
        let verdict = rules.attribute(sale, known)
        let former = order.attribution
        guard
            verdict.attribution?.memberID != former?.memberID || verdict.attribution?.kind != former?.kind
                || verdict.attribution?.chain != former?.chain
        else { return verdict }
        order.attribution = verdict.attribution
        let contest = verdict.attribution == nil ? verdict.contest : []
        order.claims?.contest = contest
        tell(
            OrderAttributionChanged(
                orderID: orderID, attribution: verdict.attribution,
                reason: "learnt after the order: \(verdict.attribution?.reason ?? "nobody can have it")",
                former: former, contest: contest, changedAt: now))
        return verdict
    }
}

extension ChannelVisit {
    /// The buyer whom the channel knows by this name.
    var buyerID: String { "\(channel)/\(visitorID)" }
}

extension CatalogListing {
    /// The one SKU of ours that it is, if it is one piece of one.
    var ownSku: String? { components.count == 1 && components[0].quantity == 1 ? components[0].sku : nil }
}

extension Decision {
    /// Adds another decision of the same message.
    mutating func join(_ other: Decision) {
        changes += other.changes
        facts += other.facts
        timers += other.timers
    }
}
