public import Contracts

/// Everything fulfilment is told.
public indirect enum FulfilmentMessage: Equatable, Sendable {
    case orderPlaced(OrderPlaced)
    case orderConfirmed(OrderConfirmed)
    case orderHeld(OrderHeld)
    case orderReleased(OrderReleased)
    case cancelRequested(OrderCancelRequested)
    case cancelRefused(OrderCancelRefused)
    case orderCancelled(OrderCancelled)
    case orderReinstated(OrderReinstated)
    case orderRevised(OrderRevised)
    case caseOpened(CaseOpened)
    case caseRefunded(CaseRefunded)
    /// Rejected, withdrawn or closed: it stops nothing any more.
    case caseEnded(OrderID, caseID: String)
    /// The replacement order sends other goods in place of these.
    case caseExchanged(OrderID, caseID: String)
    /// Of several parcels only where an aggregator tells of them at once.
    case tracked([TrackingReport])
    case command(FulfilmentCommand)
    case item(CatalogItem)
    case warehouse(CatalogWarehouse)
    case carrier(CatalogCarrier, recordedAt: Instant)
    /// The catalogue has a carrier no more.
    case carrierEnded(String, at: Instant)
    case dispatchDue(OrderID)
    /// A parcel should have arrived by now.
    case deliveryDue(OrderID, shipmentID: String)
    /// The platform wants the order to leave soon.
    case shipByNear(OrderID)
    /// A label provider was asked, and this is what came of it.
    case labelAnswered(OrderID, LabelAnswer)
    /// Inventory has answered whether stock is set aside elsewhere.
    case stockMoved(StockReallocated)
    case parties(SealedParties)
    case buyerKey(SealedKey)
    /// Known and of no consequence here.
    case ignored

    /// Reads a record; `nil` for a type that fulfilment does not take.
    ///
    /// - Parameter keepsParties: Somebody here calls providers and needs them.
    public static func read(_ inbound: Inbound, keepsParties: Bool) throws(Fault) -> FulfilmentMessage? {
        switch inbound.topic {
        case .intakeParties: return keepsParties ? try read(parties: inbound) : .ignored
        case .intakeBuyerKeys: return keepsParties ? try read(buyerKey: inbound) : .ignored
        default: break
        }
        guard let body = inbound.body else {
            if inbound.topic == .catalogCarriers { return .carrierEnded(inbound.key, at: inbound.time) }
            // Goods of an item or warehouse that is given up still weigh what they weigh and lie where they lie.
            guard inbound.topic.kind != .reference else { return .ignored }
            throw Fault("has no value")
        }
        switch inbound.topic {
        case .intakeOrders: return try read(order: inbound.envelope.type, body)
        case .afterSalesCases: return try read(case: inbound.envelope.type, body)
        case .inventoryStock:
            guard inbound.envelope.type == StockReallocated.type else { return nil }
            return .stockMoved(try StockReallocated(body))
        default: break
        }
        switch inbound.envelope.type {
        case CarrierScan.type: return .tracked([TrackingReport(try CarrierScan(body))])
        case Kuaidi100Push.type: return try Kuaidi100Push.read(body).map { .tracked([$0]) } ?? .ignored
        case KDNiaoPush.type: return .tracked(try KDNiaoPush.read(body))
        case CatalogItem.type: return .item(try CatalogItem(body))
        case CatalogWarehouse.type: return .warehouse(try CatalogWarehouse(body))
        case CatalogCarrier.type: return .carrier(try CatalogCarrier(body), recordedAt: inbound.time)
        default: return try FulfilmentCommand.read(inbound.envelope.type, body).map { .command($0) }
        }
    }

    /// - Parameter kind: Of a timer that fulfilment has set.
    public static func read(timer kind: String, key: String) throws(Fault) -> FulfilmentMessage {
        guard let timer = FulfilmentTimer(rawValue: kind), let orderID = OrderID(ofPart: key) else {
            throw Fault("timer \(kind)/\(key) is unknown")
        }
        switch timer {
        case .autoDispatch: return .dispatchDue(orderID)
        case .delivery: return .deliveryDue(orderID, shipmentID: key)
        case .shipBy: return .shipByNear(orderID)
        case .labelAnswer:
            guard let answer = LabelAnswer(key: key) else { throw Fault("timer \(kind)/\(key) is no answer") }
            return .labelAnswered(orderID, answer)
        }
    }

    private static func read(order type: String, _ body: JSONObject) throws(Fault) -> FulfilmentMessage? {
        switch type {
        case OrderPlaced.type: .orderPlaced(try OrderPlaced(body))
        case OrderConfirmed.type: .orderConfirmed(try OrderConfirmed(body))
        case OrderHeld.type: .orderHeld(try OrderHeld(body))
        case OrderReleased.type: .orderReleased(try OrderReleased(body))
        case OrderCancelRequested.type: .cancelRequested(try OrderCancelRequested(body))
        case OrderCancelRefused.type: .cancelRefused(try OrderCancelRefused(body))
        case OrderCancelled.type: .orderCancelled(try OrderCancelled(body))
        case OrderReinstated.type: .orderReinstated(try OrderReinstated(body))
        case OrderRevised.type: .orderRevised(try OrderRevised(body))
        default: nil
        }
    }

    private static func read(case type: String, _ body: JSONObject) throws(Fault) -> FulfilmentMessage? {
        switch type {
        case CaseOpened.type: return .caseOpened(try CaseOpened(body))
        case CaseRefunded.type: return .caseRefunded(try CaseRefunded(body))
        case CaseExchanged.type:
            let exchanged = try CaseExchanged(body)
            return .caseExchanged(exchanged.orderID, caseID: exchanged.caseID)
        case CaseRejected.type:
            let rejected = try CaseRejected(body)
            return .caseEnded(rejected.orderID, caseID: rejected.caseID)
        case CaseWithdrawn.type:
            let withdrawn = try CaseWithdrawn(body)
            return .caseEnded(withdrawn.orderID, caseID: withdrawn.caseID)
        case CaseClosed.type:
            let closed = try CaseClosed(body)
            return .caseEnded(closed.orderID, caseID: closed.caseID)
        default: return nil
        }
    }
}

/// The timers fulfilment sets; the words are stored.
public enum FulfilmentTimer: String, CaseIterable, Sendable {
    /// Lets an order's shipments go by themselves; its key is the order's id.
    case autoDispatch = "auto-dispatch"
    /// The promised time of a parcel; its key is the shipment's id.
    case delivery
    /// Half a day before the platform's deadline; its key is the order's id.
    case shipBy = "ship-by"
    /// What a label provider answered; its key holds the answer.
    case labelAnswer = "label-answer"

    func set(_ key: String, due: Instant) -> TimerChange { .set(kind: rawValue, key: key, due: due) }
    func cancel(_ key: String) -> TimerChange { .cancel(kind: rawValue, key: key) }
}
