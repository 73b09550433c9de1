import Contracts

/// The warehouses as they look from where an order goes.
struct Warehouses {
    /// Warehouses that send there, in ascending order of their ids.
    let eligible: [Candidate]
    /// The others, each with what speaks against it.
    let ineligible: [String]

    /// Taken for the way when a place is unknown: no warehouse is preferred then but by its rates.
    static let unknownMetres: Int64 = 1_000_000

    struct Candidate: Hashable {
        let id: String
        let priority: Int64
        let handlingCost: Int64
        let costPerKgPer100Km: Int64
        let metres: Int64

        /// What one gram costs, in 1/100,000,000 of a minor unit: exact, so that costs compare without rounding.
        var costPerGram: Int128 { Int128(costPerKgPer100Km) * Int128(metres) }
    }

    /// Minor units are this many of the unit in which costs are compared: 1,000 g × 100,000 m.
    static let exactUnitsPerMinorUnit: Int128 = 100_000_000

    init(_ warehouses: [CatalogWarehouse], to region: Region?) {
        var eligible: [Candidate] = []
        var ineligible: [String] = []
        let destination = region?.country == "CN" ? Provinces.place(region?.province) : nil
        for warehouse in warehouses {
            if !warehouse.active {
                ineligible.append("\(warehouse.warehouse): is not active")
            } else if let regions = warehouse.regions, !Self.serves(regions, region) {
                ineligible.append("\(warehouse.warehouse): does not send to \(region?.province ?? "an unknown region")")
            } else {
                eligible.append(Self.candidate(warehouse, destination))
            }
        }
        self.eligible = eligible
        self.ineligible = ineligible
    }

    private init(eligible: [Candidate], ineligible: [String]) {
        self.eligible = eligible
        self.ineligible = ineligible
    }

    /// The same without some, each with what speaks against it.
    func without(_ reasons: [String: String]) -> Warehouses {
        let gone = eligible.compactMap { candidate in reasons[candidate.id].map { "\(candidate.id): \($0)" } }
        return Warehouses(eligible: eligible.filter { reasons[$0.id] == nil }, ineligible: ineligible + gone)
    }

    /// Pieces of a SKU that can be sent to the order.
    func free(of stock: Stock) -> Int64 { eligible.reduce(0) { $0 + stock.level($1.id).free } }

    /// What sending the open pieces costs, in minor units, rounded half up once.
    func cost(of holdings: [Holding], items: (String) -> CatalogItem?) -> Int64 {
        var exact: Int128 = 0
        for candidate in eligible {
            let sent = holdings.filter { $0.warehouse == candidate.id && $0.open > 0 }
            guard !sent.isEmpty else { continue }
            let weight = sent.reduce(Int64(0)) { $0 + $1.open * grams(items($1.sku)) }
            exact += candidate.exactHandlingCost + candidate.costPerGram * Int128(weight)
        }
        return Self.minorUnits(exact)
    }

    static func minorUnits(_ exact: Int128) -> Int64 {
        Int64(clamping: (2 * exact + exactUnitsPerMinorUnit) / (2 * exactUnitsPerMinorUnit))
    }

    private static func serves(_ regions: [String], _ region: Region?) -> Bool {
        guard let province = region?.province else { return false }
        return regions.contains { Provinces.areSame($0, province) }
    }

    private static func candidate(_ warehouse: CatalogWarehouse, _ destination: Place?) -> Candidate {
        var place = warehouse.country == "CN" ? Provinces.place(warehouse.province) : nil
        if let latitude = warehouse.latitude, let longitude = warehouse.longitude {
            place = Place(latitude: latitude.microdegrees, longitude: longitude.microdegrees)
        }
        let metres = if let place, let destination { place.metres(to: destination) } else { unknownMetres }
        return Candidate(
            id: warehouse.warehouse, priority: warehouse.priority, handlingCost: warehouse.handlingCost,
            costPerKgPer100Km: warehouse.costPerKgPer100Km, metres: metres)
    }
}

extension Warehouses.Candidate {
    var exactHandlingCost: Int128 { Int128(handlingCost) * Warehouses.exactUnitsPerMinorUnit }
}

/// The weight of one piece; 0 when unknown.
func grams(_ item: CatalogItem?) -> Int64 { item?.weightGrams ?? 0 }
