/// The key of one buyer's personal data, wrapped by the platform's master key.
///
/// A record without a value says that the key is destroyed.
public struct BuyerKeyWrapped: Fact, Equatable {
    public static let topic = Topic.intakeBuyerKeys
    public static let type = "tributary.intake.buyer-keys.BuyerKeyWrapped.v1"

    public let buyerID: String
    public let masterKeyID: String
    /// Base64 of the wrapped key.
    public let wrappedKey: String
    public let isTombstone: Bool
    public var version: Int64

    public var key: String { buyerID }

    public init(buyerID: String, masterKeyID: String, wrappedKey: String, version: Int64 = 0) {
        self.buyerID = buyerID
        self.masterKeyID = masterKeyID
        self.wrappedKey = wrappedKey
        self.version = version
        isTombstone = false
    }

    /// Says that the key is destroyed: whatever was sealed under it can never be read again.
    public init(destroyedKeyOf buyerID: String) {
        self.buyerID = buyerID
        masterKeyID = ""
        wrappedKey = ""
        version = 0
        isTombstone = true
    }

    public init(_ json: JSONObject) throws(Fault) {
        buyerID = try json.string("buyerId", atMost: 300)
        version = try json.integer("version")
        masterKeyID = try json.string("masterKeyId")
        wrappedKey = try json.string("wrappedKey")
        isTombstone = false
    }

    public func write(to json: inout JSONWriter) {
        json.field("buyerId", buyerID)
        json.field("version", version)
        json.field("masterKeyId", masterKeyID)
        json.field("wrappedKey", wrappedKey)
    }
}
