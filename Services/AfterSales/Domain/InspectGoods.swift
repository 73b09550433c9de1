import Contracts

/// A warehouse has looked at what came back: the pieces it found are paid back.
///
/// Goods that come after their money went back are only reported, so that stock takes them in.
/// - Throws: `Fault` when the case is unknown, not approved, or about fewer pieces.
func inspectGoods(
    _ inspection: WarehouseInspection, of orderID: OrderID, given state: State<AfterSalesAggregate>, at now: Instant
) throws(Fault) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(orderID)), let inspected = account.findCase(inspection.caseID) else {
        throw Fault("\(inspection.caseID) is no case of ours", field: "caseId")
    }
    guard !inspected.isInspected else { return .nothing }
    guard account.takesGoods(of: inspected) else {
        throw Fault("case is \(inspected.state.rawValue) and takes no goods", field: "caseId")
    }
    var draft = OrderDraft(account, at: now)
    try draft.inspect(inspected, inspection)
    return draft.decision
}

extension OrderAccount {
    /// Goods of this case may arrive.
    func takesGoods(of expected: AfterSalesCase) -> Bool {
        guard expected.kind.bringsGoodsBack else { return false }
        switch expected.state {
        case .approved, .goodsInTransit, .received, .refunding: return true
        case .closed: return expected.outcome == .refunded || expected.outcome == .exchanged
        case .requested: return followsPlatform
        case .inspected, .rejected, .withdrawn: return false
        }
    }
}

extension OrderDraft {
    /// - Throws: `Fault` when pieces are listed that the case is not about.
    mutating func inspect(_ returned: AfterSalesCase, _ inspection: WarehouseInspection) throws(Fault) {
        let lines = try returned.inspectedLines(inspection)
        if returned.state != .received {
            tell(
                CaseGoodsReceived(
                    orderID: orderID, caseID: returned.caseID, warehouse: inspection.warehouse,
                    lines: lines.map { LineQuantity(lineID: $0.lineID, sku: $0.sku, quantity: $0.quantity) },
                    receivedAt: inspection.inspectedAt))
        }
        tell(
            CaseInspected(
                orderID: orderID, caseID: returned.caseID, warehouse: inspection.warehouse, lines: lines,
                inspectedAt: inspection.inspectedAt))
        var inspected = returned
        inspected.isInspected = true
        guard !returned.isCommitted, !account.followsPlatform else { return move(inspected) }
        for index in inspected.items.indices {
            let lineID = inspected.items[index].lineID
            inspected.items[index].quantity = lines.reduce(0) { $0 + ($1.lineID == lineID ? $1.quantity : 0) }
        }
        if lines.contains(where: { $0.liability == .buyer }) {
            // What the buyer has spoilt is for a person to weigh; nobody doing so, the clock pays it back.
            inspected.state = .inspected
            return move(inspected)
        }
        inspected.bearReturnFreight(of: lines)
        settle(inspected, because: "returned")
    }
}

extension AfterSalesCase {
    /// Whoever is at fault but the buyer pays the way back, as far as it is usual; people may have settled it before.
    fileprivate mutating func bearReturnFreight(of lines: [InspectedLine]) {
        guard kind == .return, returnFreight == 0, freightClaim <= AfterSalesPolicy.mostReturnFreight,
            lines.allSatisfy({ $0.liability != nil })
        else { return }
        returnFreight = freightClaim
    }

    fileprivate func inspectedLines(_ inspection: WarehouseInspection) throws(Fault) -> [InspectedLine] {
        guard !inspection.lines.isEmpty else { throw Fault("lists no pieces", field: "lines") }
        var left = Dictionary(items.map { ($0.lineID, $0.quantity) }) { first, _ in first }
        var lines: [InspectedLine] = []
        for (index, line) in inspection.lines.enumerated() {
            guard let item = items.first(where: { $0.lineID == line.lineID }) else {
                throw Fault("\(line.lineID) is no line of the case", field: "lines[\(index)].lineId")
            }
            left[line.lineID, default: 0] -= line.quantity
            guard left[line.lineID, default: 0] >= 0 else {
                throw Fault("\(line.quantity) is more than the case is about", field: "lines[\(index)].quantity")
            }
            lines.append(
                InspectedLine(
                    lineID: line.lineID, sku: item.sku, quantity: line.quantity,
                    outcome: InspectionOutcome(rawValue: line.outcome.rawValue) ?? .scrap,
                    liability: line.liability))
        }
        return lines
    }
}
