import Support

/// For each rule of the audit, what breaks it: constraints that forbid it are taken away first.
enum AuditSamples {
    static let all: [(invariant: String, title: String, script: String)] = [
        (
            "I1", "on hand covers what is reserved",
            level(onHand: 1, reserved: 2)
                + "INSERT INTO inventory.movements VALUES ('A', 'w', 'm', 'received', 1, 1, 1, NULL, now());"
                + reservation(quantity: 2)
        ),
        ("I2", "movements add up to what is on hand", level(onHand: 3, reserved: 0)),
        (
            "I3", "open reservations add up to what is reserved",
            level(onHand: 3, reserved: 1)
                + "INSERT INTO inventory.movements VALUES ('A', 'w', 'm', 'received', 3, 3, 3, NULL, now());"
        ),
        ("I4", "no more was sold than was offered", reservation(quantity: 1)),
        (
            "I5", "each reserved piece has one fate, and has it when its order is over",
            order(state: "cancelled", cancelReason: "'buyer'") + reservation(quantity: 1)
        ),
        (
            "I6", "every journal sums to zero",
            """
            ALTER TABLE commission.entries DISABLE TRIGGER ALL;
            INSERT INTO commission.journals VALUES ('j', 'O', 'accrue', 'c', now(), 'CNY', 5);
            INSERT INTO commission.entries VALUES ('j', 'expense', '', -5), ('j', 'rounding', '', 4);
            """
        ),
        (
            "I6", "members' balances are their entries' sums",
            "INSERT INTO commission.balances VALUES ('M', 'frozen', 'CNY', 5);"
        ),
        (
            "I6", "what is on its way to members is what their payouts say",
            """
            INSERT INTO commission.payouts
            VALUES ('M-P1', 'M', 100, 0, 0, 'CNY', 'f', 'u', now(), 'requested', NULL, NULL, 0, NULL);
            """
        ),
        (
            "I7", "an order's total is its lines, less discounts, and freight, fees and tax",
            order(lines: #"{"unitPrice":60,"quantity":2,"discount":10,"paid":100}"#)
        ),
        (
            "I8", "legs, company's share and remainder make up the pool",
            leg(amount: 10, pool: 11)
        ),
        (
            "I9", "no more is paid back than was paid",
            "INSERT INTO after_sales.accounts VALUES ('O', 'c/E', '', false, true, false, 100, 50, 0);"
        ),
        (
            "I9", "an order that was paid back whole leaves no commission",
            order(state: "cancelled", cancelReason: "'refunded'") + leg(amount: 10)
        ),
        (
            "I10", "those who earn stand above the buyer's distributor",
            """
            INSERT INTO commission.orders (order_id, state, placed, attribution, attribution_version, accruals, journals,
                after_sales)
            VALUES ('O', 'placed', '{}', '{"chain":[{"memberId":"N"}]}', 1, 1, 1, '{}');
            """ + leg(amount: 10)
        ),
        (
            "I11", "an order has one end, and nothing reopens it but one late payment",
            order(state: "completed", completedAt: "now()") + fact("OrderCancelled", 1) + fact("OrderCompleted", 2)
        ),
        (
            "I12", "one order per channel and external id",
            "ALTER TABLE intake.orders DROP CONSTRAINT orders_external;" + order() + order(id: "P")
        ),
        ("I13", "every order is over, or something is set that moves it", order()),
        (
            "I14", "versions count the facts of a topic and key without gaps",
            fact("OrderPlaced", 1) + fact("OrderPaid", 3)
                + "INSERT INTO intake.fact_versions VALUES ('intake.orders.v1', 'O', 3);"
        ),
        (
            "I15", "every fact has left its outbox",
            "INSERT INTO intake.outbox_unsent (shard, id, day, aggregateid) VALUES (1, 1, current_date, 'O');"
        ),
        (
            "I15", "every order placed has reached each service that keeps it",
            order() + fact("OrderPlaced", 1)
        ),
        (
            "I15", "no service has handled a message twice",
            handled("timer:x/O/1", day: "current_date") + handled("timer:x/O/1", day: "current_date - 1")
        ),
        (
            "I16", "each service handles the facts of a key in their order",
            handled("intake.orders.v1/O/2", day: "current_date") + handled("intake.orders.v1/O/1", day: "current_date")
        ),
        (
            "I17", "reservations, shipments, accounts and legs have an order",
            "INSERT INTO inventory.orders VALUES ('O', 1, 'reserved', '');"
        ),
        ("I17", "legs have an order of commission, pieces on the way a shipment", leg(amount: 10)),
        (
            "I20", "nothing is kept of an order whose buyer was erased after it",
            order(state: "cancelled", cancelReason: "'buyer'")
                + """
                INSERT INTO intake.registers (kind, id, record)
                VALUES ('buyer', 'c/b', convert_to('{"erasedAt":"2999-01-01T00:00:00.000Z"}', 'UTF8'));
                INSERT INTO intake.parties (order_id, party, buyer_id) VALUES ('O', '{}', 'c/b');
                """
        ),
    ]

    private static func level(onHand: Int, reserved: Int) -> String {
        """
        ALTER TABLE inventory.stock_levels DROP CONSTRAINT stock_levels_never_oversold;
        INSERT INTO inventory.stock_skus (sku) VALUES ('A');
        INSERT INTO inventory.stock_levels (sku, warehouse, on_hand, reserved) VALUES ('A', 'w', \(onHand), \(reserved));
        """
    }

    private static func reservation(quantity: Int) -> String {
        """
        INSERT INTO inventory.orders VALUES ('O', 1, 'reserved', '');
        INSERT INTO inventory.reservations VALUES ('O', 1, '1', 'A', 'w', \(quantity), 0, 0);
        """
    }

    private static func leg(amount: Int64, pool: Int64? = nil) -> String {
        StoredAccruals.insert(member: "M", base: 100, amount: amount, pool: pool, into: "commission")
    }

    private static func fact(_ type: String, _ version: Int) -> String {
        """
        INSERT INTO intake.outbox (day, shard, aggregatetype, aggregateid, type, event_id, source)
        VALUES (current_date, 1, 'intake.orders.v1', 'O', 'tributary.intake.orders.\(type).v1',
            'intake.orders.v1/O/\(version)', '/services/intake');
        """
    }

    private static func handled(_ id: String, day: String) -> String {
        """
        INSERT INTO inventory.inbox (day, consumer, message_id, topic, partition, record_offset, body_hash, decided_at)
        VALUES (\(day), 'inventory', '\(id)', split_part('\(id)', '/', 1), 0, 1, 1, now());
        """
    }

    static func order(
        id: String = "O", externalID: String = "E", state: String = "pending-payment", cancelReason: String = "NULL",
        completedAt: String = "NULL",
        lines: String = #"{"unitPrice":100,"quantity":1,"paid":100}"#
    ) -> String {
        """
        INSERT INTO intake.orders (order_id, channel, external_order_id, kind, historical, currency, goods_total, freight,
            fees, tax_added, total, placed_at, decided_at, content_hash, placed, terms, state, stock_status,
            refund_status, cancel_reason, reservation, paid, returned, excess, refunded, goods, requests, completed_at)
        VALUES ('\(id)', 'c', '\(externalID)', 'sale', false, 'CNY', 100, 0, 0, 0, 100, now(), now(), 0,
            convert_to('{"lines":[\(lines)]}', 'UTF8'), '', '\(state)', 'pending', 'none', \(cancelReason), 1, 0, 0, 0, 0,
            '', '', \(completedAt));
        """
    }
}
