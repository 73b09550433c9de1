/// I14 to I16: what services tell each other.
enum DeliveryAudit {
    static let checks = [
        AuditCheck(
            "I14", "versions count the facts of a topic and key without gaps",
            """
            WITH told AS (
                SELECT 'intake' AS schema, aggregatetype, aggregateid, event_id FROM intake.outbox
                UNION ALL SELECT 'inventory', aggregatetype, aggregateid, event_id FROM inventory.outbox
                UNION ALL SELECT 'fulfilment', aggregatetype, aggregateid, event_id FROM fulfilment.outbox
                UNION ALL SELECT 'after_sales', aggregatetype, aggregateid, event_id FROM after_sales.outbox
                UNION ALL SELECT 'commission', aggregatetype, aggregateid, event_id FROM commission.outbox
            ), counted AS (
                SELECT 'intake' AS schema, topic, key, version FROM intake.fact_versions
                UNION ALL SELECT 'inventory', topic, key, version FROM inventory.fact_versions
                UNION ALL SELECT 'fulfilment', topic, key, version FROM fulfilment.fact_versions
                UNION ALL SELECT 'after_sales', topic, key, version FROM after_sales.fact_versions
                UNION ALL SELECT 'commission', topic, key, version FROM commission.fact_versions
            ), facts AS (
                SELECT schema, aggregatetype AS topic, aggregateid AS key,
                    substr(event_id, length(aggregatetype) + length(aggregateid) + 3)::bigint AS version
                FROM told WHERE starts_with(event_id, aggregatetype || '/' || aggregateid || '/')
            )
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT topic || '/' || key || ': ' || count(f.version) || ' facts up to '
                        || coalesce(max(f.version), 0) || ', counted ' || coalesce(max(c.version), 0) AS subject,
                    max(f.version) = max(c.version) AND count(f.version) = count(DISTINCT f.version)
                        AND count(f.version) = max(f.version) - min(f.version) + 1
                        -- Days of the outbox are dropped after JOURNAL_RETENTION_DAYS, which is at least 2.
                        AND (min(f.version) = 1
                            OR (SELECT min(applied_at) FROM intake.migrations) < now() - interval '2 days') AS holds
                FROM facts AS f FULL JOIN counted AS c USING (schema, topic, key)
                GROUP BY schema, topic, key) AS looked
            """),
        AuditCheck(
            "I15", "every fact has left its outbox",
            """
            WITH unsent AS (
                SELECT 'intake' AS schema, id, day, blocked_reason FROM intake.outbox_unsent
                UNION ALL SELECT 'inventory', id, day, blocked_reason FROM inventory.outbox_unsent
                UNION ALL SELECT 'fulfilment', id, day, blocked_reason FROM fulfilment.outbox_unsent
                UNION ALL SELECT 'after_sales', id, day, blocked_reason FROM after_sales.outbox_unsent
                UNION ALL SELECT 'commission', id, day, blocked_reason FROM commission.outbox_unsent
            )
            SELECT (SELECT count(*) FROM intake.outbox) + (SELECT count(*) FROM inventory.outbox)
                    + (SELECT count(*) FROM fulfilment.outbox) + (SELECT count(*) FROM after_sales.outbox)
                    + (SELECT count(*) FROM commission.outbox),
                count(*),
                array_to_string((array_agg(schema || ' ' || id || coalesce(': ' || blocked_reason, '')
                    ORDER BY schema, id))[1:5], E'\\n')
            FROM unsent
            """),
        AuditCheck(
            "I15", "every order placed has reached each service that keeps it",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT o.aggregateid || ' is not in ' || kept.schema AS subject,
                    CASE kept.schema
                        WHEN 'fulfilment' THEN EXISTS (
                            SELECT FROM fulfilment.orders WHERE order_id = o.aggregateid)
                        WHEN 'after_sales' THEN EXISTS (
                            SELECT FROM after_sales.accounts WHERE order_id = o.aggregateid)
                        WHEN 'commission' THEN EXISTS (
                            SELECT FROM commission.orders WHERE order_id = o.aggregateid)
                        ELSE EXISTS (SELECT FROM inventory.orders WHERE order_id = o.aggregateid) END AS holds
                FROM intake.outbox AS o
                JOIN intake.orders AS placed ON placed.order_id = o.aggregateid AND NOT placed.historical
                CROSS JOIN (VALUES ('inventory'), ('fulfilment'), ('after_sales'), ('commission')) AS kept (schema)
                WHERE o.type = 'tributary.intake.orders.OrderPlaced.v1'
                    AND (kept.schema <> 'inventory' OR placed.reservation > 0)
                    AND (kept.schema <> 'commission' OR placed.kind = 'sale')) AS looked
            """),
        AuditCheck(
            "I15", "no service has handled a message twice",
            """
            WITH handled AS (
                SELECT consumer, message_id FROM intake.inbox
                UNION ALL SELECT consumer, message_id FROM inventory.inbox
                UNION ALL SELECT consumer, message_id FROM fulfilment.inbox
                UNION ALL SELECT consumer, message_id FROM after_sales.inbox
                UNION ALL SELECT consumer, message_id FROM commission.inbox
            )
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT consumer || ': ' || message_id AS subject, count(*) = 1 AS holds
                FROM handled GROUP BY consumer, message_id) AS looked
            """),
        AuditCheck(
            "I16", "each service handles the facts of a key in their order",
            """
            WITH handled AS (
                SELECT consumer, sequence, topic, message_id FROM intake.inbox
                UNION ALL SELECT consumer, sequence, topic, message_id FROM inventory.inbox
                UNION ALL SELECT consumer, sequence, topic, message_id FROM fulfilment.inbox
                UNION ALL SELECT consumer, sequence, topic, message_id FROM after_sales.inbox
                UNION ALL SELECT consumer, sequence, topic, message_id FROM commission.inbox
            ), revived AS (
                SELECT message_id FROM intake.dead_letters WHERE state = 'revived'
                UNION ALL SELECT message_id FROM inventory.dead_letters WHERE state = 'revived'
                UNION ALL SELECT message_id FROM fulfilment.dead_letters WHERE state = 'revived'
                UNION ALL SELECT message_id FROM after_sales.dead_letters WHERE state = 'revived'
                UNION ALL SELECT message_id FROM commission.dead_letters WHERE state = 'revived'
            ), facts AS (
                SELECT consumer, sequence, topic, message_id,
                    regexp_replace(message_id, '/[0-9]+$', '') AS key,
                    substring(message_id FROM '/([0-9]+)$')::bigint AS version
                FROM handled
                WHERE starts_with(message_id, topic || '/') AND message_id ~ '/[0-9]{1,18}$'
                    -- An operator's retry comes after what overtook it.
                    AND message_id NOT IN (SELECT message_id FROM revived)
            )
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT consumer || ': ' || message_id AS subject,
                    version > coalesce(lag(version) OVER (PARTITION BY consumer, key ORDER BY sequence), 0) AS holds
                FROM facts) AS looked
            """),
    ]
}
