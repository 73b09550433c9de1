import ConsoleDomain
import Contracts
import Postgres

/// The clocks of cases as SQL: by their rule, unless somebody has put one off or lets it stand still.
///
/// Shape: all of it speaks of a row of `cases` called `c`.
enum CaseClockRows {
    /// When a case's clock runs out; null while none runs.
    ///
    /// - Source: DESIGN section 4, "After-sales": 2 days to decide on a return, 7 for the buyer to send the goods, paid back
    ///   10 days after that or 7 after they came.
    static let due: SQL = """
        CASE WHEN c.ended_at IS NOT NULL OR c.clock_rest IS NOT NULL OR \(isPlatforms) THEN NULL
            WHEN c.clock_due IS NOT NULL THEN c.clock_due
            WHEN c.kind NOT IN ('return', 'exchange') THEN NULL
            WHEN c.state = 'requested' THEN c.opened_at + interval '48 hours'
            WHEN c.state = 'approved' THEN c.approved_at + interval '168 hours'
            WHEN c.state = 'goods-in-transit' THEN c.goods_shipped_at + interval '240 hours'
            WHEN c.state = 'received'
            THEN LEAST(c.goods_shipped_at + interval '240 hours', c.received_at + interval '168 hours')
            WHEN c.state = 'inspected'
            THEN LEAST(
                c.goods_shipped_at + interval '240 hours',
                COALESCE(c.inspected_at, c.received_at) + interval '168 hours')
        END
        """

    /// By which cases wait: those that need somebody since they were opened, and last those whose clock stands still.
    static let urgency: SQL = """
        CASE WHEN c.clock_rest IS NOT NULL THEN c.opened_at + interval '1000 years'
            ELSE COALESCE(\(due), c.opened_at) END
        """

    /// Whether the channel's platform decides; the channels are looked up once.
    private static let isPlatforms: SQL = """
        COALESCE((SELECT p.channel FROM orders p WHERE p.order_id = c.order_id) = ANY (ARRAY(
            SELECT r.key FROM current_records r WHERE r.topic = 'catalog.channels.v1'
                AND 'platform' IN (r.body ->> 'afterSales', r.body ->> 'money'))), FALSE)
        """

    static let columns: SQL = """
        c.kind, c.state, \(isPlatforms), \(due), c.clock_rest, c.clock_reason, c.clock_by
        """

    static func deadline(_ row: Row, _ first: Int) -> CaseDeadline? {
        guard let kind = row.textOrNil(first).flatMap(CaseKind.init(rawValue:)),
            let stage = row.textOrNil(first + 1).flatMap(CaseStage.init(rawValue:)),
            let act = CaseDeadline.act(on: kind, stage, isPlatforms: row.bool(first + 2))
        else { return nil }
        return CaseDeadline(
            act: act, due: row.instantOrNil(first + 3), rest: row.int64OrNil(first + 4),
            reason: row.textOrNil(first + 5), by: row.textOrNil(first + 6))
    }
}
