/// What a channel's own SKU means in ours; several components are a bundle 组合商品.
///
/// - Errors: `Fault` when an active listing has no component.
public struct CatalogListing: Message, Equatable {
    public static let type = "catalog.listing.v1"

    public let channel: String
    public let externalSku: String
    public let name: String?
    public let components: [Component]
    public let active: Bool
    /// Absent: the record's time.
    public let effectiveFrom: Instant?

    public init(
        channel: String, externalSku: String, name: String? = nil, components: [Component] = [],
        active: Bool = true, effectiveFrom: Instant? = nil
    ) {
        self.channel = channel
        self.externalSku = externalSku
        self.name = name
        self.components = components
        self.active = active
        self.effectiveFrom = effectiveFrom
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalSku = try json.externalID("externalSku")
        name = try json.textIfPresent("name")
        components = try json.readListIfPresent("components")
        active = try json.bool("active", default: true)
        effectiveFrom = try json.instantIfPresent("effectiveFrom")
        guard !active || !components.isEmpty else { throw Fault("is empty", field: "components") }
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalSku", externalSku)
        json.field("name", name)
        json.field("components", list: components)
        json.field("active", active)
        json.field("effectiveFrom", effectiveFrom)
    }

    /// Pieces of one SKU in each piece sold; the money is split by `shareParts`.
    public struct Component: JSONCoded, Equatable {
        public let sku: String
        public let quantity: Int64
        public let shareParts: Int64

        public init(sku: String, quantity: Int64 = 1, shareParts: Int64 = 1) {
            self.sku = sku
            self.quantity = quantity
            self.shareParts = shareParts
        }

        public init(_ json: JSONObject) throws(Fault) {
            sku = try json.externalID("sku")
            quantity = try json.quantityIfPresent("quantity") ?? 1
            shareParts = try json.amountIfPresent("shareParts") ?? 1
        }

        public func write(to json: inout JSONWriter) {
            json.field("sku", sku)
            json.field("quantity", quantity)
            json.field("shareParts", shareParts)
        }
    }
}
