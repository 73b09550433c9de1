import Contracts

/// Somebody wants goods not to leave.
struct StopRequest: Equatable {
    let orderID: OrderID
    let asker: String
    let kind: Stop.Kind
    /// The pieces a case is about; the other kinds mean all.
    var lines: [LinePieces] = []
    /// The buyer has goods in hand and means those before others of the line that have not left.
    var meansGoodsThatLeft = false

    /// The one asker of the order's holds.
    static let hold = "hold"

    init(_ held: OrderHeld) {
        orderID = held.orderID
        asker = Self.hold
        kind = .hold
    }

    init(_ requested: OrderCancelRequested) {
        orderID = requested.orderID
        asker = requested.requestID
        kind = .cancel
    }

    init(_ opened: CaseOpened) {
        orderID = opened.orderID
        asker = opened.caseID
        kind = .case
        lines = opened.lines.map { LinePieces(lineID: $0.lineID, quantity: $0.quantity) }
        meansGoodsThatLeft = opened.kind != .refund
    }
}

/// Answers what stays and what had left already; what stays does so until the asker lets go.
///
/// - Source: DESIGN, "Fulfilment": `LinesStopped` is the one answer, decided under the order's lock.
func stopLines(_ request: StopRequest, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    guard let order = state.order(request.orderID) else { return .waits(forOrder: request.orderID) }
    guard order.stop(of: request.asker) == nil else { return .nothing }
    let stopped: [LinePieces]
    let left: [LinePieces]
    if request.kind == .case {
        (stopped, left) = order.divide(request)
    } else {
        stopped = order.list(order.open)
        left = order.listLeft()
    }
    let stop = Stop(asker: request.asker, kind: request.kind, lines: request.kind == .case ? stopped : [])
    return FulfilmentDecision(
        changes: [.order(order.orderID, .stopped(stop))],
        facts: [
            LinesStopped(orderID: order.orderID, requestID: request.asker, stopped: stopped, dispatched: left)
        ])
}

extension Order {
    /// Divides the pieces of a case into those that stay and those that have left.
    ///
    /// Pieces that another case has stopped are not stopped twice.
    fileprivate func divide(_ request: StopRequest) -> (stopped: [LinePieces], left: [LinePieces]) {
        var available = open
        for line in stops.flatMap(\.lines) { available[line.lineID, default: 0] -= line.quantity }
        let gone = left
        var stopped: Pieces = [:]
        var wantedLeft: Pieces = [:]
        for line in request.lines {
            let lineID = line.lineID
            let canStay = max(0, (available[lineID] ?? 0) - (stopped[lineID] ?? 0))
            let canHaveLeft = max(0, (gone[lineID] ?? 0) - (wantedLeft[lineID] ?? 0))
            let staying =
                request.meansGoodsThatLeft
                ? min(canStay, max(0, line.quantity - canHaveLeft)) : min(canStay, line.quantity)
            stopped[lineID, default: 0] += staying
            wantedLeft[lineID, default: 0] += min(canHaveLeft, line.quantity - staying)
        }
        return (list(stopped), listLeft(atMost: wantedLeft))
    }
}
