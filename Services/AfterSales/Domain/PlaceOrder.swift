import Contracts

/// Opens the refund account of a new order, under the terms its channel has by now.
func placeOrder(_ order: OrderPlaced, given state: State<AfterSalesAggregate>) -> Decision<AfterSalesChange> {
    guard state.order(.order(order.orderID)) == nil else { return .nothing }
    guard let terms = state.channel(order.channel) else {
        return .waits(
            for: .channel(order.channel), reason: "channel \(order.channel) is not in the catalogue",
            patience: AfterSalesPolicy.channelPatience)
    }
    let account = OrderAccount(placed: order, followsPlatform: terms.followsPlatform)
    return Decision(changes: [.orderOpened(account)])
}

func setChannel(_ terms: ChannelTerms, given state: State<AfterSalesAggregate>) -> Decision<AfterSalesChange> {
    state.channel(terms.channel) == terms ? .nothing : Decision(changes: [.channelSet(terms)])
}

extension Decision {
    /// Intake's and fulfilment's facts about an order wait while its `OrderPlaced` waits.
    static func waits(forOrder orderID: OrderID) -> Decision {
        .waits(for: .order(orderID), reason: "order \(orderID) is not known")
    }
}

/// Prices and SKUs of an order that nobody has paid for may change; refunds are measured by the last ones.
func reviseOrder(
    _ revised: OrderRevised, given state: State<AfterSalesAggregate>
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(revised.orderID)) else { return .waits(forOrder: revised.orderID) }
    guard revised.version > account.placed.version else { return .nothing }
    return Decision(changes: [.orderRevised(revised)])
}
