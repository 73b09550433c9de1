public import Contracts

/// What of an order is set aside, has left and has arrived.
///
/// - Shape: a bundle's line may have pieces of several SKUs; pieces are counted per line.
public struct OrderGoods: JSONCoded, Equatable {
    /// Of the present reservation; empty until stock is reserved.
    public internal(set) var allocations: [WarehouseAllocation]
    /// Parcels on their way to the buyer, in the order they were heard of.
    public internal(set) var shipments: [OrderShipment]

    public init(allocations: [WarehouseAllocation] = [], shipments: [OrderShipment] = []) {
        self.allocations = allocations
        self.shipments = shipments
    }

    public init(_ json: JSONObject) throws(Fault) {
        allocations = try json.readList("allocations")
        shipments = try json.readList("shipments", atMost: 10_000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("allocations", list: allocations)
        json.field("shipments", list: shipments)
    }

    public var hasLeft: Bool { shipments.contains { $0.dispatchedAt != nil } }
    public var shipmentIDs: [String] { shipments.filter { $0.dispatchedAt != nil }.map(\.shipmentID) }
    public var lastDispatchedAt: Instant? { shipments.compactMap(\.dispatchedAt).max() }
    public var lastDeliveredAt: Instant? { shipments.compactMap(\.deliveredAt).max() }

    /// Each parcel has arrived or come back, and at least one has arrived.
    public var hasArrived: Bool {
        lastDeliveredAt != nil && shipments.allSatisfy { $0.deliveredAt != nil || $0.returnedAt != nil }
    }

    /// No piece is still to leave.
    ///
    /// - Parameter stopped: Units per line that were refunded before they left.
    public func haveAllLeft(of lines: [PlacedLine], stopped: [String: Int64]) -> Bool {
        var allocated: [String: Int64] = [:]
        for line in allocations.flatMap(\.lines) { allocated[line.lineID, default: 0] += line.quantity }
        var left: [String: Int64] = [:]
        for shipment in shipments where shipment.dispatchedAt != nil {
            for line in shipment.lines { left[line.lineID, default: 0] += line.quantity }
        }
        return lines.allSatisfy { line in
            let pieces = allocated[line.lineID] ?? line.quantity
            let stoppedPieces = (stopped[line.lineID] ?? 0) * pieces / line.quantity
            return left[line.lineID, default: 0] + stoppedPieces >= pieces
        }
    }

    /// Puts down one thing about a parcel; answers whether it was new.
    mutating func note(
        _ shipmentID: String, _ lines: [LineQuantity], _ moment: WritableKeyPath<OrderShipment, Instant?>, _ at: Instant
    ) -> Bool {
        let index: Int
        if let known = shipments.firstIndex(where: { $0.shipmentID == shipmentID }) {
            index = known
        } else {
            shipments.append(OrderShipment(shipmentID: shipmentID, lines: lines))
            index = shipments.count - 1
        }
        guard shipments[index][keyPath: moment] == nil else { return false }
        shipments[index][keyPath: moment] = at
        return true
    }
}

/// One parcel to the buyer.
public struct OrderShipment: JSONCoded, Equatable {
    public let shipmentID: String
    public let lines: [LineQuantity]
    public internal(set) var dispatchedAt: Instant?
    public internal(set) var deliveredAt: Instant?
    /// It came back without having been delivered.
    public internal(set) var returnedAt: Instant?

    public init(
        shipmentID: String, lines: [LineQuantity], dispatchedAt: Instant? = nil, deliveredAt: Instant? = nil,
        returnedAt: Instant? = nil
    ) {
        self.shipmentID = shipmentID
        self.lines = lines
        self.dispatchedAt = dispatchedAt
        self.deliveredAt = deliveredAt
        self.returnedAt = returnedAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        shipmentID = try json.string("shipmentId")
        lines = try json.readList("lines")
        dispatchedAt = try json.instantIfPresent("dispatchedAt")
        deliveredAt = try json.instantIfPresent("deliveredAt")
        returnedAt = try json.instantIfPresent("returnedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("shipmentId", shipmentID)
        json.field("lines", list: lines)
        json.field("dispatchedAt", dispatchedAt)
        json.field("deliveredAt", deliveredAt)
        json.field("returnedAt", returnedAt)
    }
}
