public import Contracts

/// An outside call: a provider is asked for the electronic waybill of a shipment, and perhaps to take it back.
///
/// It is written with the decision that wants it; whoever makes the call brings its answer back as a message.
/// - Source: DESIGN section 2, "Outside calls".
public struct LabelCall: Equatable, Sendable {
    /// `orderId-S1-L1`: by it the provider knows a call that comes again.
    public let callID: String
    public let shipmentID: String
    public let carrier: String
    public let wantedAt: Instant
    /// A command to dispatch asked for it: the shipment leaves when it has its number.
    public var leavesAtOnce: Bool
    public var waybill: String?
    public var state: State

    public enum State: String, CaseIterable, Sendable {
        case wanted, given, refused
        /// Nobody needs the number any more.
        case voiding
        case voided
        /// The provider would not take it back.
        case kept
    }

    public init(
        callID: String, shipmentID: String, carrier: String, wantedAt: Instant, leavesAtOnce: Bool = false,
        waybill: String? = nil, state: State = .wanted
    ) {
        self.callID = callID
        self.shipmentID = shipmentID
        self.carrier = carrier
        self.wantedAt = wantedAt
        self.leavesAtOnce = leavesAtOnce
        self.waybill = waybill
        self.state = state
    }
}

/// What a provider said to a call.
///
/// - Shape: as the key of a timer, `orderId-S1-L1 given SF1234567890123`: a timer is what a lane takes from beside it,
///   and the journal keeps its key, so that a replay knows the answer without asking.
public struct LabelAnswer: Equatable, Sendable {
    public enum Outcome: Equatable, Sendable {
        case given(waybill: String)
        case refused(reason: String)
        case voided
        case kept(reason: String)

        /// Why the provider did not do what was asked.
        public var reason: String? {
            switch self {
            case .refused(let reason), .kept(let reason): reason
            case .given, .voided: nil
            }
        }
    }

    private static let maximumReason = 300

    public let callID: String
    public let outcome: Outcome

    public init(callID: String, outcome: Outcome) {
        self.callID = callID
        self.outcome = outcome
    }

    /// The message for the lanes.
    public func timer(due: Instant) -> TimerChange { FulfilmentTimer.labelAnswer.set(key, due: due) }

    private var key: String {
        switch outcome {
        case .given(let waybill): "\(callID) given \(waybill)"
        case .refused(let reason): "\(callID) refused \(reason.prefix(Self.maximumReason))"
        case .voided: "\(callID) voided"
        case .kept(let reason): "\(callID) kept \(reason.prefix(Self.maximumReason))"
        }
    }

    init?(key: String) {
        let parts = key.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2 else { return nil }
        let text = parts.count > 2 ? parts[2] : ""
        callID = parts[0]
        switch parts[1] {
        case "given": outcome = .given(waybill: text)
        case "refused": outcome = .refused(reason: text)
        case "voided": outcome = .voided
        case "kept": outcome = .kept(reason: text)
        default: return nil
        }
    }
}

extension Label {
    /// The label of a shipment whose number is still to come; until then the call's id stands in its place.
    static func awaited(_ callID: String, carrier: String, promiseDays: Int64?) -> Label {
        Label(carrier: carrier, waybill: callID, promiseDays: promiseDays, callID: callID)
    }
}

extension Shipment {
    /// Its number has been asked for and is not there yet.
    public var awaitsLabel: Bool { state == .planned && label.callID != nil }
}

extension Order {
    public func call(_ callID: String) -> LabelCall? { calls.first { $0.callID == callID } }

    /// Whether a number that was asked for is on a parcel, or will be.
    fileprivate func uses(_ call: LabelCall) -> Bool {
        // What travels with a cancelled shipment still travels under its number.
        shipments.contains {
            $0.label.callID == call.callID && ($0.state != .cancelled || !$0.companions.isEmpty)
        }
    }
}

extension Draft {
    /// Asks a provider for a shipment's number, once.
    mutating func askForLabel(
        of shipment: Shipment, by carrier: String, promiseDays: Int64?, leavesAtOnce: Bool = false
    ) {
        if var call = shipment.label.callID.flatMap(order.call), call.state == .wanted, call.carrier == carrier {
            call.leavesAtOnce = call.leavesAtOnce || leavesAtOnce
            return change(.called(call))
        }
        let number = order.calls.count { $0.shipmentID == shipment.shipmentID } + 1
        var shipment = shipment
        shipment.label = .awaited("\(shipment.shipmentID)-L\(number)", carrier: carrier, promiseDays: promiseDays)
        shipment.state = .planned
        change(.shipments([shipment]))
        makeCalls(leavesAtOnce: leavesAtOnce)
        dropIdleTimer()
    }

    /// Puts down the calls of shipments that wait for a number without one.
    mutating func makeCalls(leavesAtOnce: Bool = false) {
        for shipment in order.shipments where shipment.awaitsLabel {
            guard let callID = shipment.label.callID, order.call(callID) == nil else { continue }
            change(
                .called(
                    LabelCall(
                        callID: callID, shipmentID: shipment.shipmentID, carrier: shipment.label.carrier, wantedAt: now,
                        leavesAtOnce: leavesAtOnce)))
        }
    }

    /// What nobody uses any more goes back to the provider, whatever made it useless.
    mutating func recallUnusedLabels() {
        let unused = order.calls.first { [.wanted, .given].contains($0.state) && !order.uses($0) }
        guard var call = unused else { return }
        call.state = .voiding
        // Which looks for the next one.
        change(.called(call))
    }
}
