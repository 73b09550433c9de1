/// A carrier saw a parcel; the same scan may come many times and in any order.
public struct CarrierScan: Message, Equatable {
    public static let type = "carrier.scan.v1"

    public enum Status: String, CaseIterable, Sendable {
        case pickedUp = "picked-up", inTransit = "in-transit", outForDelivery = "out-for-delivery", atPickupPoint =
            "at-pickup-point", delivered, refused, exception, returning, returned
    }

    public let carrier: String
    public let waybill: String
    public let status: Status
    /// The carrier's own word for the status.
    public let rawCode: String?
    public let location: String?
    public let description: String?
    public let occurredAt: Instant

    public init(
        carrier: String, waybill: String, status: Status, rawCode: String? = nil, location: String? = nil,
        description: String? = nil, occurredAt: Instant
    ) {
        self.carrier = carrier
        self.waybill = waybill
        self.status = status
        self.rawCode = rawCode
        self.location = location
        self.description = description
        self.occurredAt = occurredAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        carrier = try json.ownID("carrier")
        waybill = try json.externalID("waybill")
        status = try json.word("status")
        rawCode = try json.stringIfPresent("rawCode")
        location = try json.textIfPresent("location")
        description = try json.textIfPresent("description")
        occurredAt = try json.instant("occurredAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("status", status.rawValue)
        json.field("rawCode", rawCode)
        json.field("location", location)
        json.field("description", description)
        json.field("occurredAt", occurredAt)
    }
}
