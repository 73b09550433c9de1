/// What tells that two orders share a phone or an address without showing either: HMAC under a key of intake.
public struct Fingerprints: JSONCoded, Equatable {
    public let phone: String?
    public let address: String?

    public init(phone: String? = nil, address: String? = nil) {
        self.phone = phone
        self.address = address
    }

    public init(_ json: JSONObject) throws(Fault) {
        phone = try json.stringIfPresent("phone")
        address = try json.stringIfPresent("address")
    }

    public func write(to json: inout JSONWriter) {
        json.field("phone", phone)
        json.field("address", address)
    }
}
