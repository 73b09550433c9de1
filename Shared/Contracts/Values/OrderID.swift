/// Names an order everywhere in Tributary: the same order gets the same id in every replay.
///
/// - Shape: 7 characters of the seconds of `placedAt`, 10 of SHA-256 of `channel/externalOrderId` (both Crockford
///   base 32), and a check character of ISO 7064 MOD 37,36.
/// - Source: DESIGN section 2, "Ids".
public struct OrderID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    /// The id of the order that a channel calls `externalOrderID`.
    public init(channel: String, externalOrderID: String, placedAt: Instant) {
        let seconds = UInt64(max(0, placedAt.milliseconds / 1000)) & 0x7_FFFF_FFFF
        let digest = SHA256.digest(Array("\(channel)/\(externalOrderID)".utf8))
        let hash = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 14
        let body = Crockford.text(seconds, characters: 7) + Crockford.text(hash, characters: 10)
        text = body + String(CheckCharacter.mod3736(body))
    }

    /// Reads an id as it stands in a message of ours.
    public init?(_ text: String) {
        let characters = text.utf8
        guard characters.count == 18, let body = Optional(String(text.dropLast())),
            body.utf8.allSatisfy(Crockford.isCharacter), text.last == CheckCharacter.mod3736(body)
        else { return nil }
        self.text = text
    }

    /// The order of what counts inside it: a shipment `orderId-S1`, a case `orderId-A1`, an update `orderId-U1`.
    public init?(ofPart partID: String) { self.init(String(partID.prefix { $0 != "-" })) }

    public var description: String { text }

    public static func < (left: OrderID, right: OrderID) -> Bool { left.text < right.text }
}

extension JSONObject {
    public func orderID(_ name: StaticString = "orderId") throws(Fault) -> OrderID {
        guard let orderID = try orderIDIfPresent(name) else { throw fault("is missing", field: name) }
        return orderID
    }

    public func orderIDIfPresent(_ name: StaticString) throws(Fault) -> OrderID? {
        guard let text = try stringIfPresent(name, atMost: 64) else { return nil }
        guard let orderID = OrderID(text) else { throw fault("is not an order id of ours", field: name) }
        return orderID
    }
}

extension JSONWriter {
    public mutating func field(_ name: StaticString, _ value: OrderID?) { field(name, value?.text) }
}
