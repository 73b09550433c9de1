/// Holds every further order of the buyer of this order, or ends that.
public struct BlockBuyer: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.BlockBuyer.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let buyerID: String
    public let blocked: Bool

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, buyerID: String, blocked: Bool = true) {
        self.head = head
        self.orderID = orderID
        self.buyerID = buyerID
        self.blocked = blocked
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        buyerID = try json.string("buyerId", atMost: 300)
        blocked = try json.bool("blocked", default: true)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("buyerId", buyerID)
        json.field("blocked", blocked)
    }
}

/// Forgets the buyer of this order in all orders: at once for everybody but intake, and for good when the time is over for
/// which the merchant has to keep it.
public struct EraseBuyer: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.EraseBuyer.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let buyerID: String
    /// Does not wait for that time; the reason says why.
    public let now: Bool

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, buyerID: String, now: Bool = false) {
        self.head = head
        self.orderID = orderID
        self.buyerID = buyerID
        self.now = now
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        buyerID = try json.string("buyerId", atMost: 300)
        now = try json.bool("now", default: false)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("buyerId", buyerID)
        if now { json.field("now", now) }
    }
}
