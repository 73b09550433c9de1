import CommissionDomain
import Contracts
import Postgres

/// Confirmed orders that pay, or may, in the order of their ids, with what the books hold for each.
///
/// Cancelled orders are not among them: nothing is left of their commission, by whatever plan.
struct PlacedSlice {
    let orders: [PlanComparison.Order]
    /// The classes of all SKUs in it, with their past.
    let items: [CatalogItem]
    /// Buyers who are distributors, and those above, with their past.
    let members: [DistributionMember]
    let lastID: String

    /// - Parameter isShifting: Orders of nobody's count when a distributor bought.
    /// - Returns: `nil` behind the last order.
    init?(after id: String, limit: Int32, isShifting: Bool, _ connection: Connection) throws {
        let (placed, legs, pools, items, members) = try connection.transaction { transaction in
            try transaction.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            var place = Parameters()
            place.append(id)
            place.append(limit)
            place.append(isShifting)
            let placed = try transaction.query(Self.placed, place)
            var ids = Parameters()
            ids.append(placed.map { $0.text(0) })
            let rows = try transaction.queries([(Self.legs, ids), (Self.pools, ids), (Self.items, ids)])
            let members = isShifting ? try transaction.query(Self.members, ids).map { $0.text(0) } : []
            return (placed, rows[0], rows[1], rows[2], members)
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
            return PlanComparison.Order(
                placed: placed, refunds: Self.refunds(of: placed.orderID, try BookedOrderRows.read(row.text(2))),
                companyShare: kept.companyShare, remainder: kept.remainder, earned: earned)
        }
        self.items = items.map { row in
            CatalogItem(sku: row.text(0), commissionClass: row.textOrNil(2), effectiveFrom: row.instant(1))
        }
        self.members = try members.map { try BookedOrderRows.read($0) }
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
            AND (attribution IS NOT NULL OR own_chain IS NOT NULL OR $3 AND EXISTS (
                SELECT FROM commission.members AS m WHERE (m.record -> 'buyers')::jsonb ? (placed ->> 'buyerId')))
        ORDER BY order_id LIMIT $2
        """

    /// A record without a date of its own gets the one it is kept under.
    private static let members: StaticString = """
        WITH RECURSIVE above AS (
            SELECT m.member_id FROM commission.orders AS o
            JOIN commission.members AS m ON (m.record -> 'buyers')::jsonb ? (o.placed ->> 'buyerId')
            WHERE o.order_id = ANY($1::text[])
            UNION
            SELECT m.record ->> 'parentId' FROM above AS a JOIN commission.members AS m USING (member_id)
            WHERE m.record ->> 'parentId' IS NOT NULL)
        SELECT (m.record::jsonb || jsonb_build_object('effectiveFrom',
            to_char(m.effective_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::text
        FROM above AS a JOIN commission.members AS m USING (member_id) ORDER BY m.member_id, m.effective_from
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
