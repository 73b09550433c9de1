import Contracts

/// Opens a case for what a buyer asks, and rejects it at once when it cannot be granted; everyone sees both.
///
/// - Throws: `Fault` when it names a line that the order does not have.
func openCase(
    _ request: AfterSalesRequest, given state: State<AfterSalesAggregate>, at now: Instant
) throws(Fault) -> Decision<AfterSalesChange> {
    let external = Key.external(request.channel, request.externalOrderID)
    guard let account = state.order(external) else { return .waits(for: external, reason: "its order is not known") }
    guard account.findCase(external: request.externalCaseID) == nil else { return .nothing }
    guard account.isReady else { return .waits(forPaymentOf: account.orderID) }
    let items = try account.items(of: request)
    let shares = account.shares(of: items, after: account.givenBack(countsOpen: true))
    let refusal = account.refusal(of: request, shares)
    var draft = OrderDraft(account, at: now)
    let opened = AfterSalesCase(
        caseID: account.nextCaseID, externalCaseID: request.externalCaseID,
        kind: CaseKind(rawValue: request.kind.rawValue) ?? .refund, reason: request.reason ?? "not given",
        items: items, asked: request.amount == shares?.total ? nil : request.amount,
        amount: request.amount ?? shares?.total ?? 0, freight: request.amount == nil ? shares?.freight ?? 0 : 0)
    draft.move(opened)
    draft.tell(
        CaseOpened(
            orderID: account.orderID, caseID: opened.caseID, externalCaseID: opened.externalCaseID,
            kind: opened.kind, reason: opened.reason, lines: opened.lines, amount: opened.amount,
            preview: CasePreview(
                goods: shares?.goods ?? 0, freight: shares?.freight ?? 0, commission: 0,
                stock: items.reduce(0) { $0 + $1.quantity })))
    if let refusal {
        draft.reject(opened, because: refusal.rawValue, by: "policy")
    } else if opened.isMoneyOnly, opened.amount <= AfterSalesPolicy.smallAmount, !account.followsPlatform {
        // No goods: nothing to stop, hence no answer to wait for.
        draft.approve(opened, rule: "small-amount", by: "policy")
    }
    return draft.decision
}

/// Why a case is rejected without a person.
enum CaseRefusal: String, CaseIterable {
    case exchangeNotOffered = "exchange-not-offered"
    case orderCancelled = "order-cancelled"
    case historicalOrder = "historical-order"
    case noLines = "no-lines"
    case unitsExceedRemaining = "units-exceed-remaining"
    case amountAboveShare = "amount-above-share"
    case nothingPaid = "nothing-paid"
    /// Said by fulfilment's answer, a moment later: a return of pieces that have not left.
    case notShipped = "not-shipped"
}

extension OrderAccount {
    /// The request's lines; all lines without pieces when it asks for money only.
    ///
    /// Gifts go with the last units of the line they came with.
    fileprivate func items(of request: AfterSalesRequest) throws(Fault) -> [CaseItem] {
        guard !request.lines.isEmpty else {
            return placed.lines.map { CaseItem(lineID: $0.lineID, sku: $0.sku, quantity: 0) }
        }
        var items: [CaseItem] = []
        let given = givenBack(countsOpen: true)
        let placedLines = Dictionary(placed.lines.map { ($0.lineID, $0) }) { first, _ in first }
        var emptied: Set<String> = []
        for (index, wanted) in request.lines.enumerated() {
            guard let line = placedLines[wanted.lineID] else {
                throw Fault("\(wanted.lineID) is no line of the order", field: "lines[\(index)].lineId")
            }
            items.append(
                CaseItem(
                    lineID: line.lineID, sku: line.sku, quantity: wanted.quantity, exchangeSku: wanted.exchangeSku))
            if (given[line.lineID]?.units ?? 0) + wanted.quantity == line.quantity { emptied.insert(line.lineID) }
        }
        let named = Set(items.map(\.lineID))
        for gift in placed.lines where !named.contains(gift.lineID) {
            let left = gift.quantity - (given[gift.lineID]?.units ?? 0)
            guard let giftOf = gift.giftOf, emptied.contains(giftOf), left > 0 else { continue }
            items.append(CaseItem(lineID: gift.lineID, sku: gift.sku, quantity: left))
        }
        return items
    }

    /// - Parameter shares: `nil` when a line has too few units left.
    fileprivate func refusal(of request: AfterSalesRequest, _ shares: RefundShares?) -> CaseRefusal? {
        guard let shares else { return .unitsExceedRemaining }
        // The platform has taken the request in already: what it may ask for is not ours to say.
        guard !followsPlatform else { return nil }
        if request.kind == .exchange { return .exchangeNotOffered }
        if placed.historical { return .historicalOrder }
        if isCancelled { return .orderCancelled }
        if request.kind == .return, request.lines.isEmpty { return .noLines }
        if let amount = request.amount, amount > shares.total { return .amountAboveShare }
        if shares.total > 0, available == 0 { return .nothingPaid }
        return nil
    }
}

extension Decision {
    /// What a channel says about cases waits until the order is paid or over.
    static func waits(forPaymentOf orderID: OrderID) -> Decision {
        .waits(for: .ready(orderID), reason: "order \(orderID) is neither paid nor over")
    }
}
