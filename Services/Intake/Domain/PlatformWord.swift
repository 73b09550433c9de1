import Contracts

/// What a platform's word does to an order that is placed.
extension OrderStep {
    /// - Parameter isChanged: Its goods or money differ from what was placed, and can no longer be taken over.
    mutating func follow(_ snapshot: ChannelSnapshot, isChanged: Bool, isSplit: Bool) {
        let status = snapshot.status
        let wasRefunded = order.account.platformRefunds
        noteRefunds(status.refunds)
        let isAllBack = order.isAllBack(status.refunds)
        let isOver = status.cancelledAt != nil || isAllBack || isSplit
        noteShipping(status.shipping)
        hold(isOver ? nil : status.hold?.rawValue ?? shippedElsewhereHold(status.shipping))
        let isPartBack = !isOver && status.shipping == .notYet && status.refunds.contains { !$0.lines.isEmpty }
        if isPartBack, order.account.platformRefunds != wasRefunded { holdByPlatform(OrderHold.refundedOnPlatform) }
        if !isPartBack { endByPlatform(.platform, because: OrderHold.refundedOnPlatform) }
        if isChanged, !isOver { holdByPlatform(OrderHold.changedOnPlatform) }
        if isOver { cancelByPlatform(isAllBack ? .refunded : .platform) }
        if let receivedAt = status.receivedAt { order.receivedAt = receivedAt }
    }

    /// Ends an order that others have shipped and the buyer has.
    mutating func endReceived() {
        if order.receivedAt != nil, order.requests.shippedElsewhereAt != nil { complete() }
    }

    /// Calls the order off because the platform has; one that has left stays as it is.
    mutating func cancelByPlatform(_ reason: CancelReason) {
        guard order.state != .cancelled, order.requests.pendingCancel == nil else { return }
        _ = askCancel(reason, requestedAt: now)
    }

    /// Tells what of the order the platform has changed.
    ///
    /// - Parameter unmatched: What nobody knows of other goods; `nil` when the goods stayed.
    mutating func renew(as placed: OrderPlaced, contentHash: Int64, reservation: Int64, unmatched: [String]?) {
        let former = order.placed
        order.renew(as: placed, contentHash: contentHash)
        if reservation > order.reservation || unmatched?.isEmpty == false {
            order.stock = .pending
            order.goods.allocations = []
        }
        order.reservation = reservation
        let revision = OrderRevised(
            orderID: orderID, cause: .platform, reservation: reservation, region: placed.region,
            fingerprints: placed.fingerprints, weightGrams: placed.weightGrams, lines: placed.lines,
            goodsTotal: placed.goodsTotal, freight: placed.freight, total: placed.total,
            receivable: placed.receivable, reason: "the platform has changed the order", revisedAt: now)
        if former.revised(by: revision) != former { tell(revision) }
        if let unmatched {
            order.handling.unmatchedSkus = unmatched
            if unmatched.isEmpty {
                endByPlatform(.unmatchedSku)
            } else if move(.held) {
                putOnHold(.unmatchedSku, because: HoldKind.unmatchedSku.rawValue)
            }
        }
        if order.state == .pendingPayment { payNothingWhenFree() }
    }

    /// What the platform has paid back, as the newest snapshot lists it.
    private mutating func noteRefunds(_ refunds: [PlatformRefund]) {
        let before = order.account.refunded
        order.account.refunds.removeAll { $0.caseID == OrderRefund.platformCase }
        for refund in refunds {
            order.account.refunds.append(
                OrderRefund(
                    refundID: "platform:\(refund.refundID)", caseID: OrderRefund.platformCase, amount: refund.amount,
                    lines: refund.lines))
        }
        guard order.account.refunded != before else { return }
        tell(
            OrderRefundStatusChanged(
                orderID: orderID, status: order.account.refundStatus, refunded: order.account.refunded, at: now))
    }

    /// Goods that nobody here has sent were sent by others: nothing is to leave any more.
    private mutating func noteShipping(_ shipping: PlatformStatus.Shipping) {
        guard case .all(let at) = shipping, !order.goods.hasLeft, order.confirmedAt == nil else { return }
        if order.requests.shippedElsewhereAt != nil {
            order.requests.shippedElsewhereAt = at
        } else if move(.shipped) {
            order.requests.shippedElsewhereAt = at
            tell(OrderShipped(orderID: orderID, shipmentIDs: [], shippedAt: at))
        }
    }

    /// The order is confirmed, so that a parcel of ours may be under way or not: people have to look.
    private func shippedElsewhereHold(_ shipping: PlatformStatus.Shipping) -> String? {
        guard shipping != .notYet, !order.goods.hasLeft, order.requests.shippedElsewhereAt == nil else { return nil }
        return "shipped-on-platform"
    }

    /// The platform's own hold: it comes and goes with its word, one reason at a time.
    private mutating func hold(_ reason: String?) {
        let former = order.holds.first { $0.kind == .platform && !$0.isForPeople }?.reason
        guard reason != former else { return }
        if let reason, !holdByPlatform(reason) { return }
        if let former { endByPlatform(.platform, because: former) }
    }

    @discardableResult
    private mutating func holdByPlatform(_ reason: String) -> Bool {
        guard move(.held) else { return false }
        putOnHold(.platform, because: reason)
        return true
    }

    /// Ends a hold; of an order that is over nobody is told that it may leave.
    mutating func endByPlatform(_ kind: HoldKind, because reason: String? = nil) {
        if order.state.refusal(of: .released) == nil { return endHold(kind, because: reason) }
        order.holds.removeAll { $0.kind == kind && (reason == nil || $0.reason == reason) }
    }
}

extension Order {
    /// Everything that was paid for is paid back, by pieces or by money.
    fileprivate func isAllBack(_ refunds: [PlatformRefund]) -> Bool {
        guard account.paid > 0, !refunds.isEmpty else { return false }
        if refunds.reduce(0, { $0 + $1.amount }) >= account.paid { return true }
        var units: [String: Int64] = [:]
        for line in refunds.flatMap(\.lines) { units[line.lineID, default: 0] += line.quantity }
        return placed.lines.allSatisfy { $0.gift || units[$0.lineID, default: 0] >= $0.quantity }
    }
}

extension OrderPlaced {
    /// The same order under another reservation, weight and attribution, with former fingerprints that it lacks.
    func again(
        as reservation: Int64, _ weightGrams: Int64, _ attribution: Attribution?, keeping former: Fingerprints? = nil
    ) -> OrderPlaced {
        let kept = Fingerprints(
            phone: fingerprints?.phone ?? former?.phone, address: fingerprints?.address ?? former?.address)
        let fingerprints = kept == Fingerprints() ? nil : kept
        return OrderPlaced(
            orderID: orderID, kind: kind, replaces: replaces, caseID: caseID, reservation: reservation,
            channel: channel, terminal: terminal, campaign: campaign, externalOrderID: externalOrderID,
            placedAt: placedAt, currency: currency, buyerID: buyerID, region: region, fingerprints: fingerprints,
            weightGrams: weightGrams, lines: lines, goodsTotal: goodsTotal, freight: freight, tax: tax, fees: fees,
            total: total, receivable: receivable, paymentTerms: paymentTerms, delivery: delivery, shipBy: shipBy,
            historical: historical, attribution: attribution, contest: contest)
    }
}

extension PlacedLine {
    /// What of the line stock is asked for.
    var pieces: [String] { [lineID, sku, "\(quantity)", "\(piecesPerUnit)"] }
}
