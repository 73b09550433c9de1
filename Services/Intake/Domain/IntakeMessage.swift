public import Contracts

/// Everything intake takes.
public indirect enum IntakeMessage: Sendable {
    case order(ChannelOrder)
    /// A platform's whole order at a moment.
    case snapshot(ChannelSnapshot)
    /// - Parameter sentAt: Counts when the payment does not say when it was made.
    case payment(ChannelPayment, sentAt: Instant)
    case cancel(ChannelOrderCancel)
    case received(ChannelOrderReceived)
    case visit(ChannelVisit)
    case stockReserved(StockReserved)
    case stockBackordered(StockBackordered)
    case stockRejected(StockRejected)
    case dispatched(ShipmentDispatched)
    case delivered(ShipmentDelivered)
    case returned(ShipmentReturned)
    case linesStopped(LinesStopped)
    case caseOpened(CaseOpened)
    case replacementRequested(CaseReplacementRequested)
    case caseApproved(CaseApproved)
    case caseRejected(CaseRejected)
    case caseEnded(OrderID, caseID: String)
    case caseRefunded(CaseRefunded)
    case refundSettled(RefundSettled)
    /// A platform has answered an update of ours.
    case updateAnswered(ChannelUpdateResult)
    case command(IntakeCommand)
    case reference(ReferenceRecord)
    case timer(IntakeTimer, OrderID)

    /// Reads a record; `nil` when intake does not take its type.
    public static func read(_ inbound: Inbound) throws(Fault) -> IntakeMessage? {
        if inbound.topic.kind == .reference {
            guard let record = try ReferenceRecord(inbound) else { return nil }
            return .reference(record)
        }
        guard let json = inbound.body else { throw Fault("is empty", field: "value") }
        let type = inbound.envelope.type
        switch inbound.topic.kind {
        case .inbound:
            if let native = NativeOrder(rawValue: type) { return .snapshot(try native.read(json, key: inbound.key)) }
            return try readInbound(type, json, sentAt: inbound.time)
        case .command:
            guard let command = try IntakeCommand.read(type, json) else { return nil }
            return .command(command)
        case .fact:
            if let message = try readLogisticsFact(type, json) { return message }
            return try readAfterSalesFact(type, json)
        case .reference, .operation: return nil
        }
    }

    /// Reads a timer that intake has set.
    public static func read(timer kind: String, key: String) throws(Fault) -> IntakeMessage {
        guard let timer = IntakeTimer(rawValue: kind) else { throw Fault("timer \(kind) is none of intake") }
        guard let orderID = OrderID(key) else { throw Fault("timer \(kind) is of no order") }
        return .timer(timer, orderID)
    }

    private static func readInbound(
        _ type: String, _ json: JSONObject, sentAt: Instant
    ) throws(Fault) -> IntakeMessage? {
        switch type {
        case ChannelOrder.type: .order(try ChannelOrder(json))
        case ChannelPayment.type: .payment(try ChannelPayment(json), sentAt: sentAt)
        case ChannelOrderCancel.type: .cancel(try ChannelOrderCancel(json))
        case ChannelOrderReceived.type: .received(try ChannelOrderReceived(json))
        case ChannelVisit.type: .visit(try ChannelVisit(json))
        case ChannelUpdateResult.type: .updateAnswered(try ChannelUpdateResult.ofOurs(json))
        default: nil
        }
    }

    private static func readLogisticsFact(_ type: String, _ json: JSONObject) throws(Fault) -> IntakeMessage? {
        switch type {
        case StockReserved.type: .stockReserved(try StockReserved(json))
        case StockBackordered.type: .stockBackordered(try StockBackordered(json))
        case StockRejected.type: .stockRejected(try StockRejected(json))
        case ShipmentDispatched.type: .dispatched(try ShipmentDispatched(json))
        case ShipmentDelivered.type: .delivered(try ShipmentDelivered(json))
        case ShipmentReturned.type: .returned(try ShipmentReturned(json))
        case LinesStopped.type: .linesStopped(try LinesStopped(json))
        default: nil
        }
    }

    private static func readAfterSalesFact(_ type: String, _ json: JSONObject) throws(Fault) -> IntakeMessage? {
        switch type {
        case CaseOpened.type: return .caseOpened(try CaseOpened(json))
        case CaseReplacementRequested.type: return .replacementRequested(try CaseReplacementRequested(json))
        case CaseApproved.type: return .caseApproved(try CaseApproved(json))
        case CaseRejected.type: return .caseRejected(try CaseRejected(json))
        case CaseWithdrawn.type:
            let fact = try CaseWithdrawn(json)
            return .caseEnded(fact.orderID, caseID: fact.caseID)
        case CaseClosed.type:
            let fact = try CaseClosed(json)
            return .caseEnded(fact.orderID, caseID: fact.caseID)
        case CaseRefunded.type: return .caseRefunded(try CaseRefunded(json))
        case RefundSettled.type: return .refundSettled(try RefundSettled(json))
        default: return nil
        }
    }
}

/// The timers intake sets; each is kept under its order's id.
public enum IntakeTimer: String, CaseIterable, Sendable {
    case paymentTimeout = "payment-timeout"
    case autoReceipt = "auto-receipt"
    case eraseBuyer = "erase-buyer"

    func set(_ orderID: OrderID, due: Instant) -> TimerChange { .set(kind: rawValue, key: orderID.text, due: due) }
    func cancel(_ orderID: OrderID) -> TimerChange { .cancel(kind: rawValue, key: orderID.text) }
}

extension ChannelUpdateResult {
    /// - Throws: `Fault` when the update it answers is none of an order of ours.
    static func ofOurs(_ json: JSONObject) throws(Fault) -> ChannelUpdateResult {
        let result = try ChannelUpdateResult(json)
        guard Key.order(ofUpdate: result.updateID) != nil else {
            throw Fault("\(result.updateID) does not begin with an order id of ours", field: "updateId")
        }
        return result
    }
}
