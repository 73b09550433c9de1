/// Where stock lies and what sending from there costs.
///
/// - Units: minor units of the house currency.
public struct CatalogWarehouse: Message, Equatable {
    public static let type = "catalog.warehouse.v1"

    public enum Kind: String, CaseIterable, Sendable {
        case own, supplier
    }

    public let warehouse: String
    /// Absent: the warehouse's id.
    public let name: String
    public let country: String
    public let province: String?
    public let city: String?
    public let latitude: Degrees?
    public let longitude: Degrees?
    /// The smaller goes first when all else is equal.
    public let priority: Int64
    /// Provinces it sends to; absent: everywhere.
    public let regions: [String]?
    /// Of one parcel.
    public let handlingCost: Int64
    public let costPerKgPer100Km: Int64
    /// So many parcels it can send a day; absent: any number.
    public let dailyParcels: Int64?
    public let kind: Kind
    public let contact: Contact?
    /// The warehouse that takes its returns; absent: itself.
    public let returnTo: String?
    public let active: Bool
    /// Absent: the record's time.
    public let effectiveFrom: Instant?

    public init(
        warehouse: String, name: String? = nil, country: String = "CN", province: String? = nil,
        city: String? = nil, latitude: Degrees? = nil, longitude: Degrees? = nil, priority: Int64 = 0,
        regions: [String]? = nil, handlingCost: Int64 = 0, costPerKgPer100Km: Int64 = 0, dailyParcels: Int64? = nil,
        kind: Kind = .own, contact: Contact? = nil, returnTo: String? = nil, active: Bool = true,
        effectiveFrom: Instant? = nil
    ) {
        self.warehouse = warehouse
        self.name = name ?? warehouse
        self.country = country
        self.province = province
        self.city = city
        self.latitude = latitude
        self.longitude = longitude
        self.priority = priority
        self.regions = regions
        self.handlingCost = handlingCost
        self.costPerKgPer100Km = costPerKgPer100Km
        self.dailyParcels = dailyParcels
        self.kind = kind
        self.contact = contact
        self.returnTo = returnTo
        self.active = active
        self.effectiveFrom = effectiveFrom
    }

    public init(_ json: JSONObject) throws(Fault) {
        warehouse = try json.ownID("warehouse")
        name = try json.textIfPresent("name") ?? warehouse
        country = try json.stringIfPresent("country") ?? "CN"
        province = try json.stringIfPresent("province")
        city = try json.stringIfPresent("city")
        latitude = try json.degreesIfPresent("latitude", limit: 90)
        longitude = try json.degreesIfPresent("longitude", limit: 180)
        priority = try json.integerIfPresent("priority", within: 0...1_000_000) ?? 0
        regions = try json.externalIDsIfPresent("regions")
        handlingCost = try json.amountIfPresent("handlingCost") ?? 0
        costPerKgPer100Km = try json.amountIfPresent("costPerKgPer100Km") ?? 0
        dailyParcels = try json.amountIfPresent("dailyParcels")
        kind = try json.wordIfPresent("kind") ?? .own
        contact = try json.readIfPresent("contact")
        returnTo = try json.ownIDIfPresent("returnTo")
        active = try json.bool("active", default: true)
        effectiveFrom = try json.instantIfPresent("effectiveFrom")
    }

    public func write(to json: inout JSONWriter) {
        json.field("warehouse", warehouse)
        json.field("name", name)
        json.field("country", country)
        json.field("province", province)
        json.field("city", city)
        json.field("latitude", latitude)
        json.field("longitude", longitude)
        json.field("priority", priority)
        json.field("regions", texts: regions)
        json.field("handlingCost", handlingCost)
        json.field("costPerKgPer100Km", costPerKgPer100Km)
        json.field("dailyParcels", dailyParcels)
        json.field("kind", kind.rawValue)
        json.field("contact", contact)
        json.field("returnTo", returnTo)
        json.field("active", active)
        json.field("effectiveFrom", effectiveFrom)
    }

    /// Whom carriers meet there.
    public struct Contact: JSONCoded, Equatable {
        public let name: String?
        public let phone: String?
        public let district: String?
        public let street: String?

        public init(name: String? = nil, phone: String? = nil, district: String? = nil, street: String? = nil) {
            self.name = name
            self.phone = phone
            self.district = district
            self.street = street
        }

        public init(_ json: JSONObject) throws(Fault) {
            name = try json.textIfPresent("name")
            phone = try json.stringIfPresent("phone")
            district = try json.stringIfPresent("district")
            street = try json.textIfPresent("street")
        }

        public func write(to json: inout JSONWriter) {
            json.field("name", name)
            json.field("phone", phone)
            json.field("district", district)
            json.field("street", street)
        }
    }
}
