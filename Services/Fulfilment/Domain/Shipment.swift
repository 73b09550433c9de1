public import Contracts

/// Goods of one order that leave one warehouse together.
///
/// - Shape: `scans` stand in the order of their event times. Everything below `scans` follows from them and from the
///   moment the shipment left.
/// - Source: DESIGN, "Fulfilment".
public struct Shipment: Equatable, Sendable {
    /// `orderId-S1`.
    public let shipmentID: String
    /// Counts the shipments of its order from 1.
    public let number: Int64
    public let direction: ShipmentDirection
    public let warehouse: String
    public let plannedAt: Instant
    /// The parcel it travels in: the id of the shipment that leads it. Shipments packed together share one, and its label.
    public var parcelID: String
    /// The other shipments in the parcel that this one leads, also of other orders.
    public var companions: [String]
    /// The wave (波次) in which the warehouse has it in hand: it no longer leaves by itself.
    public var waveID: String?
    public var label: Label
    public var lines: [ShipmentLine]
    public var state: ShipmentState
    public var dispatchedAt: Instant?
    public var promisedBy: Instant?
    public var scans: [Scan]
    public var latestStatus: TrackingStatus?
    public var deliveredAt: Instant?
    public var returnedAt: Instant?

    public init(
        shipmentID: String, number: Int64, direction: ShipmentDirection = .out, warehouse: String, plannedAt: Instant,
        parcelID: String, companions: [String] = [], waveID: String? = nil, label: Label, lines: [ShipmentLine],
        state: ShipmentState,
        dispatchedAt: Instant? = nil, promisedBy: Instant? = nil, scans: [Scan] = [],
        latestStatus: TrackingStatus? = nil, deliveredAt: Instant? = nil, returnedAt: Instant? = nil
    ) {
        self.shipmentID = shipmentID
        self.number = number
        self.direction = direction
        self.warehouse = warehouse
        self.plannedAt = plannedAt
        self.parcelID = parcelID
        self.companions = companions
        self.waveID = waveID
        self.label = label
        self.lines = lines
        self.state = state
        self.dispatchedAt = dispatchedAt
        self.promisedBy = promisedBy
        self.scans = scans
        self.latestStatus = latestStatus
        self.deliveredAt = deliveredAt
        self.returnedAt = returnedAt
    }

    /// Its label is the parcel's; numbers are looked up by it.
    public var leadsParcel: Bool { parcelID == shipmentID }
    /// Others travel with it.
    public var isPackedTogether: Bool { !leadsParcel || !companions.isEmpty }
    /// It is planned and may still be stopped.
    public var isOpen: Bool { state == .planned || state == .labelled }
    /// Its goods are out of the warehouse, wherever they are now.
    public var hasLeft: Bool { !isOpen && state != .cancelled }

    public var weightGrams: Int64 { lines.reduce(0) { $0 + $1.weightGrams } }
    public var pieces: [LineQuantity] { lines.map(\.pieces) }
}

/// How far a shipment has come.
public enum ShipmentState: String, CaseIterable, Sendable {
    case planned, labelled, dispatched
    case inTransit = "in-transit"
    case delivered, exception, returning, returned, cancelled
}

/// Who carries a shipment, under which number.
public struct Label: Equatable, Sendable {
    public let carrier: String
    public let waybill: String
    /// Whole days after the day of dispatch; `nil` when nobody promises anything.
    public let promiseDays: Int64?
    /// The call by which a provider was asked for the number; `nil` for one of the sandbox, or that people gave.
    public let callID: String?

    public init(carrier: String, waybill: String, promiseDays: Int64? = nil, callID: String? = nil) {
        self.carrier = carrier
        self.waybill = waybill
        self.promiseDays = promiseDays
        self.callID = callID
    }
}

/// Pieces of one order line in a shipment.
public struct ShipmentLine: Equatable, Sendable {
    public let lineID: String
    public let sku: String
    public var quantity: Int64
    public let unitWeightGrams: Int64

    public init(lineID: String, sku: String, quantity: Int64, unitWeightGrams: Int64) {
        self.lineID = lineID
        self.sku = sku
        self.quantity = quantity
        self.unitWeightGrams = min(max(unitWeightGrams, 0), Self.maximumUnitWeightGrams)
    }

    /// Nothing heavier than a tonne travels in parcels; with the bound on pieces it keeps sums within 64 bits.
    static let maximumUnitWeightGrams: Int64 = 1_000_000
    private static let maximumWeighedPieces: Int64 = 1_000_000_000

    public var weightGrams: Int64 { min(quantity, Self.maximumWeighedPieces) * unitWeightGrams }
    public var pieces: LineQuantity { LineQuantity(lineID: lineID, sku: sku, quantity: quantity) }
}

/// What a carrier saw of a shipment; status and time make it one of a kind.
public struct Scan: Equatable, Sendable {
    public let status: TrackingStatus
    public let occurredAt: Instant
    public let rawCode: String?
    public let location: String?

    public init(status: TrackingStatus, occurredAt: Instant, rawCode: String? = nil, location: String? = nil) {
        self.status = status
        self.occurredAt = occurredAt
        self.rawCode = rawCode
        self.location = location
    }

    public func isRepetition(of other: Scan) -> Bool { status == other.status && occurredAt == other.occurredAt }
}
