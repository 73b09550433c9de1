/// Who ordered and who receives, sealed under the buyer's key; a record without a value says that it is erased.
public struct PartiesRecorded: Fact, Equatable {
    public static let topic = Topic.intakeParties
    public static let type = "tributary.intake.parties.PartiesRecorded.v1"

    public let orderID: OrderID
    /// Whose key opens it.
    public let buyerID: String
    /// How it is sealed: `aes-256-gcm`.
    public let scheme: String
    /// Base64 of nonce, ciphertext and tag of a JSON object with names, phones and addresses.
    public let sealed: String
    public let isTombstone: Bool
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, buyerID: String, scheme: String, sealed: String, version: Int64 = 0) {
        self.orderID = orderID
        self.buyerID = buyerID
        self.scheme = scheme
        self.sealed = sealed
        self.version = version
        isTombstone = false
    }

    /// Says that the personal data of an order is to be forgotten.
    public init(forgetting orderID: OrderID, of buyerID: String) {
        self.orderID = orderID
        self.buyerID = buyerID
        scheme = ""
        sealed = ""
        version = 0
        isTombstone = true
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        buyerID = try json.string("buyerId", atMost: 300)
        scheme = try json.string("scheme")
        sealed = try json.string("sealed", atMost: 20_000)
        isTombstone = false
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("buyerId", buyerID)
        json.field("scheme", scheme)
        json.field("sealed", sealed)
    }
}
