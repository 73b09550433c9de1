extension AuditCheck {
    /// I17: nothing belongs to an order that intake does not know.
    static let orphans = [
        AuditCheck(
            "I17", "reservations, shipments, accounts and legs have an order",
            """
            WITH owned AS (
                SELECT 'reservation' AS what, order_id FROM inventory.orders
                UNION ALL SELECT 'shipment ' || shipment_id, order_id FROM fulfilment.shipments
                UNION ALL SELECT 'order of fulfilment', order_id FROM fulfilment.orders
                UNION ALL SELECT 'refund account', order_id FROM after_sales.accounts
                UNION ALL SELECT 'order of commission', order_id FROM commission.orders
                UNION ALL SELECT 'journal ' || journal_id, order_id FROM commission.journals
                WHERE order_id IS NOT NULL
            )
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT what || ' of ' || owned.order_id AS subject, o.order_id IS NOT NULL AS holds
                FROM owned LEFT JOIN intake.orders AS o USING (order_id)) AS looked
            """),
        AuditCheck(
            "I17", "legs have an order of commission, pieces on the way a shipment",
            """
            WITH owned AS (
                SELECT 'leg of ' || l.order_id AS subject, o.order_id IS NOT NULL AS holds
                FROM commission.legs AS l LEFT JOIN commission.orders AS o USING (order_id)
                UNION ALL
                SELECT 'dispatch ' || d.shipment_id, s.shipment_id IS NOT NULL
                FROM after_sales.dispatches AS d LEFT JOIN fulfilment.shipments AS s USING (shipment_id)
            )
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM owned
            """),
    ]
}
