/// Who carries parcels, what that costs and how soon they are there.
///
/// - Units: minor units of the house currency, grams, whole days after the day of dispatch.
/// - Errors: `Fault` for a carrier that nobody knows, a zone that stands twice, or an active carrier without a tariff.
public struct CatalogCarrier: Message, Equatable {
    public static let type = "catalog.carrier.v1"

    /// How far a parcel goes.
    public enum Zone: String, CaseIterable, Sendable {
        case sameProvince = "same-province"
        case domestic, remote, abroad
    }

    /// One of `CarrierCodes`.
    public let carrier: String
    /// Absent: as the carrier is commonly called.
    public let name: String
    public let tariffs: [Tariff]
    /// An inactive carrier is given no parcel.
    public let active: Bool
    /// Absent: the record's time.
    public let effectiveFrom: Instant?

    public init(
        carrier: String, name: String? = nil, tariffs: [Tariff] = [], active: Bool = true,
        effectiveFrom: Instant? = nil
    ) {
        self.carrier = carrier
        self.name = name ?? CarrierCodes.of(carrier)?.name ?? carrier
        self.tariffs = tariffs
        self.active = active
        self.effectiveFrom = effectiveFrom
    }

    public init(_ json: JSONObject) throws(Fault) {
        carrier = try json.ownID("carrier")
        guard let codes = CarrierCodes.of(carrier) else {
            let known = CarrierCodes.all.map(\.carrier).joined(separator: ", ")
            throw json.fault("is none of \(known)", field: "carrier")
        }
        name = try json.textIfPresent("name") ?? codes.name
        tariffs = try json.readListIfPresent("tariffs")
        active = try json.bool("active", default: true)
        effectiveFrom = try json.instantIfPresent("effectiveFrom")
        guard !active || !tariffs.isEmpty else { throw json.fault("is empty", field: "tariffs") }
        var seen: Set<Zone> = []
        for (index, tariff) in tariffs.enumerated() where !seen.insert(tariff.zone).inserted {
            throw Fault("'\(tariff.zone.rawValue)' stands twice", field: "tariffs[\(index)].zone")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.field("carrier", carrier)
        json.field("name", name)
        json.field("tariffs", list: tariffs)
        json.field("active", active)
        json.field("effectiveFrom", effectiveFrom)
    }

    /// What one zone costs; begun kilograms count whole.
    public struct Tariff: JSONCoded, Equatable {
        public let zone: Zone
        public let firstKilogram: Int64
        public let furtherKilogram: Int64
        public let promiseDays: Int64
        /// Absent: any weight.
        public let maximumGrams: Int64?

        public init(
            zone: Zone, firstKilogram: Int64, furtherKilogram: Int64, promiseDays: Int64, maximumGrams: Int64? = nil
        ) {
            self.zone = zone
            self.firstKilogram = firstKilogram
            self.furtherKilogram = furtherKilogram
            self.promiseDays = promiseDays
            self.maximumGrams = maximumGrams
        }

        public init(_ json: JSONObject) throws(Fault) {
            zone = try json.word("zone")
            firstKilogram = try json.amount("firstKilogram")
            furtherKilogram = try json.amount("furtherKilogram")
            promiseDays = try json.integer("promiseDays", within: 0...365)
            maximumGrams = try json.quantityIfPresent("maximumGrams")
        }

        public func write(to json: inout JSONWriter) {
            json.field("zone", zone.rawValue)
            json.field("firstKilogram", firstKilogram)
            json.field("furtherKilogram", furtherKilogram)
            json.field("promiseDays", promiseDays)
            json.field("maximumGrams", maximumGrams)
        }
    }
}
