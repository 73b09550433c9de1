public import Contracts

/// What this service takes, timers included.
public indirect enum CommissionMessage: Sendable {
    case placed(OrderPlaced)
    case confirmed(OrderConfirmed)
    case reinstated(OrderReinstated)
    case revised(OrderRevised)
    case cancelled(OrderCancelled)
    case completed(OrderCompleted)
    case attributionChanged(OrderAttributionChanged)
    case caseOpened(orderID: OrderID, caseID: String)
    /// Rejected, withdrawn or closed.
    case caseEnded(orderID: OrderID, caseID: String)
    case caseRefunded(CaseRefunded)
    case maturityDue(OrderID)
    case plan(DistributionPlan, recordedAt: Instant)
    case planEnded(planID: String, at: Instant)
    case item(CatalogItem, recordedAt: Instant)
    case member(DistributionMember, recordedAt: Instant)
    case memberEnded(memberID: String, at: Instant)
    case command(CommissionCommand)
    case payoutResult(PayoutResult)
    case suspicion(Suspicion)
    case settlementDue(SettlementName)
    /// Somebody else's answer on a topic that services share, or the end of an item: past orders keep its class.
    case ignored
}

extension CommissionMessage {
    /// Reads a record; `nil` for a type this service does not take.
    public static func read(_ inbound: Inbound) throws(Fault) -> CommissionMessage? {
        switch inbound.topic {
        case .intakeOrders: try ofOrder(inbound)
        case .afterSalesCases: try ofCase(inbound)
        case .distributionPlans, .distributionMembers, .catalogItems: try ofReference(inbound)
        case .paymentResults:
            switch inbound.envelope.type {
            case PayoutResult.type: .payoutResult(try PayoutResult(body(inbound)))
            // The business of after-sales.
            case RefundResult.type: .ignored
            default: nil
            }
        case .commands(of: "commission"):
            try CommissionCommand.read(inbound.envelope.type, body(inbound)).map { .command($0) }
        default: nil
        }
    }

    /// Reads a timer that this service has set itself.
    public static func read(_ timerKind: String, _ key: String) throws(Fault) -> CommissionMessage {
        switch timerKind {
        case MaturityTimer.kind: if let orderID = OrderID(key) { return .maturityDue(orderID) }
        case SettlementName.timerKind: if let name = SettlementName(key) { return .settlementDue(name) }
        case Suspicion.timerKind: return .suspicion(try Suspicion(JSONDocument.object(Array(key.utf8))))
        default: break
        }
        throw Fault("timer \(timerKind) of \(key) is none of this service")
    }

    private static func ofOrder(_ inbound: Inbound) throws(Fault) -> CommissionMessage? {
        switch inbound.envelope.type {
        case OrderPlaced.type: .placed(try OrderPlaced(body(inbound)))
        case OrderConfirmed.type: .confirmed(try OrderConfirmed(body(inbound)))
        case OrderReinstated.type: .reinstated(try OrderReinstated(body(inbound)))
        case OrderRevised.type: .revised(try OrderRevised(body(inbound)))
        case OrderCancelled.type: .cancelled(try OrderCancelled(body(inbound)))
        case OrderCompleted.type: .completed(try OrderCompleted(body(inbound)))
        case OrderAttributionChanged.type: .attributionChanged(try OrderAttributionChanged(body(inbound)))
        default: nil
        }
    }

    private static func ofCase(_ inbound: Inbound) throws(Fault) -> CommissionMessage? {
        switch inbound.envelope.type {
        case CaseOpened.type:
            let opened = try CaseOpened(body(inbound))
            return .caseOpened(orderID: opened.orderID, caseID: opened.caseID)
        case CaseRejected.type:
            let rejected = try CaseRejected(body(inbound))
            return .caseEnded(orderID: rejected.orderID, caseID: rejected.caseID)
        case CaseWithdrawn.type:
            let withdrawn = try CaseWithdrawn(body(inbound))
            return .caseEnded(orderID: withdrawn.orderID, caseID: withdrawn.caseID)
        case CaseClosed.type:
            let closed = try CaseClosed(body(inbound))
            return .caseEnded(orderID: closed.orderID, caseID: closed.caseID)
        case CaseRefunded.type: return .caseRefunded(try CaseRefunded(body(inbound)))
        default: return nil
        }
    }

    /// A record without a value ends what its key names.
    private static func ofReference(_ inbound: Inbound) throws(Fault) -> CommissionMessage? {
        guard let body = inbound.body else {
            switch inbound.topic {
            case .distributionPlans: return .planEnded(planID: inbound.key, at: inbound.time)
            case .distributionMembers: return .memberEnded(memberID: inbound.key, at: inbound.time)
            default: return .ignored
            }
        }
        switch inbound.envelope.type {
        case DistributionPlan.type: return .plan(try DistributionPlan(body), recordedAt: inbound.time)
        case DistributionMember.type: return .member(try DistributionMember(body), recordedAt: inbound.time)
        case CatalogItem.type: return .item(try CatalogItem(body), recordedAt: inbound.time)
        default: return nil
        }
    }

    private static func body(_ inbound: Inbound) throws(Fault) -> JSONObject {
        guard let body = inbound.body else { throw Fault("is missing", field: "value") }
        return body
    }
}
