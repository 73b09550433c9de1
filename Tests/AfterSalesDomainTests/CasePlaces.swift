import Contracts
import Support

@testable import AfterSalesDomain

/// Where a case can rest.
enum Place: String, CaseIterable, Sendable {
    case requestedRefund, partlyShippedRefund, requestedReturn, approvedReturn, goodsInTransit, received
    case refunding, refundFailed, refunded, expired, rejected, withdrawn

    /// A paid order of one piece for 100.00 whose only case rests here.
    var state: State<AfterSalesAggregate> {
        var account = OrderAccount(placed: .sample(), followsPlatform: false)
        account.isPaid = true
        account.payments = [ReceivedPayment(paymentID: "P-1", amount: 10_000)]
        account.cases = [restingCase]
        if let refund { account.refunds = [refund] }
        var state = State<AfterSalesAggregate>()
        state.load(.channel(account.placed.channel), nil)
        if let buyerID = account.placed.buyerID { state.load(.buyer(buyerID), nil) }
        let key = Key.order(.sample)
        state.load(key, .order(account))
        for alias in AfterSalesAggregate.order(account).aliases { state.alias(alias, of: key) }
        return state
    }

    private var restingCase: AfterSalesCase {
        let (caseState, outcome): (CaseState, CaseOutcome?) =
            switch self {
            case .requestedRefund, .partlyShippedRefund, .requestedReturn: (.requested, nil)
            case .approvedReturn: (.approved, nil)
            case .goodsInTransit: (.goodsInTransit, nil)
            case .received: (.received, nil)
            case .refunding, .refundFailed: (.refunding, nil)
            case .refunded: (.closed, .refunded)
            case .expired: (.closed, .expired)
            case .rejected: (.rejected, .rejected)
            case .withdrawn: (.withdrawn, .withdrawn)
            }
        let isRefund = self == .requestedRefund || self == .partlyShippedRefund
        let item = CaseItem(lineID: "1", sku: "SKU-1", quantity: 1, refund: refund == nil ? 0 : 10_000)
        return AfterSalesCase(
            caseID: "\(OrderID.sample)-A1", externalCaseID: "AS-1", kind: isRefund ? .refund : .return,
            reason: "damaged", state: caseState, outcome: outcome, items: [item], amount: 10_000,
            stop: self == .partlyShippedRefund ? .dispatched : .awaited)
    }

    private var refund: Refund? {
        let state: RefundState? =
            switch self {
            case .refunding: .due
            case .refundFailed: .failed
            case .refunded: .settled
            default: nil
            }
        return state.map {
            Refund(
                refundID: "\(OrderID.sample)-R1", caseID: "\(OrderID.sample)-A1", paymentID: "P-1", amount: 10_000,
                reason: "returned", state: $0)
        }
    }
}

/// What can happen to a case.
enum Event: String, CaseIterable, Sendable {
    case requestedAgain, stayed, left, shipped, withdrawn, inspected, refundSucceeded, refundFailed
    case orderCancelled, platformRefunded, approvalDue, shipBackDue, refundReturnDue
    case approve, reject, receive, inspect, close, extend

    /// The short names of what is told, with the answer to a command last; `fault` for a dead letter.
    func outcome(in state: State<AfterSalesAggregate>) -> String {
        do throws(Fault) {
            let decision = try message.decide(given: state, at: .sample)
            return decision.facts.map { fact in
                if let answer = fact as? CommandAnswered { return answer.outcome.rawValue }
                return String(describing: type(of: fact))
            }.joined(separator: " ")
        } catch {
            return "fault"
        }
    }

    var message: AfterSalesMessage {
        let caseID = "\(OrderID.sample)-A1"
        let pieces = [LinePieces(lineID: "1", quantity: 1)]
        switch self {
        case .requestedAgain: return .requested(.sample())
        case .stayed:
            return .stopped(LinesStopped(orderID: .sample, requestID: caseID, stopped: pieces, dispatched: []))
        case .left:
            return .stopped(LinesStopped(orderID: .sample, requestID: caseID, stopped: [], dispatched: pieces))
        case .shipped:
            return .goodsShipped(
                AfterSalesShipped(
                    channel: "wechat-mini", externalOrderID: "WX-1001", externalCaseID: "AS-1", carrier: "sf",
                    waybill: "SF1", shippedAt: .sample))
        case .withdrawn:
            return .withdrawn(
                AfterSalesWithdrawn(
                    channel: "wechat-mini", externalOrderID: "WX-1001", externalCaseID: "AS-1", withdrawnAt: .sample))
        case .inspected:
            let line = WarehouseInspection.Line(lineID: "1", quantity: 1, outcome: .restock)
            return .inspected(
                .sample,
                WarehouseInspection(caseID: caseID, warehouse: "hangzhou", lines: [line], inspectedAt: .sample))
        case .refundSucceeded: return Self.answer(.succeeded)
        case .refundFailed: return Self.answer(.failed)
        case .orderCancelled:
            return .cancelled(
                OrderCancelled(orderID: .sample, reason: .buyer, cancelledAt: .sample, refundDue: 10_000))
        case .platformRefunded:
            return .platformDecided(
                AfterSalesResult(
                    channel: "wechat-mini", externalOrderID: "WX-1001", externalCaseID: "AS-1", status: .refunded,
                    at: .sample))
        case .approvalDue: return .due(.approve, .sample, caseID: caseID)
        case .shipBackDue: return .due(.shipBack, .sample, caseID: caseID)
        case .refundReturnDue: return .due(.refundReturn, .sample, caseID: caseID)
        case .approve, .reject, .receive, .inspect, .close, .extend: return .commanded(command(caseID))
        }
    }

    private static func answer(_ status: RefundResult.Status) -> AfterSalesMessage {
        .refundAnswered(.sample, RefundResult(refundID: "\(OrderID.sample)-R1", status: status, at: .sample))
    }

    private func command(_ caseID: String) -> CaseCommand {
        let head = CommandHead(commandID: "C-1", actor: "anna", reason: "asked", issuedAt: .sample)
        switch self {
        case .approve: return .approve(ApproveCase(head: head, orderID: .sample, caseID: caseID))
        case .reject: return .reject(RejectCase(head: head, orderID: .sample, caseID: caseID))
        case .receive:
            return .receive(
                ReceiveGoods(head: head, orderID: .sample, caseID: caseID, warehouse: "hangzhou", lines: []))
        case .inspect:
            let line = InspectionLine(lineID: "1", quantity: 1, outcome: .restock)
            return .inspect(
                InspectGoods(head: head, orderID: .sample, caseID: caseID, warehouse: "hangzhou", lines: [line]))
        case .close: return .close(CloseCase(head: head, orderID: .sample, caseID: caseID))
        default: return .extend(ExtendCase(head: head, orderID: .sample, caseID: caseID, days: 3))
        }
    }
}
