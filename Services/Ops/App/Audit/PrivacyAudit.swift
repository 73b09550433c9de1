/// I20, as far as tables tell.
enum PrivacyAudit {
    static let checks = [
        AuditCheck(
            "I20", "nothing is kept of an order whose buyer was erased after it",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT p.order_id || ': its buyer was erased at ' || erased.at AS subject,
                    p.party IS NULL OR erased.at IS NULL OR o.placed_at > erased.at AS holds
                FROM intake.parties AS p JOIN intake.orders AS o USING (order_id)
                LEFT JOIN intake.registers AS r ON r.kind = 'buyer' AND r.id = p.buyer_id
                CROSS JOIN LATERAL (
                    SELECT (convert_from(r.record, 'UTF8')::json ->> 'erasedAt')::timestamptz AS at
                ) AS erased) AS looked
            """)
    ]
}
