extension ChannelOrder {
    /// One line of an order.
    ///
    /// - Shape: a gift costs nothing, earns no commission and goes back with the line that `giftOf` names.
    public struct Line: JSONCoded, Equatable {
        public let lineID: String
        /// Ours, or the channel's (`CatalogListing`).
        public let sku: String
        public let quantity: Int64
        public let unitPrice: Int64
        /// Of the whole line.
        public let discount: Int64
        public let gift: Bool
        public let giftOf: String?

        public init(
            lineID: String, sku: String, quantity: Int64, unitPrice: Int64, discount: Int64 = 0, gift: Bool = false,
            giftOf: String? = nil
        ) {
            self.lineID = lineID
            self.sku = sku
            self.quantity = quantity
            self.unitPrice = unitPrice
            self.discount = discount
            self.gift = gift
            self.giftOf = giftOf
        }

        public init(_ json: JSONObject) throws(Fault) {
            lineID = try json.externalID("lineId")
            sku = try json.externalID("sku")
            quantity = try json.quantity("quantity")
            unitPrice = try json.amount("unitPrice")
            discount = try json.amountIfPresent("discount") ?? 0
            gift = try json.bool("gift", default: false)
            giftOf = try json.externalIDIfPresent("giftOf")
        }

        public func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("sku", sku)
            json.field("quantity", quantity)
            json.field("unitPrice", unitPrice)
            json.field("discount", discount)
            json.field("gift", gift)
            json.field("giftOf", giftOf)
        }
    }
}

extension ChannelOrder {
    /// A charge beside goods and freight.
    public struct Fee: JSONCoded, Equatable {
        public let kind: String
        public let amount: Int64

        public init(kind: String, amount: Int64) {
            self.kind = kind
            self.amount = amount
        }

        public init(_ json: JSONObject) throws(Fault) {
            kind = try json.string("kind")
            amount = try json.amount("amount")
        }

        public func write(to json: inout JSONWriter) {
            json.field("kind", kind)
            json.field("amount", amount)
        }
    }
}

extension ChannelOrder {
    /// Why something costs less, and who pays for it.
    public struct Discount: JSONCoded, Equatable {
        public enum Kind: String, CaseIterable, Sendable {
            case coupon, promotion, points, member, priceChange = "price-change", subsidy
        }

        public enum Bearer: String, CaseIterable, Sendable {
            case merchant, platform, distributor, supplier
        }

        public let kind: Kind
        public let code: String?
        public let name: String?
        public let amount: Int64
        /// Whoever is not the merchant owes the merchant this amount.
        public let bearer: Bearer
        /// Absent: of the whole order.
        public let lineID: String?

        public init(
            kind: Kind, code: String? = nil, name: String? = nil, amount: Int64, bearer: Bearer = .merchant,
            lineID: String? = nil
        ) {
            self.kind = kind
            self.code = code
            self.name = name
            self.amount = amount
            self.bearer = bearer
            self.lineID = lineID
        }

        public init(_ json: JSONObject) throws(Fault) {
            kind = try json.word("kind")
            code = try json.stringIfPresent("code")
            name = try json.textIfPresent("name")
            amount = try json.amount("amount")
            bearer = try json.wordIfPresent("bearer") ?? .merchant
            lineID = try json.externalIDIfPresent("lineId")
        }

        public func write(to json: inout JSONWriter) {
            json.field("kind", kind.rawValue)
            json.field("code", code)
            json.field("name", name)
            json.field("amount", amount)
            json.field("bearer", bearer.rawValue)
            json.field("lineId", lineID)
        }
    }
}
