/// The order may be shipped: paid or cash on delivery, reserved and not held.
public struct OrderConfirmed: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderConfirmed.v1"

    public let orderID: OrderID
    public let reservation: Int64
    public let allocations: [WarehouseAllocation]
    public let confirmedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, reservation: Int64, allocations: [WarehouseAllocation], confirmedAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.reservation = reservation
        self.allocations = allocations
        self.confirmedAt = confirmedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reservation = try json.integer("reservation")
        allocations = try json.readList("allocations")
        confirmedAt = try json.instant("confirmedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reservation", reservation)
        json.field("allocations", list: allocations)
        json.field("confirmedAt", confirmedAt)
    }
}
