import ConsoleDomain
import Contracts
import Postgres

/// The table `orders`.
enum OrderRows {
    static func save(_ patches: [OrderPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        let new = try insert(patches.filter { $0.placed != nil }, in: transaction)
        let known = patches.filter { !new.contains($0.orderID.text) }
        try place(known.filter { $0.placed != nil }, in: transaction)
        try update(known, in: transaction)
        try attribute(known.filter { $0.attribution != nil }, in: transaction)
        try revise(patches.filter { $0.sums != nil }, in: transaction)
        try hold(known.filter { $0.holds != nil || !$0.holdsAdded.isEmpty }, in: transaction)
        try DayMarks.mark(patches.map(\.orderID.text), in: transaction)
    }

    /// Orders of which nothing was known, with all that this batch says of them: each row is written once, with its
    /// many indexes.
    ///
    /// - Returns: Those it has inserted; the others have a row already.
    private static func insert(
        _ patches: [OrderPatch], in transaction: borrowing Transaction
    ) throws(PostgresError) -> Set<String> {
        guard !patches.isEmpty else { return [] }
        var parameters = placed(patches)
        parameters.append(patches.map(\.state?.rawValue))
        parameters.append(patches.map(\.stockStatus?.rawValue))
        parameters.append(patches.map(\.refundStatus))
        parameters.append(patches.map(\.cancelReason))
        parameters.append(patches.map { $0.flag?.value })
        parameters.append(patches.map(\.paid))
        parameters.append(patches.map(\.refunded))
        parameters.append(patches.map(\.missing))
        parameters.append(patches.map { ($0.warehouses ?? []).joined(separator: "\n") })
        parameters.append(patches.map(\.parcels))
        parameters.append(patches.map(\.routingCost))
        appendTimes(of: patches, to: &parameters)
        parameters.appendTimestamps(patches.map { $0.cancelledAt?.value?.milliseconds })
        parameters.append(patches.map(\.commission?.planID))
        parameters.append(patches.map(\.commission?.planVersion))
        parameters.append(patches.map { $0.commission?.companyShare ?? 0 })
        parameters.append(patches.map { $0.commission?.remainder ?? 0 })
        parameters.append(patches.map { Set(($0.holds ?? []) + $0.holdsAdded).sorted().joined(separator: "\n") })
        let attributions = patches.map { $0.attribution?.value }
        parameters.append(attributions.map { $0?.memberID })
        parameters.append(attributions.map { ($0?.chain ?? []).map(\.memberID).joined(separator: "\n") })
        parameters.append(attributions.map { $0?.column })
        return Set(try transaction.query(inserting, parameters).map { $0.text(0) })
    }

    /// When it was paid, confirmed, shipped, delivered and completed, and until when cases may be opened.
    private static func appendTimes(of patches: [OrderPatch], to parameters: inout Parameters) {
        parameters.appendTimestamps(patches.map { $0.paidAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.confirmedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.shippedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.deliveredAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.completedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.afterSalesUntil?.milliseconds })
    }

    private static let inserting: StaticString = """
        INSERT INTO orders (order_id, kind, replaces, channel, terminal, campaign, external_order_id, placed_at, day,
            currency, buyer_id, province, city, goods_total, freight, tax, fees, total, receivable, payment_terms,
            delivery, historical, ship_by, changed_at, state, stock_status, refund_status, cancel_reason, flag, paid,
            refunded, missing, warehouses, parcels, routing_cost, paid_at, confirmed_at, shipped_at, delivered_at,
            completed_at, after_sales_until, cancelled_at, plan_id, plan_version, company_share, remainder, holds,
            seller, chain, attribution)
        SELECT order_id, kind, replaces, channel, terminal, campaign, external_order_id, placed_at, day, currency,
            buyer_id, province, city, goods_total, freight, tax, fees, total, receivable, payment_terms, delivery,
            historical, ship_by, changed_at, state, COALESCE(stock_status, 'pending'), COALESCE(refund_status, 'none'),
            cancel_reason, flag, paid, COALESCE(refunded, 0), COALESCE(missing, 0), string_to_array(warehouses, E'\\n'),
            COALESCE(parcels, 0), routing_cost, paid_at, confirmed_at, shipped_at, delivered_at, completed_at,
            after_sales_until, cancelled_at, plan_id, plan_version, company_share, remainder,
            string_to_array(holds, E'\\n'), seller, string_to_array(chain, E'\\n'), attribution::json
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::timestamptz[], $9::date[], $10::text[], $11::text[], $12::text[], $13::text[], $14::int8[],
            $15::int8[], $16::int8[], $17::int8[], $18::int8[], $19::int8[], $20::text[], $21::text[], $22::bool[],
            $23::timestamptz[], $24::timestamptz[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[],
            $30::int8[], $31::int8[], $32::int8[], $33::text[], $34::int8[], $35::int8[], $36::timestamptz[],
            $37::timestamptz[], $38::timestamptz[], $39::timestamptz[], $40::timestamptz[], $41::timestamptz[],
            $42::timestamptz[], $43::text[], $44::int8[], $45::int8[], $46::int8[], $47::text[], $48::text[],
            $49::text[], $50::text[])
            AS n(order_id, kind, replaces, channel, terminal, campaign, external_order_id, placed_at, day, currency,
                buyer_id, province, city, goods_total, freight, tax, fees, total, receivable, payment_terms, delivery,
                historical, ship_by, changed_at, state, stock_status, refund_status, cancel_reason, flag, paid,
                refunded, missing, warehouses, parcels, routing_cost, paid_at, confirmed_at, shipped_at, delivered_at,
                completed_at, after_sales_until, cancelled_at, plan_id, plan_version, company_share, remainder, holds,
                seller, chain, attribution)
        ON CONFLICT (order_id) DO NOTHING RETURNING order_id
        """

    /// What was said when the order was placed; it is said once.
    private static func place(_ patches: [OrderPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        try transaction.run(placing, placed(patches))
    }

    private static func placed(_ patches: [OrderPatch]) -> Parameters {
        let orders = patches.compactMap(\.placed)
        var parameters = Parameters()
        parameters.append(orders.map(\.orderID.text))
        parameters.append(orders.map(\.kind.rawValue))
        parameters.append(orders.map { $0.replaces?.text })
        parameters.append(orders.map(\.channel))
        parameters.append(orders.map(\.terminal))
        parameters.append(orders.map(\.campaign))
        parameters.append(orders.map(\.externalOrderID))
        parameters.appendTimestamps(orders.map(\.placedAt.milliseconds))
        parameters.appendDates(patches.map { $0.day?.daysSinceEpoch })
        parameters.append(orders.map(\.currency))
        parameters.append(orders.map(\.buyerID))
        parameters.append(orders.map(\.region?.province))
        parameters.append(orders.map(\.region?.city))
        parameters.append(orders.map(\.goodsTotal))
        parameters.append(orders.map(\.freight))
        parameters.append(orders.map(\.tax))
        parameters.append(orders.map(\.fees))
        parameters.append(orders.map(\.total))
        parameters.append(orders.map(\.receivable))
        parameters.append(orders.map(\.paymentTerms.rawValue))
        parameters.append(orders.map(\.delivery.rawValue))
        parameters.append(orders.map(\.historical))
        parameters.appendTimestamps(orders.map { $0.shipBy?.milliseconds })
        parameters.appendTimestamps(patches.map(\.changedAt.milliseconds))
        return parameters
    }

    private static let placing: StaticString = """
        INSERT INTO orders (order_id, kind, replaces, channel, terminal, campaign, external_order_id, placed_at, day,
            currency, buyer_id, province, city, goods_total, freight, tax, fees, total, receivable, payment_terms,
            delivery, historical, ship_by, changed_at)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::timestamptz[], $9::date[], $10::text[], $11::text[], $12::text[], $13::text[], $14::int8[],
            $15::int8[], $16::int8[], $17::int8[], $18::int8[], $19::int8[], $20::text[], $21::text[], $22::bool[],
            $23::timestamptz[], $24::timestamptz[])
        ON CONFLICT (order_id) DO UPDATE SET kind = EXCLUDED.kind, replaces = EXCLUDED.replaces,
            channel = EXCLUDED.channel, terminal = EXCLUDED.terminal, campaign = EXCLUDED.campaign,
            external_order_id = EXCLUDED.external_order_id, placed_at = EXCLUDED.placed_at, day = EXCLUDED.day,
            currency = EXCLUDED.currency, buyer_id = EXCLUDED.buyer_id, province = EXCLUDED.province,
            city = EXCLUDED.city, goods_total = EXCLUDED.goods_total, freight = EXCLUDED.freight, tax = EXCLUDED.tax,
            fees = EXCLUDED.fees, total = EXCLUDED.total, receivable = EXCLUDED.receivable,
            payment_terms = EXCLUDED.payment_terms, delivery = EXCLUDED.delivery, historical = EXCLUDED.historical,
            ship_by = EXCLUDED.ship_by
        """

    private static func update(
        _ patches: [OrderPatch], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.orderID.text))
        parameters.append(patches.map(\.state?.rawValue))
        parameters.append(patches.map(\.stockStatus?.rawValue))
        parameters.append(patches.map(\.refundStatus))
        parameters.append(patches.map(\.cancelReason))
        parameters.append(patches.map { $0.flag != nil })
        parameters.append(patches.map { $0.flag?.value })
        parameters.append(patches.map(\.paid))
        parameters.append(patches.map(\.refunded))
        parameters.append(patches.map(\.missing))
        parameters.append(patches.map { $0.warehouses?.joined(separator: "\n") })
        parameters.append(patches.map(\.parcels))
        parameters.append(patches.map(\.routingCost))
        appendTimes(of: patches, to: &parameters)
        parameters.append(patches.map { $0.cancelledAt != nil })
        parameters.appendTimestamps(patches.map { $0.cancelledAt?.value?.milliseconds })
        parameters.append(patches.map(\.commission?.planID))
        parameters.append(patches.map(\.commission?.planVersion))
        parameters.append(patches.map { $0.commission?.companyShare ?? 0 })
        parameters.append(patches.map { $0.commission?.remainder ?? 0 })
        parameters.appendTimestamps(patches.map(\.changedAt.milliseconds))
        try transaction.run(missing, parameters)
        try transaction.run(updating, parameters)
    }

    /// Orders of which another topic has told first.
    private static let missing: StaticString = """
        INSERT INTO orders (order_id, changed_at)
        SELECT n.order_id, n.changed_at FROM unnest($1::text[], $26::timestamptz[]) AS n(order_id, changed_at)
        ON CONFLICT (order_id) DO NOTHING
        """

    private static let updating: StaticString = """
        UPDATE orders AS o SET state = COALESCE(n.state, o.state),
            stock_status = COALESCE(n.stock_status, o.stock_status),
            refund_status = COALESCE(n.refund_status, o.refund_status),
            cancel_reason = COALESCE(n.cancel_reason, o.cancel_reason),
            flag = CASE WHEN n.says_flag THEN n.flag ELSE o.flag END, paid = o.paid + n.paid,
            refunded = COALESCE(n.refunded, o.refunded), missing = COALESCE(n.missing, o.missing),
            warehouses = COALESCE(string_to_array(n.warehouses, E'\\n'), o.warehouses),
            parcels = COALESCE(n.parcels, o.parcels), routing_cost = COALESCE(n.routing_cost, o.routing_cost),
            paid_at = COALESCE(n.paid_at, o.paid_at), confirmed_at = COALESCE(n.confirmed_at, o.confirmed_at),
            shipped_at = COALESCE(n.shipped_at, o.shipped_at),
            delivered_at = COALESCE(n.delivered_at, o.delivered_at),
            completed_at = COALESCE(n.completed_at, o.completed_at),
            after_sales_until = COALESCE(n.after_sales_until, o.after_sales_until),
            cancelled_at = CASE WHEN n.says_cancelled THEN n.cancelled_at ELSE o.cancelled_at END,
            plan_id = COALESCE(n.plan_id, o.plan_id), plan_version = COALESCE(n.plan_version, o.plan_version),
            company_share = o.company_share + n.company_share, remainder = o.remainder + n.remainder,
            changed_at = GREATEST(n.changed_at, o.changed_at)
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::text[], $8::int8[],
            $9::int8[], $10::int8[], $11::text[], $12::int8[], $13::int8[], $14::timestamptz[], $15::timestamptz[],
            $16::timestamptz[], $17::timestamptz[], $18::timestamptz[], $19::timestamptz[], $20::bool[],
            $21::timestamptz[], $22::text[], $23::int8[], $24::int8[], $25::int8[], $26::timestamptz[])
            AS n(order_id, state, stock_status, refund_status, cancel_reason, says_flag, flag, paid, refunded, missing,
                warehouses, parcels, routing_cost, paid_at, confirmed_at, shipped_at, delivered_at, completed_at,
                after_sales_until, says_cancelled, cancelled_at, plan_id, plan_version, company_share, remainder,
                changed_at)
        WHERE o.order_id = n.order_id
        """

    private static func attribute(
        _ patches: [OrderPatch], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        let attributions = patches.map { $0.attribution?.value }
        var parameters = Parameters()
        parameters.append(patches.map(\.orderID.text))
        parameters.append(attributions.map { $0?.memberID })
        parameters.append(
            attributions.map { ($0?.chain ?? []).map(\.memberID).joined(separator: "\n") })
        parameters.append(attributions.map { $0?.column })
        try transaction.run(
            """
            UPDATE orders AS o SET seller = n.seller, chain = string_to_array(n.chain, E'\\n'),
                attribution = n.attribution::json
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS n(order_id, seller, chain, attribution)
            WHERE o.order_id = n.order_id
            """, parameters)
    }

    private static func revise(
        _ patches: [OrderPatch], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        let sums = patches.compactMap(\.sums)
        guard !sums.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.orderID.text))
        parameters.append(sums.map(\.goodsTotal))
        parameters.append(sums.map(\.freight))
        parameters.append(sums.map(\.total))
        parameters.append(sums.map(\.receivable))
        try transaction.run(
            """
            UPDATE orders AS o SET goods_total = n.goods_total, freight = n.freight, total = n.total,
                receivable = n.receivable
            FROM unnest($1::text[], $2::int8[], $3::int8[], $4::int8[], $5::int8[])
                AS n(order_id, goods_total, freight, total, receivable)
            WHERE o.order_id = n.order_id
            """, parameters)
    }

    private static func hold(
        _ patches: [OrderPatch], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.orderID.text))
        parameters.append(patches.map { $0.holds?.joined(separator: "\n") })
        parameters.append(patches.map { $0.holdsAdded.joined(separator: "\n") })
        try transaction.run(
            """
            UPDATE orders AS o SET holds = ARRAY(
                SELECT DISTINCT h FROM unnest(COALESCE(string_to_array(n.holds, E'\\n'), o.holds)
                    || string_to_array(n.added, E'\\n')) AS h WHERE h <> '' ORDER BY h)
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n(order_id, holds, added)
            WHERE o.order_id = n.order_id
            """, parameters)
    }
}
