/// What is sold, and how it is stocked and bought in.
///
/// - Units: minor units, grams, days, pieces.
public struct CatalogItem: Message, Equatable {
    public static let type = "catalog.item.v1"

    public let sku: String
    /// Absent: the SKU.
    public let name: String
    public let category: String?
    /// The class that plans give rates to.
    public let commissionClass: String?
    public let price: Int64?
    public let cost: Int64?
    public let currency: String
    public let weightGrams: Int64
    /// From an order at the supplier to its receipt.
    public let leadTimeDays: Int64?
    /// Between two looks at the stock.
    public let reviewDays: Int64?
    /// Bought in multiples of this.
    public let packSize: Int64
    public let minimumOrder: Int64
    public let safetyStock: Int64
    public let reorderPoint: Int64?
    /// Orders may wait for missing pieces.
    public let backorder: Bool
    public let barcodes: [String]
    /// Absent: it may share a parcel with anything.
    public let packing: Packing?
    public let noReasonReturn: Bool
    public let active: Bool
    /// Absent: the record's time.
    public let effectiveFrom: Instant?

    public init(
        sku: String, name: String? = nil, category: String? = nil, commissionClass: String? = nil,
        price: Int64? = nil, cost: Int64? = nil, currency: String = "CNY", weightGrams: Int64 = 0,
        leadTimeDays: Int64? = nil, reviewDays: Int64? = nil, packSize: Int64 = 1, minimumOrder: Int64 = 0,
        safetyStock: Int64 = 0, reorderPoint: Int64? = nil, backorder: Bool = false, barcodes: [String] = [],
        packing: Packing? = nil, noReasonReturn: Bool = true, active: Bool = true, effectiveFrom: Instant? = nil
    ) {
        self.sku = sku
        self.name = name ?? sku
        self.category = category
        self.commissionClass = commissionClass
        self.price = price
        self.cost = cost
        self.currency = currency
        self.weightGrams = weightGrams
        self.leadTimeDays = leadTimeDays
        self.reviewDays = reviewDays
        self.packSize = packSize
        self.minimumOrder = minimumOrder
        self.safetyStock = safetyStock
        self.reorderPoint = reorderPoint
        self.backorder = backorder
        self.barcodes = barcodes
        self.packing = packing
        self.noReasonReturn = noReasonReturn
        self.active = active
        self.effectiveFrom = effectiveFrom
    }

    public init(_ json: JSONObject) throws(Fault) {
        sku = try json.externalID("sku")
        name = try json.textIfPresent("name") ?? sku
        category = try json.stringIfPresent("category")
        commissionClass = try json.stringIfPresent("commissionClass")
        price = try json.amountIfPresent("price")
        cost = try json.amountIfPresent("cost")
        currency = try json.currency()
        weightGrams = try json.amountIfPresent("weightGrams") ?? 0
        leadTimeDays = try json.daysIfPresent("leadTimeDays")
        reviewDays = try json.daysIfPresent("reviewDays")
        packSize = try json.quantityIfPresent("packSize") ?? 1
        minimumOrder = try json.amountIfPresent("minimumOrder") ?? 0
        safetyStock = try json.amountIfPresent("safetyStock") ?? 0
        reorderPoint = try json.amountIfPresent("reorderPoint")
        backorder = try json.bool("backorder", default: false)
        barcodes = try json.externalIDsIfPresent("barcodes") ?? []
        packing = try json.readIfPresent("packing")
        noReasonReturn = try json.bool("noReasonReturn", default: true)
        active = try json.bool("active", default: true)
        effectiveFrom = try json.instantIfPresent("effectiveFrom")
    }

    public func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        json.field("name", name)
        json.field("category", category)
        json.field("commissionClass", commissionClass)
        json.field("price", price)
        json.field("cost", cost)
        json.field("currency", currency)
        json.field("weightGrams", weightGrams)
        json.field("leadTimeDays", leadTimeDays)
        json.field("reviewDays", reviewDays)
        json.field("packSize", packSize)
        json.field("minimumOrder", minimumOrder)
        json.field("safetyStock", safetyStock)
        json.field("reorderPoint", reorderPoint)
        json.field("backorder", backorder)
        json.field("barcodes", texts: barcodes)
        json.field("packing", packing)
        json.field("noReasonReturn", noReasonReturn)
        json.field("active", active)
        json.field("effectiveFrom", effectiveFrom)
    }
}

extension CatalogItem {
    /// What an item wants of its parcel.
    public struct Packing: JSONCoded, Equatable, Sendable {
        /// It shares a parcel only with items of the same group: frozen, liquid, fragile.
        public let group: String?
        /// It shares a parcel with no other item.
        public let alone: Bool
        /// At most so many pieces of it in a parcel.
        public let piecesPerParcel: Int64?

        public init(group: String? = nil, alone: Bool = false, piecesPerParcel: Int64? = nil) {
            self.group = group
            self.alone = alone
            self.piecesPerParcel = piecesPerParcel
        }

        public init(_ json: JSONObject) throws(Fault) {
            group = try json.stringIfPresent("group")
            alone = try json.bool("alone", default: false)
            piecesPerParcel = try json.quantityIfPresent("piecesPerParcel")
        }

        public func write(to json: inout JSONWriter) {
            json.field("group", group)
            json.field("alone", alone)
            json.field("piecesPerParcel", piecesPerParcel)
        }
    }
}
