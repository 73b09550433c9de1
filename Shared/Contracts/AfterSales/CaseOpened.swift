/// The buyer wants money or other goods; receipt, shipping of these lines and commission pause.
public struct CaseOpened: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseOpened.v1"

    public let orderID: OrderID
    public let caseID: String
    /// The platform's own name for the case.
    public let externalCaseID: String?
    public let kind: CaseKind
    public let reason: String
    public let lines: [CaseLine]
    /// Asked for, in minor units.
    public let amount: Int64
    public let preview: CasePreview
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, externalCaseID: String? = nil, kind: CaseKind, reason: String,
        lines: [CaseLine], amount: Int64, preview: CasePreview, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.externalCaseID = externalCaseID
        self.kind = kind
        self.reason = reason
        self.lines = lines
        self.amount = amount
        self.preview = preview
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        externalCaseID = try json.stringIfPresent("externalCaseId")
        kind = try json.word("kind")
        reason = try json.string("reason", atMost: 2000)
        lines = try json.readList("lines")
        amount = try json.integer("amount")
        preview = try json.read("preview")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("externalCaseId", externalCaseID)
        json.field("kind", kind.rawValue)
        json.field("reason", reason)
        json.field("lines", list: lines)
        json.field("amount", amount)
        json.field("preview", preview)
    }
}

/// What a case would do if it were approved as asked.
///
/// - Units: minor units; `stock` in pieces.
public struct CasePreview: JSONCoded, Equatable {
    /// Paid back for goods, after their share of discounts.
    public let goods: Int64
    /// Paid back of the freight.
    public let freight: Int64
    /// Taken back from distributors.
    public let commission: Int64
    /// Pieces that come back or are not sent.
    public let stock: Int64

    public init(goods: Int64, freight: Int64, commission: Int64, stock: Int64) {
        self.goods = goods
        self.freight = freight
        self.commission = commission
        self.stock = stock
    }

    public init(_ json: JSONObject) throws(Fault) {
        goods = try json.integer("goods")
        freight = try json.integer("freight")
        commission = try json.integer("commission")
        stock = try json.integer("stock")
    }

    public func write(to json: inout JSONWriter) {
        json.field("goods", goods)
        json.field("freight", freight)
        json.field("commission", commission)
        json.field("stock", stock)
    }
}

/// What the buyer wants: money, money for goods sent back, or other goods.
public enum CaseKind: String, CaseIterable, Sendable {
    case refund
    case `return`
    case exchange
    /// Goods sent once more 补发: no money.
    case reship
    /// Money without goods 补差价.
    case priceAdjustment = "price-adjustment"

    /// Goods are sent for it, as an order of their own.
    public var isReplaced: Bool { self == .exchange || self == .reship }
    /// Goods come back for it, when they have left.
    public var bringsGoodsBack: Bool { self == .return || self == .exchange }
}
