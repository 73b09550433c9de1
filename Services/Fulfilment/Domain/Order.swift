public import Contracts

/// What must be shipped for one order, what is planned, and who wants what to stay.
///
/// - Source: DESIGN, "Fulfilment".
public struct Order: Equatable, Sendable {
    public let orderID: OrderID
    public let delivery: DeliveryKind
    public internal(set) var region: Region?
    /// Of all pieces as intake summed it; 0 when unknown.
    public internal(set) var weightGrams: Int64
    /// Whose it is and where it goes, as intake's fingerprint tells it: parcels of one buyer to one place may travel together.
    public let buyerID: String?
    public internal(set) var addressFingerprint: String?
    /// The platform's deadline.
    public let shipBy: Instant?
    /// The platform's name of it; a provider that opens the platform's sealed address asks for it.
    public let externalOrderID: String?
    public var phase: Phase
    public var lines: [OrderLine]
    /// Once the order may be shipped: what each warehouse gives.
    public var confirmed: OrderConfirmed?
    /// By number.
    public var shipments: [Shipment]
    public var stops: [Stop]
    /// What providers were asked for, oldest first.
    public var calls: [LabelCall]
    public var move: StockMove?

    public enum Phase: String, CaseIterable, Sendable {
        case placed, confirmed, cancelled
        /// Imported when it was long over: nothing is shipped, and it has no lines here.
        case finished
    }

    public init(
        orderID: OrderID, delivery: DeliveryKind, region: Region?, weightGrams: Int64, buyerID: String? = nil,
        addressFingerprint: String? = nil, shipBy: Instant? = nil, externalOrderID: String? = nil,
        phase: Phase = .placed, lines: [OrderLine], confirmed: OrderConfirmed? = nil, shipments: [Shipment] = [],
        stops: [Stop] = [], calls: [LabelCall] = [], move: StockMove? = nil
    ) {
        self.orderID = orderID
        self.delivery = delivery
        self.region = region
        self.weightGrams = weightGrams
        self.buyerID = buyerID
        self.addressFingerprint = addressFingerprint
        self.shipBy = shipBy
        self.externalOrderID = externalOrderID
        self.phase = phase
        self.lines = lines
        self.confirmed = confirmed
        self.shipments = shipments
        self.stops = stops
        self.calls = calls
        self.move = move
    }

    public init(_ placed: OrderPlaced) {
        self.init(
            orderID: placed.orderID, delivery: placed.delivery, region: placed.region,
            weightGrams: placed.weightGrams, buyerID: placed.buyerID,
            addressFingerprint: placed.fingerprints?.address, shipBy: placed.shipBy,
            externalOrderID: placed.externalOrderID,
            phase: placed.historical ? .finished : .placed,
            lines: placed.historical
                ? [] : placed.lines.map { OrderLine(lineID: $0.lineID, sku: $0.sku, quantity: $0.quantity) })
    }

    public func shipment(_ shipmentID: String) -> Shipment? { shipments.first { $0.shipmentID == shipmentID } }

    public func shipment(carrier: String, waybill: String) -> Shipment? {
        shipments.first { $0.leadsParcel && $0.label.carrier == carrier && $0.label.waybill == waybill }
    }

    public func stop(of asker: String) -> Stop? { stops.first { $0.asker == asker } }
}

/// A line of the order; its pieces are shipped, open, or withdrawn because they were refunded before they left.
public struct OrderLine: Equatable, Sendable {
    public let lineID: String
    public let sku: String
    public let quantity: Int64
    public var withdrawn: Int64

    public init(lineID: String, sku: String, quantity: Int64, withdrawn: Int64 = 0) {
        self.lineID = lineID
        self.sku = sku
        self.quantity = quantity
        self.withdrawn = withdrawn
    }
}

/// Somebody wants goods to stay; it lasts until they let go, also for lines not planned yet.
public struct Stop: Equatable, Sendable {
    /// The id of the cancel request or case, or `hold`.
    public let asker: String
    public let kind: Kind
    /// What a case is about, as far as it had not left; the other kinds stop everything.
    public let lines: [LinePieces]

    public enum Kind: String, CaseIterable, Sendable {
        case hold, cancel, `case`
    }

    public init(asker: String, kind: Kind, lines: [LinePieces] = []) {
        self.asker = asker
        self.kind = kind
        self.lines = lines
    }

    public var isWhole: Bool { kind != .case }
}
