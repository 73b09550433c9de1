import ConsoleDomain
import Contracts
import Postgres

/// The table `cases`.
enum CaseRows {
    static func save(_ patches: [CasePatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.caseID))
        parameters.append(patches.map(\.orderID.text))
        parameters.append(patches.map(\.opened?.externalCaseID))
        parameters.append(patches.map(\.opened?.kind.rawValue))
        parameters.append(patches.map(\.opened?.reason))
        parameters.append(
            patches.map { patch in
                (patch.lines ?? patch.opened?.lines).map { "[\($0.map(\.column).joined(separator: ","))]" }
            })
        parameters.append(patches.map { $0.amount ?? $0.opened?.amount })
        parameters.append(patches.map(\.opened?.preview.column))
        parameters.append(patches.map(\.state?.rawValue))
        parameters.append(patches.map(\.outcome))
        parameters.append(patches.map(\.decidedBy))
        parameters.append(patches.map(\.rule))
        parameters.append(patches.map(\.refunded))
        parameters.append(patches.map(\.carrier))
        parameters.append(patches.map(\.waybill))
        parameters.append(patches.map { $0.replacementOrderID?.text })
        parameters.appendTimestamps(patches.map { $0.openedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.approvedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.goodsShippedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.receivedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.inspectedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.endedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.clock?.dueAt?.milliseconds })
        parameters.append(patches.map(\.clock?.restMilliseconds))
        parameters.append(patches.map(\.clock?.reason))
        parameters.append(patches.map(\.clock?.by))
        parameters.appendTimestamps(patches.map { $0.clock?.changedAt.milliseconds })
        try transaction.run(statement, parameters)
    }

    private static let statement: StaticString = """
        INSERT INTO cases AS c (case_id, order_id, external_case_id, kind, reason, lines, amount, preview, state,
            outcome, decided_by, rule, refunded, carrier, waybill, replacement_order_id, opened_at, approved_at,
            goods_shipped_at, received_at, inspected_at, ended_at, clock_due, clock_rest, clock_reason, clock_by,
            clock_changed_at)
        SELECT n.case_id, n.order_id, n.external_case_id, n.kind, n.reason, n.lines::json, n.amount, n.preview::json,
            n.state, n.outcome, n.decided_by, n.rule, n.refunded, n.carrier, n.waybill, n.replacement_order_id,
            n.opened_at, n.approved_at, n.goods_shipped_at, n.received_at, n.inspected_at, n.ended_at,
            n.clock_due, n.clock_rest, n.clock_reason, n.clock_by, n.clock_changed_at
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::text[],
            $9::text[], $10::text[], $11::text[], $12::text[], $13::int8[], $14::text[], $15::text[], $16::text[],
            $17::timestamptz[], $18::timestamptz[], $19::timestamptz[], $20::timestamptz[], $21::timestamptz[],
            $22::timestamptz[], $23::timestamptz[], $24::int8[], $25::text[], $26::text[], $27::timestamptz[])
            AS n(case_id, order_id, external_case_id, kind, reason, lines, amount, preview, state, outcome, decided_by,
                rule, refunded, carrier, waybill, replacement_order_id, opened_at, approved_at, goods_shipped_at,
                received_at, inspected_at, ended_at, clock_due, clock_rest, clock_reason, clock_by, clock_changed_at)
        ON CONFLICT (case_id) DO UPDATE SET
            external_case_id = COALESCE(EXCLUDED.external_case_id, c.external_case_id),
            kind = COALESCE(EXCLUDED.kind, c.kind), reason = COALESCE(EXCLUDED.reason, c.reason),
            lines = COALESCE(EXCLUDED.lines, c.lines), amount = COALESCE(EXCLUDED.amount, c.amount),
            preview = COALESCE(EXCLUDED.preview, c.preview),
            -- As `CaseStage.followed`: no case goes back.
            state = CASE WHEN EXCLUDED.state IS NULL THEN c.state
                WHEN c.state IS NOT NULL
                    AND COALESCE(array_position(ARRAY['requested', 'approved', 'goods-in-transit', 'received',
                        'inspected', 'refunding'], c.state), 7)
                    > COALESCE(array_position(ARRAY['requested', 'approved', 'goods-in-transit', 'received',
                        'inspected', 'refunding'], EXCLUDED.state), 7)
                THEN c.state ELSE EXCLUDED.state END,
            outcome = COALESCE(EXCLUDED.outcome, c.outcome), decided_by = COALESCE(EXCLUDED.decided_by, c.decided_by),
            rule = COALESCE(EXCLUDED.rule, c.rule), refunded = c.refunded + EXCLUDED.refunded,
            carrier = COALESCE(EXCLUDED.carrier, c.carrier), waybill = COALESCE(EXCLUDED.waybill, c.waybill),
            replacement_order_id = COALESCE(EXCLUDED.replacement_order_id, c.replacement_order_id),
            opened_at = COALESCE(EXCLUDED.opened_at, c.opened_at),
            approved_at = COALESCE(EXCLUDED.approved_at, c.approved_at),
            goods_shipped_at = COALESCE(EXCLUDED.goods_shipped_at, c.goods_shipped_at),
            received_at = COALESCE(EXCLUDED.received_at, c.received_at),
            inspected_at = COALESCE(EXCLUDED.inspected_at, c.inspected_at),
            ended_at = COALESCE(EXCLUDED.ended_at, c.ended_at),
            -- A step starts a clock of its own.
            (clock_due, clock_rest, clock_reason, clock_by, clock_changed_at) = (
                SELECT EXCLUDED.clock_due, EXCLUDED.clock_rest, EXCLUDED.clock_reason, EXCLUDED.clock_by,
                    EXCLUDED.clock_changed_at
                WHERE EXCLUDED.state IS NOT NULL OR EXCLUDED.clock_changed_at IS NOT NULL
                UNION ALL
                SELECT c.clock_due, c.clock_rest, c.clock_reason, c.clock_by, c.clock_changed_at
                WHERE EXCLUDED.state IS NULL AND EXCLUDED.clock_changed_at IS NULL)
        """
}
