import Contracts

/// Looks at a SKU's stock in the light of a new forecast; the answer to the timer that the forecast sets.
///
/// - Returns: `StockLow` or `StockRecovered` when the days of cover say so, and `ReplenishmentSuggested` when an order
///   made at the next review would come too late. The same suggestion is not made twice.
/// - Source: DESIGN section 4, "Suggestion": order up to the demand of lead time and review at a service level.
func reviewStock(of sku: String, given state: State<InventoryAggregate>, at now: Instant) -> Decision<InventoryChange> {
    guard state.stock(sku) != nil else { return .nothing }
    let item = state.item(sku)
    let forecast = state.forecast(sku).flatMap { $0.isTrusted && item?.active ?? true ? $0 : nil }
    var booking = Booking(state, at: now)
    booking.change(sku) { stock in
        stock.coverDemand = forecast.map { $0.expectedPieces(in: item.leadTimeDays) }
    }
    if let forecast { booking.suggest(forecast, item) }
    return booking.decision()
}

/// Takes a suggestion as ordered: its pieces are expected, under the suggestion's id as reference.
func acceptSuggestion(
    _ command: Contracts.AcceptSuggestion, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard let suggestion = state.stock(command.sku)?.suggestion, suggestion.id == command.suggestionID else {
        return .answering(command, refusal: "\(command.suggestionID) is not the newest suggestion for \(command.sku)")
    }
    if suggestion.isAccepted { return .answering(command, refusal: "\(suggestion.id) was accepted before") }
    let quantity = command.quantity ?? suggestion.quantity
    guard quantity > 0 else { return .answering(command, refusal: "quantity \(quantity) is not positive") }
    var booking = Booking(state, at: now)
    booking.change(command.sku) { stock in
        stock.suggestion?.isAccepted = true
        stock.incoming[suggestion.id, default: 0] += quantity
    }
    booking.tell(CommandAnswered(service: "inventory", commandID: command.commandID, outcome: .accepted))
    return booking.decision()
}

extension Booking {
    fileprivate mutating func suggest(_ forecast: DemandForecast, _ item: CatalogItem?) {
        let stock = stock(forecast.sku)
        let cover = item.leadTimeDays + item.reviewDays
        let position = stock.position(item)
        let needed = forecast.neededPieces(in: cover)
        guard needed > position else { return }
        let quantity = item.buyable(atLeast: needed - position)
        let day = forecast.day
        let suggestion = Suggestion(id: "\(day)-\(quantity)", quantity: quantity)
        guard stock.suggestion?.id != suggestion.id else { return }
        // An order of day d comes at d + lead time; until then the position has to last.
        let spare = (0..<item.reviewDays).last { forecast.neededPieces(in: item.leadTimeDays + $0) <= position } ?? 0
        change(forecast.sku) { $0.suggestion = suggestion }
        tell(
            ReplenishmentSuggested(
                sku: forecast.sku, suggestionID: suggestion.id, quantity: quantity, available: stock.available(item),
                incoming: stock.incomingTotal, expectedDemand: forecast.expectedPieces(in: cover),
                neededDemand: needed, serviceLevel: forecast.serviceLevel, coverDays: cover, orderBy: day + Int(spare),
                method: forecast.method, why: forecast.reasons(needed, position, quantity, item), suggestedAt: now))
    }
}

extension DemandForecast {
    fileprivate func reasons(_ needed: Int64, _ position: Int64, _ quantity: Int64, _ item: CatalogItem?) -> String {
        let cover = item.leadTimeDays + item.reviewDays
        var text =
            "In \(cover) days (lead time \(item.leadTimeDays), review \(item.reviewDays)) "
            + "\(expectedPieces(in: cover)) pieces are expected and at \(serviceLevel / 100) % no more than \(needed)"
            + "; \(position) are there or on order: \(needed - position) missing"
        if quantity != needed - position {
            text += ", \(quantity) in packs of \(item?.packSize ?? 1), at least \(item?.minimumOrder ?? 0)"
        }
        if let test, test.isBaselineBetter {
            text += ". On the last \(test.days) days last week again would have been nearer: look twice"
        }
        return text + "."
    }
}

extension CatalogItem? {
    /// From an order to its receipt; a week when the catalog is silent.
    fileprivate var leadTimeDays: Int64 { self?.leadTimeDays ?? 7 }
    fileprivate var reviewDays: Int64 { max(1, self?.reviewDays ?? 7) }

    /// The pieces to order when so many are wanted: whole packs, and no less than the supplier's minimum.
    fileprivate func buyable(atLeast pieces: Int64) -> Int64 {
        let pack = max(1, self?.packSize ?? 1)
        let wanted = max(pieces, self?.minimumOrder ?? 0)
        return (wanted + pack - 1) / pack * pack
    }
}
