public import Contracts

/// What a decision does to fulfilment's aggregates.
public enum FulfilmentChange: Equatable, Sendable {
    case recorded(Order)
    case order(OrderID, OrderChange)
    case item(ItemWeight)
    case warehouse(WarehousePlace)
    case carrier(CarrierHistory)
    case parties(SealedParties)
    case buyerKey(SealedKey)

    /// Applies the change; total.
    public func evolve(_ state: inout State<FulfilmentAggregate>) {
        switch self {
        case .recorded(let order): state.set(.order(order.orderID), .order(order, stored: nil))
        case .order(let orderID, let change):
            guard case .order(let order, let stored) = state[.order(orderID)] else { return }
            state.set(.order(orderID), .order(order.applying(change), stored: stored))
        case .item(let item): state.set(.item(item.sku), .item(item))
        case .warehouse(let place): state.set(.warehouse(place.warehouse), .warehouse(place))
        case .carrier(let history):
            var carriers = state.carriers
            carriers.put(history)
            state.set(.carriers, .carriers(carriers))
        case .parties(let parties): state.set(.parties(parties.orderID), .parties(parties))
        case .buyerKey(let key): state.set(.buyerKey(key.buyerID), .buyerKey(key))
        }
    }
}

public typealias FulfilmentDecision = Decision<FulfilmentChange>
