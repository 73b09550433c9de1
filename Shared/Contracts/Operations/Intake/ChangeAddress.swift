/// Sends an order to another address, as long as nothing has left.
///
/// Its topic holds personal data and is kept as shortly as those of the channels.
public struct ChangeAddress: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ChangeAddress.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let shipTo: NewAddress

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, shipTo: NewAddress) {
        self.head = head
        self.orderID = orderID
        self.shipTo = shipTo
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        shipTo = try json.read("shipTo")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("shipTo", shipTo)
    }
}

/// Where an order shall go instead.
public struct NewAddress: JSONCoded, Equatable {
    public let name: String
    public let phone: String
    public let country: String
    public let province: String?
    public let city: String?
    public let district: String?
    public let street: String
    public let postalCode: String?

    public init(
        name: String, phone: String, country: String, province: String? = nil, city: String? = nil,
        district: String? = nil, street: String, postalCode: String? = nil
    ) {
        self.name = name
        self.phone = phone
        self.country = country
        self.province = province
        self.city = city
        self.district = district
        self.street = street
        self.postalCode = postalCode
    }

    public init(_ json: JSONObject) throws(Fault) {
        name = try json.string("name")
        phone = try json.string("phone")
        country = try json.string("country")
        province = try json.stringIfPresent("province")
        city = try json.stringIfPresent("city")
        district = try json.stringIfPresent("district")
        street = try json.string("street")
        postalCode = try json.stringIfPresent("postalCode")
    }

    public func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("phone", phone)
        json.field("country", country)
        json.field("province", province)
        json.field("city", city)
        json.field("district", district)
        json.field("street", street)
        json.field("postalCode", postalCode)
    }
}
