import CommissionDomain
import Contracts
import Postgres

/// Confirmed orders of somebody's in the order of their ids, with what the books hold for each.
///
/// Cancelled orders are not among them: nothing is left of their commission, by whatever plan.
struct PlacedSlice {
    struct Order {
        /// With the attribution it has now.
        let placed: OrderPlaced
        let refunds: [CaseRefunded]
        let booked: PlanSimulation.Totals
        /// What is left of the legs, by member.
        let earned: [String: Int64]
    }

    let orders: [Order]
    /// The classes of all SKUs in it, with their past.
    let items: [CatalogItem]
    let lastID: String

    /// - Returns: `nil` behind the last order.
    init?(after id: String, limit: Int32, _ connection: Connection) throws {
        let (placed, legs, pools, items) = try connection.transaction { transaction in
            try transaction.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            var place = Parameters()
            place.append(id)
            place.append(limit)
            let placed = try transaction.query(Self.placed, place)
            var ids = Parameters()
            ids.append(placed.map { $0.text(0) })
            let rows = try transaction.queries([(Self.legs, ids), (Self.pools, ids), (Self.items, ids)])
            return (placed, rows[0], rows[1], rows[2])
        }
        guard let last = placed.last else { return nil }
        lastID = last.text(0)
        var earned: [String: [String: Int64]] = [:]
        for row in legs { earned[row.text(0), default: [:]][row.text(1)] = row.int64(2) }
        var kept: [String: (companyShare: Int64, remainder: Int64)] = [:]
        for row in pools { kept[row.text(0)] = (row.int64(1), row.int64(2)) }
        orders = try placed.map { row in
            let earned = earned[row.text(0)] ?? [:]
            let kept = kept[row.text(0)] ?? (0, 0)
            let placed: OrderPlaced = try BookedOrderRows.read(row.text(1))
            return Order(
                placed: placed, refunds: Self.refunds(of: placed.orderID, try BookedOrderRows.read(row.text(2))),
                booked: PlanSimulation.Totals(
                    paidOut: earned.values.reduce(0, +), companyShare: kept.companyShare, remainder: kept.remainder),
                earned: earned)
        }
        self.items = items.map { row in
            CatalogItem(sku: row.text(0), commissionClass: row.textOrNil(2), effectiveFrom: row.instant(1))
        }
    }

    /// The refunds as they were told, in the order they came.
    private static func refunds(of orderID: OrderID, _ notes: AfterSalesNotes) -> [CaseRefunded] {
        var refunds: [CaseRefunded] = []
        for refund in notes.refunds {
            let former = refunds.last?.refundID == refund.refundID ? refunds.removeLast() : nil
            let line = RefundedLine(lineID: refund.lineID, quantity: 0, amount: refund.amount)
            refunds.append(
                CaseRefunded(
                    orderID: orderID, caseID: "simulated", refundID: refund.refundID,
                    amount: refund.amount + (former?.amount ?? 0), lines: (former?.lines ?? []) + [line], freight: 0))
        }
        return refunds
    }

    /// The trial decides by the attribution of the order as it was placed, so a changed one takes its place.
    private static let placed: StaticString = """
        SELECT order_id,
            CASE WHEN attribution_version = 0 THEN placed
                ELSE (placed::jsonb || jsonb_build_object('attribution', attribution))::json END,
            after_sales
        FROM commission.orders
        WHERE order_id > $1 AND state <> 'exempt' AND confirmed_at IS NOT NULL AND cancelled_at IS NULL
            AND attribution IS NOT NULL
        ORDER BY order_id LIMIT $2
        """

    private static let legs: StaticString = """
        SELECT order_id, member_id, sum(amount - reversed)::bigint FROM commission.legs
        WHERE order_id = ANY($1::text[]) GROUP BY 1, 2
        """

    private static let pools: StaticString = """
        SELECT order_id, sum(company_share - company_share_reversed)::bigint, sum(remainder - remainder_reversed)::bigint
        FROM commission.pools WHERE order_id = ANY($1::text[]) GROUP BY 1
        """

    private static let items: StaticString = """
        SELECT sku, effective_from, commission_class FROM commission.items WHERE sku IN (
            SELECT line ->> 'sku' FROM commission.orders, json_array_elements(placed -> 'lines') AS line
            WHERE order_id = ANY($1::text[]))
        """
}
