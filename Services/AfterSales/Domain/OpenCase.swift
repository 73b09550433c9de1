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
    let kind = CaseKind(rawValue: request.kind.rawValue) ?? .refund
    let difference = kind == .exchange ? account.difference(of: items, given: state) : 0
    let refusal = account.refusal(of: request, shares) ?? (difference == nil ? .goodsNotSold : nil)
    let isForGoods = kind.isReplaced
    var draft = OrderDraft(account, at: now)
    let opened = AfterSalesCase(
        caseID: account.nextCaseID, externalCaseID: request.externalCaseID, kind: kind,
        reason: request.reason ?? "not given", items: items,
        asked: request.amount == shares?.total || isForGoods ? nil : request.amount,
        amount: isForGoods ? max(0, -(difference ?? 0)) : request.amount ?? shares?.total ?? 0,
        freight: request.amount == nil && !isForGoods ? shares?.freight ?? 0 : 0, difference: difference ?? 0)
    draft.move(opened)
    draft.tellOpening(
        of: opened, isForGoods ? RefundShares(lines: [opened.amount], freight: 0) : shares?.upTo(opened.amount),
        isForGoods ? nil : state.earnings(account.orderID))
    if let note = request.note {
        _ = draft.note(
            opened.caseID, by: .buyer, messageID: request.externalCaseID, text: note, [], at: request.requestedAt)
    }
    if let refusal {
        draft.reject(opened, because: refusal.rawValue, by: "policy")
    } else if isForGoods, !account.followsPlatform {
        draft.askReplacement(for: opened)
    } else if opened.isMoneyOnly, !account.followsPlatform {
        // No goods: nothing to stop, hence no answer to wait for.
        draft.decide(
            opened, by: CaseRules(account, given: state, isCounted: false),
            shipped: account.dispatches.isEmpty ? nil : true)
    }
    draft.count(for: account.placed.buyerID, given: state)
    return draft.decision
}

/// Why a case is rejected without a person.
enum CaseRefusal: String, CaseIterable {
    case orderCancelled = "order-cancelled"
    case historicalOrder = "historical-order"
    case noLines = "no-lines"
    case unitsExceedRemaining = "units-exceed-remaining"
    case amountAboveShare = "amount-above-share"
    case nothingPaid = "nothing-paid"
    case windowClosed = "window-closed"
    /// A price adjustment without an amount.
    case noAmount = "no-amount"
    /// The goods wanted in exchange are no item of the catalogue, or not sold any more.
    case goodsNotSold = "goods-not-sold"
    /// Said by fulfilment's answer, a moment later: pieces that have not left cannot come back or be sent once more.
    case notShipped = "not-shipped"
    /// Said by intake's answer: there is too little of the goods wanted in exchange.
    case noStock = "no-stock"
    case replacementCancelled = "replacement-cancelled"
}

extension OrderDraft {
    mutating func tellOpening(
        of opened: AfterSalesCase, _ shares: RefundShares?, _ earnings: OrderEarnings? = nil
    ) {
        let commission = shares.map { account.commission(of: opened.items, $0, earnings) }
        tell(
            CaseOpened(
                orderID: orderID, caseID: opened.caseID, externalCaseID: opened.externalCaseID, kind: opened.kind,
                reason: opened.reason, lines: opened.lines, amount: opened.amount,
                preview: CasePreview(
                    goods: shares?.goods ?? 0, freight: shares?.freight ?? 0, commission: commission ?? 0,
                    stock: opened.items.reduce(0) { $0 + $1.quantity })))
    }
}

extension OrderAccount {
    /// The request's lines; all lines without pieces when it asks for money only.
    ///
    /// Gifts go with the last units of the line they came with.
    fileprivate func items(of request: AfterSalesRequest) throws(Fault) -> [CaseItem] {
        guard !request.lines.isEmpty, request.kind != .priceAdjustment else {
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
            guard request.kind != .reship, let giftOf = gift.giftOf, emptied.contains(giftOf), left > 0 else {
                continue
            }
            items.append(CaseItem(lineID: gift.lineID, sku: gift.sku, quantity: left))
        }
        return items
    }

    /// - Parameter shares: `nil` when a line has too few units left.
    fileprivate func refusal(of request: AfterSalesRequest, _ shares: RefundShares?) -> CaseRefusal? {
        guard let shares else { return .unitsExceedRemaining }
        // The platform has taken the request in already: what it may ask for is not ours to say.
        guard !followsPlatform else { return nil }
        if placed.historical { return .historicalOrder }
        if isCancelled { return .orderCancelled }
        if let afterSalesUntil, request.requestedAt > afterSalesUntil { return .windowClosed }
        if request.kind == .priceAdjustment, request.amount == nil { return .noAmount }
        if request.kind != .refund, request.kind != .priceAdjustment, request.lines.isEmpty { return .noLines }
        if request.kind == .exchange || request.kind == .reship { return nil }
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
