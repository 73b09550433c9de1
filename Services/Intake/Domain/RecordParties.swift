import Contracts

extension IntakeRules {
    /// Keeps who an order is for, and tells it sealed under the buyer's key.
    ///
    /// What a buyer wanted forgotten stays so: a record of the time before, told again, brings nothing back.
    /// - Source: DESIGN, "Intake"; CONTRACTS, `PartiesRecorded`.
    func record(
        _ parties: Parties, on step: inout OrderStep, _ state: State<IntakeAggregate>
    ) throws(Fault) {
        let buyerID = parties.buyerID
        var buyer = step.buyer(buyerID) ?? state.buyer(buyerID) ?? BuyerRecord(buyerID: buyerID)
        if let erasedAt = buyer.erasedAt, step.order.placed.placedAt <= erasedAt { return }
        if buyer.erasure != nil, step.former != nil { return }
        step.also(IntakeChange(parties))
        guard let vault = privacy?.vault else { return }
        let key = buyer.key ?? vault.makeKey(of: buyerID)
        if buyer.key == nil {
            buyer.key = key
            step.also(IntakeChange(.buyer(buyerID), .buyer(buyer)))
            step.tell(
                BuyerKeyWrapped(buyerID: buyerID, masterKeyID: key.masterKeyID, wrappedKey: key.wrappedKey))
        }
        step.tell(
            PartiesRecorded(
                orderID: step.orderID, buyerID: buyerID, scheme: vault.scheme,
                sealed: try vault.seal(parties, under: key)))
    }
}

extension Order {
    /// Under whose key the personal data of this order stands: the buyer's, or of a buyer without a name its own.
    var partiesOwner: String { placed.buyerID ?? Parties.owner(of: orderID) }
}
