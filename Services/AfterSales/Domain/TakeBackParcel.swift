import Contracts

/// A parcel came back that nobody took: a case opens by itself, and the goods wait for their inspection.
///
/// - Source: DESIGN section 4, "After-sales".
func takeBack(
    _ returned: ShipmentReturned, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(returned.orderID)) else { return .waits(forOrder: returned.orderID) }
    guard account.findCase(external: returned.shipmentID) == nil, !account.placed.historical else { return .nothing }
    let items = account.items(in: returned)
    guard !items.isEmpty else { return .nothing }
    let shares = account.shares(of: items, after: account.givenBack(countsOpen: true))
    var draft = OrderDraft(account, at: now)
    let opened = AfterSalesCase(
        caseID: account.nextCaseID, externalCaseID: returned.shipmentID, kind: .return, reason: "came-back",
        items: items, amount: shares?.total ?? 0, stop: .dispatched)
    draft.move(opened)
    draft.tellOpening(of: opened, shares, state.earnings(account.orderID))
    guard !account.followsPlatform else { return draft.decision }
    draft.approve(opened, rule: "came-back", by: "policy")
    if var received = draft.account.findCase(opened.caseID), received.state == .approved {
        received.state = .received
        draft.move(received)
        draft.tell(
            CaseGoodsReceived(
                orderID: account.orderID, caseID: opened.caseID, warehouse: returned.warehouse, lines: returned.lines,
                receivedAt: returned.returnedAt))
    }
    return draft.decision
}

extension OrderAccount {
    /// The units in a parcel that no other case is about.
    fileprivate func items(in parcel: ShipmentReturned) -> [CaseItem] {
        let given = givenBack(countsOpen: true)
        return placed.lines.compactMap { line in
            let pieces = parcel.lines.filter { $0.lineID == line.lineID }
            guard !pieces.isEmpty else { return nil }
            let left = line.quantity - (given[line.lineID]?.units ?? 0)
            let quantity = min(left, units(of: line, in: pieces))
            return quantity > 0 ? CaseItem(lineID: line.lineID, sku: line.sku, quantity: quantity) : nil
        }
    }

    /// A bundle's pieces count by their part of all that left for the line.
    private func units(of line: PlacedLine, in pieces: [LineQuantity]) -> Int64 {
        let count = pieces.reduce(0) { $0 + $1.quantity }
        if pieces.allSatisfy({ $0.sku == line.sku }) { return count / max(1, line.piecesPerUnit) }
        let all = dispatches.reduce(0) { $0 + ($1.lineID == line.lineID ? $1.quantity : 0) }
        return Int64(Int128(line.quantity) * Int128(count) / Int128(max(all, count)))
    }
}
