import Contracts

/// What a shipment's scans say, whatever order they arrived in.
///
/// `delivered` stays unless the parcel travels back after it; `returning` stays until the parcel arrives somewhere.
/// - Source: DESIGN, "Fulfilment": scans are late, double and shuffled.
struct Tracking: Equatable {
    private(set) var state = ShipmentState.dispatched
    private(set) var latestStatus: TrackingStatus?
    private(set) var deliveredAt: Instant?
    private(set) var returnedAt: Instant?

    /// - Parameter scans: By event time.
    init(_ scans: [Scan]) {
        for scan in scans { follow(scan) }
    }

    private mutating func follow(_ scan: Scan) {
        latestStatus = scan.status
        guard state != .returned else { return }
        switch scan.status {
        case .pickedUp, .inTransit, .outForDelivery, .atPickupPoint:
            if state == .dispatched || state == .exception { state = .inTransit }
        case .refused, .exception:
            if state == .dispatched || state == .inTransit { state = .exception }
        case .delivered:
            state = .delivered
            deliveredAt = deliveredAt ?? scan.occurredAt
        case .returning:
            state = .returning
        case .returned:
            state = .returned
            returnedAt = scan.occurredAt
        }
    }
}

extension Shipment {
    /// The bound on what one shipment remembers; carriers send some ten to forty.
    static let maximumScans = 500

    /// Takes a scan into the history; a cancelled shipment stays cancelled.
    mutating func take(_ scan: Scan) {
        let place = scans.firstIndex { Scan.happens(scan, before: $0) } ?? scans.endIndex
        scans.insert(scan, at: place)
        guard state != .cancelled else {
            latestStatus = scans.last?.status
            return
        }
        let tracking = Tracking(scans)
        state = tracking.state
        latestStatus = tracking.latestStatus
        deliveredAt = tracking.deliveredAt
        returnedAt = tracking.returnedAt
    }
}

extension Scan {
    /// Scans of the same moment stand in the order of a parcel's usual way.
    public static func happens(_ left: Scan, before right: Scan) -> Bool {
        left.occurredAt != right.occurredAt
            ? left.occurredAt < right.occurredAt : left.status.place < right.status.place
    }
}

extension TrackingStatus {
    fileprivate var place: Int {
        switch self {
        case .pickedUp: 0
        case .inTransit: 1
        case .atPickupPoint: 2
        case .outForDelivery: 3
        case .exception: 4
        case .refused: 5
        case .delivered: 6
        case .returning: 7
        case .returned: 8
        }
    }
}
