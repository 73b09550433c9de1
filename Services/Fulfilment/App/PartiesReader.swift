import Contracts
import Postgres
import Privacy

/// Opens who receives an order, for the moment of a call to a provider.
struct PartiesReader: Sendable {
    /// As the tables hold it.
    struct Sealed: Sendable {
        let orderID: OrderID
        let buyerID: String
        let text: String
        let key: WrappedKey

        /// - Parameter column: The first of order, buyer, sealed text, master key's id and wrapped key.
        /// - Returns: `nil` when any of them is unknown here, or was erased.
        init?(_ row: Row, at column: Int) {
            guard let buyerID = row.textOrNil(column + 1), let text = row.textOrNil(column + 2),
                let masterKeyID = row.textOrNil(column + 3), let wrapped = row.textOrNil(column + 4)
            else { return nil }
            orderID = Fulfilment.orderID(row.text(column))
            self.buyerID = buyerID
            self.text = text
            key = WrappedKey(masterKeyID: masterKeyID, text: wrapped)
        }
    }

    let masterKeys: MasterKeys

    /// Where the goods go, with the buyer's phone where the address has none.
    ///
    /// - Throws: `Fault` that quotes nothing of it.
    func address(in sealed: Sealed) throws(Fault) -> ChannelOrder.Address {
        let key = try masterKeys.open(sealed.key, of: sealed.buyerID)
        let json = try JSONDocument.object(key.open(sealed.text, of: sealed.orderID))
        let buyer: ChannelOrder.Buyer? = try json.readIfPresent("buyer")
        guard let address: ChannelOrder.Address = try json.readIfPresent("shipTo") else {
            throw Fault("the order has no address")
        }
        return ChannelOrder.Address(
            name: address.name ?? buyer?.name, phone: address.phone ?? buyer?.phone, country: address.country,
            province: address.province, city: address.city, district: address.district, street: address.street,
            postalCode: address.postalCode, sealed: address.sealed)
    }

    /// The last four digits of the receiver's phone, if they are known.
    func phone(in sealed: Sealed) -> String? {
        guard let phone = (try? address(in: sealed))?.phone else { return nil }
        let digits = phone.suffix(4)
        return digits.count == 4 && digits.allSatisfy(\.isNumber) ? String(digits) : nil
    }

    /// What is to be printed names people: it is kept under the buyer's key, and goes with it.
    func seal(_ document: String, like sealed: Sealed) throws(Fault) -> String {
        try masterKeys.open(sealed.key, of: sealed.buyerID).seal(Array(document.utf8), of: sealed.orderID)
    }
}
