public import Contracts

/// What a carrier takes for a parcel, and how soon it promises to be there.
///
/// - Units: minor units, grams, whole days after the day of dispatch.
public struct CarrierTariff: JSONCoded, Equatable, Sendable {
    let carrier: String
    let zone: Zone
    let firstKilogramCost: Int64
    let furtherKilogramCost: Int64
    let promiseDays: Int64
    var maximumGrams: Int64 = .max

    public typealias Zone = CatalogCarrier.Zone

    /// The sandbox's own table; figures of the usual size, of no real contract. Each zone has a carrier without a limit
    /// of weight.
    public static let sandbox: [CarrierTariff] = [
        tariff("yto", .sameProvince, 500, 100, 2, 30_000), tariff("yto", .domestic, 900, 400, 3, 30_000),
        tariff("zto", .sameProvince, 600, 80, 2, 30_000), tariff("zto", .domestic, 800, 350, 3, 30_000),
        tariff("zto", .remote, 1800, 1500, 6, 30_000),
        tariff("sf", .sameProvince, 1200, 200, 1), tariff("sf", .domestic, 1800, 250, 2),
        tariff("sf", .remote, 2400, 1300, 4), tariff("sf", .abroad, 25_000, 9000, 6),
        tariff("ems", .domestic, 1000, 600, 4, 30_000), tariff("ems", .remote, 1500, 1200, 7, 30_000),
        tariff("ems", .abroad, 18_000, 6000, 10, 30_000),
    ]

    private static func tariff(
        _ carrier: String, _ zone: Zone, _ first: Int64, _ further: Int64, _ days: Int64, _ grams: Int64 = .max
    ) -> CarrierTariff {
        CarrierTariff(
            carrier: carrier, zone: zone, firstKilogramCost: first, furtherKilogramCost: further, promiseDays: days,
            maximumGrams: grams)
    }

    init(_ carrier: String, _ tariff: CatalogCarrier.Tariff) {
        self.init(
            carrier: carrier, zone: tariff.zone, firstKilogramCost: tariff.firstKilogram,
            furtherKilogramCost: tariff.furtherKilogram, promiseDays: tariff.promiseDays,
            maximumGrams: tariff.maximumGrams ?? .max)
    }

    private init(
        carrier: String, zone: Zone, firstKilogramCost: Int64, furtherKilogramCost: Int64, promiseDays: Int64,
        maximumGrams: Int64
    ) {
        self.carrier = carrier
        self.zone = zone
        self.firstKilogramCost = firstKilogramCost
        self.furtherKilogramCost = furtherKilogramCost
        self.promiseDays = promiseDays
        self.maximumGrams = maximumGrams
    }

    public init(_ json: JSONObject) throws(Fault) {
        carrier = try json.string("carrier", atMost: 64)
        guard CarrierCodes.of(carrier) != nil else { throw json.fault("is no carrier", field: "carrier") }
        zone = try json.word("zone")
        firstKilogramCost = try json.amount("firstKilogram")
        furtherKilogramCost = try json.amount("furtherKilogram")
        promiseDays = try json.integer("promiseDays", within: 0...365)
        maximumGrams = try json.quantityIfPresent("maximumGrams") ?? .max
    }

    public func write(to json: inout JSONWriter) {
        json.field("carrier", carrier)
        json.field("zone", zone.rawValue)
        json.field("firstKilogram", firstKilogramCost)
        json.field("furtherKilogram", furtherKilogramCost)
        json.field("promiseDays", promiseDays)
        json.field("maximumGrams", maximumGrams == .max ? nil : maximumGrams)
    }

    /// Reads `{"tariffs": [ … ]}`, at most one a carrier and zone.
    ///
    /// - Throws: `Fault` naming the field.
    public static func table(_ text: [UInt8]) throws(Fault) -> [CarrierTariff] {
        let tariffs: [CarrierTariff] = try JSONDocument.object(text).readList("tariffs")
        guard !tariffs.isEmpty else { throw Fault("is empty", field: "tariffs") }
        var seen: Set<String> = []
        for (index, tariff) in tariffs.enumerated() where !seen.insert("\(tariff.carrier)/\(tariff.zone)").inserted {
            throw Fault("stands twice for \(tariff.carrier)", field: "tariffs[\(index)].zone")
        }
        return tariffs
    }

    /// Begun kilograms count whole; the first is paid for in any case.
    func cost(ofGrams grams: Int64) -> Int64 {
        let kilograms = max(1, (grams + 999) / 1000)
        return firstKilogramCost + (kilograms - 1) * furtherKilogramCost
    }
}

extension [CarrierTariff] {
    /// Who may carry parcels at all.
    var carriers: Set<String> { Set(map(\.carrier)) }

    /// The cheapest carrier that takes the parcel; of equal ones the sooner, then the earlier in the table.
    ///
    /// - Parameter carriers: `nil`: all of them.
    func cheapest(forGrams grams: Int64, _ zone: CarrierTariff.Zone, among carriers: Set<String>? = nil)
        -> CarrierTariff?
    {
        filter { $0.zone == zone && grams <= $0.maximumGrams && carriers?.contains($0.carrier) ?? true }.min {
            ($0.cost(ofGrams: grams), $0.promiseDays) < ($1.cost(ofGrams: grams), $1.promiseDays)
        }
    }

    func tariff(of carrier: String, _ zone: CarrierTariff.Zone) -> CarrierTariff? {
        first { $0.carrier == carrier && $0.zone == zone }
    }
}

extension CatalogCarrier.Zone {
    private static let remoteProvinces = ["新疆", "西藏", "青海", "甘肃", "宁夏", "内蒙古"]
    private static let customsProvinces = ["香港", "澳门", "台湾"]

    /// - Parameter region: Where the parcel goes; an unknown one is taken for a place on the mainland.
    init(from origin: WarehousePlace, to region: Region?) {
        let province = region?.province
        if let region, region.country != origin.country {
            self = .abroad
        } else if let province, province != origin.province, Self.customsProvinces.contains(where: province.hasPrefix) {
            self = .abroad
        } else if let province, province == origin.province {
            self = .sameProvince
        } else if let province, Self.remoteProvinces.contains(where: province.hasPrefix) {
            self = .remote
        } else {
            self = .domestic
        }
    }
}
