/// A payment came after the order was cancelled for want of it: stock is asked for again. Happens once.
public struct OrderReinstated: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderReinstated.v1"

    public let orderID: OrderID
    /// The next number; answers to the former one count no more.
    public let reservation: Int64
    public let paymentID: String
    public let amount: Int64
    public let reinstatedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, reservation: Int64, paymentID: String, amount: Int64, reinstatedAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.reservation = reservation
        self.paymentID = paymentID
        self.amount = amount
        self.reinstatedAt = reinstatedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reservation = try json.integer("reservation")
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        reinstatedAt = try json.instant("reinstatedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reservation", reservation)
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("reinstatedAt", reinstatedAt)
    }
}
