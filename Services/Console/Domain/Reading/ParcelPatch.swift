public import Contracts

/// What is said of a shipment and its parcel.
public struct ParcelPatch: Sendable, Equatable {
    public let shipmentID: String
    public let orderID: OrderID
    public var parcelID: String?
    public var direction: String?
    public var warehouse: String?
    public var carrier: String?
    public var waybill: String?
    public var lines: [LineQuantity]?
    public var state: ParcelStage?
    public var weightGrams: Int64?
    public var plannedAt: Instant?
    public var shipBy: Instant?
    public var labelledAt: Instant?
    public var dispatchedAt: Instant?
    public var promisedBy: Instant?
    public var estimatedBy: Instant?
    public var deliveredAt: Instant?
    public var endedAt: Instant?
    public var tracking: Tracking?
    public var exception: String?

    /// The newest of what the carrier said, by its own time.
    public struct Tracking: Sendable, Equatable {
        public let status: String
        public let location: String?
        public let at: Instant
    }

    init(_ shipmentID: String, of orderID: OrderID) {
        self.shipmentID = shipmentID
        self.orderID = orderID
    }

    mutating func add(_ later: ParcelPatch) {
        parcelID = later.parcelID ?? parcelID
        direction = later.direction ?? direction
        warehouse = later.warehouse ?? warehouse
        carrier = later.carrier ?? carrier
        waybill = later.waybill ?? waybill
        lines = later.lines ?? lines
        state = later.state ?? state
        weightGrams = later.weightGrams ?? weightGrams
        plannedAt = later.plannedAt ?? plannedAt
        shipBy = later.shipBy ?? shipBy
        labelledAt = later.labelledAt ?? labelledAt
        dispatchedAt = later.dispatchedAt ?? dispatchedAt
        promisedBy = later.promisedBy ?? promisedBy
        estimatedBy = later.estimatedBy ?? estimatedBy
        deliveredAt = later.deliveredAt ?? deliveredAt
        endedAt = later.endedAt ?? endedAt
        exception = later.exception ?? exception
        if let new = later.tracking, new.at >= (tracking?.at ?? new.at) { tracking = new }
    }
}

/// How far a shipment has come.
public enum ParcelStage: String, CaseIterable, Sendable {
    case planned, labelled, dispatched, delivered, returned, cancelled
}
