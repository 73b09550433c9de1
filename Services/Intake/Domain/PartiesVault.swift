public import Contracts

/// What intake needs to tell personal data without showing it.
public protocol PartiesVault: Sendable {
    /// A new key for a buyer, wrapped.
    func makeKey(of buyerID: String) -> BuyerKey
    /// Seals who an order is for; `scheme` says how.
    ///
    /// - Throws: `Fault` when the key cannot be unwrapped here.
    func seal(_ parties: Parties, under key: BuyerKey) throws(Fault) -> String
    var scheme: String { get }
    /// The same for the same text, and nothing to be learnt from it without our key.
    func fingerprint(of text: String) -> String
}

/// The key of a buyer's personal data, wrapped by one that only the environment knows.
public struct BuyerKey: JSONCoded, Equatable {
    public let masterKeyID: String
    public let wrappedKey: String

    public init(masterKeyID: String, wrappedKey: String) {
        self.masterKeyID = masterKeyID
        self.wrappedKey = wrappedKey
    }

    public init(_ json: JSONObject) throws(Fault) {
        masterKeyID = try json.string("masterKeyId")
        wrappedKey = try json.string("wrappedKey")
    }

    public func write(to json: inout JSONWriter) {
        json.field("masterKeyId", masterKeyID)
        json.field("wrappedKey", wrappedKey)
    }
}

/// How intake treats personal data.
public struct PrivacyTerms: Sendable {
    public let vault: any PartiesVault
    /// How long it has to be kept after the last order of a buyer who wants to be forgotten.
    ///
    /// - Source: 电子商务法 article 31, three years from the day the transaction was completed.
    public let retention: Duration

    public init(vault: any PartiesVault, retention: Duration) {
        self.vault = vault
        self.retention = retention
    }
}

/// A buyer's wish to be forgotten, until it is done.
public struct Erasure: JSONCoded, Equatable {
    /// The order that was named with it; its timer carries the wish on.
    public let orderID: OrderID
    public let due: Instant
    public let actor: String
    public let reason: String

    public init(orderID: OrderID, due: Instant, actor: String, reason: String) {
        self.orderID = orderID
        self.due = due
        self.actor = actor
        self.reason = reason
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        due = try json.instant("due")
        actor = try json.string("actor")
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("due", due)
        json.field("actor", actor)
        json.field("reason", reason)
    }
}
