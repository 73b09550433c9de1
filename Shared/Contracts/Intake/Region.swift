/// Where an order goes, as exactly as may travel in the open: never the street.
public struct Region: JSONCoded, Equatable {
    public let country: String
    public let province: String?
    public let city: String?
    public let district: String?
    /// The code of the administrative division (GB/T 2260), when it is known.
    public let code: String?

    public init(
        country: String, province: String? = nil, city: String? = nil, district: String? = nil, code: String? = nil
    ) {
        self.country = country
        self.province = province
        self.city = city
        self.district = district
        self.code = code
    }

    public init(_ json: JSONObject) throws(Fault) {
        country = try json.string("country")
        province = try json.stringIfPresent("province")
        city = try json.stringIfPresent("city")
        district = try json.stringIfPresent("district")
        code = try json.stringIfPresent("code")
    }

    public func write(to json: inout JSONWriter) {
        json.field("country", country)
        json.field("province", province)
        json.field("city", city)
        json.field("district", district)
        json.field("code", code)
    }
}
