public import Contracts

/// Who receives an order, sealed under the buyer's key; only who calls a provider opens it.
public struct SealedParties: Equatable, Sendable {
    public let orderID: OrderID
    public let buyerID: String
    /// `nil`: forgotten.
    public let sealed: String?

    public init(orderID: OrderID, buyerID: String, sealed: String?) {
        self.orderID = orderID
        self.buyerID = buyerID
        self.sealed = sealed
    }
}

/// The key of a buyer's personal data, wrapped by one that only the environment holds.
public struct SealedKey: Equatable, Sendable {
    public let buyerID: String
    public let masterKeyID: String
    /// `nil`: destroyed.
    public let wrapped: String?

    public init(buyerID: String, masterKeyID: String, wrapped: String?) {
        self.buyerID = buyerID
        self.masterKeyID = masterKeyID
        self.wrapped = wrapped
    }
}

/// Puts down sealed parties, or forgets them; the newest word counts.
func keep(_ parties: SealedParties, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    if case .parties(parties) = state[.parties(parties.orderID)] { return .nothing }
    return FulfilmentDecision(changes: [.parties(parties)])
}

func keep(_ key: SealedKey, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    if case .buyerKey(key) = state[.buyerKey(key.buyerID)] { return .nothing }
    return FulfilmentDecision(changes: [.buyerKey(key)])
}

extension FulfilmentMessage {
    /// A record without a value says that it is to be forgotten.
    static func read(parties inbound: Inbound) throws(Fault) -> FulfilmentMessage {
        guard let body = inbound.body else {
            guard let orderID = OrderID(inbound.key) else { throw Fault("is not an order id", field: "key") }
            return .parties(SealedParties(orderID: orderID, buyerID: "", sealed: nil))
        }
        let fact = try PartiesRecorded(body)
        return .parties(SealedParties(orderID: fact.orderID, buyerID: fact.buyerID, sealed: fact.sealed))
    }

    static func read(buyerKey inbound: Inbound) throws(Fault) -> FulfilmentMessage {
        guard let body = inbound.body else {
            return .buyerKey(SealedKey(buyerID: inbound.key, masterKeyID: "", wrapped: nil))
        }
        let fact = try BuyerKeyWrapped(body)
        return .buyerKey(SealedKey(buyerID: fact.buyerID, masterKeyID: fact.masterKeyID, wrapped: fact.wrappedKey))
    }
}
