import AfterSalesDomain
import Contracts
import Postgres

/// Table `cases`.
enum CaseRows {
    static let selection: StaticString = """
        SELECT order_id, number, case_id, external_case_id, kind, reason, state, outcome, asked, amount, freight, rule,
            stop, shipped_at, is_inspected, replacement_order_id, replacement_reserved, difference, return_freight, due_at,
            freight_claim, paused_rest
        FROM cases WHERE order_id = ANY($1::text[]) ORDER BY order_id, number
        """

    /// - Parameter items: The case's rows of `case_lines`.
    static func afterSalesCase(_ row: Row, _ items: [Row]) -> AfterSalesCase {
        AfterSalesCase(
            caseID: row.text(2), externalCaseID: row.text(3), kind: word(row, 4), reason: row.text(5),
            state: word(row, 6), outcome: row.isNull(7) ? nil : word(row, 7), items: items.map(CaseLineRows.item),
            asked: row.int64OrNil(8), amount: row.int64(9), freight: row.int64(10), rule: row.textOrNil(11),
            stop: word(row, 12), shippedAt: row.millisecondsOrNil(13).map { Instant(milliseconds: $0) },
            isInspected: row.bool(14), replacement: replacement(row), difference: row.int64(17),
            returnFreight: row.int64(18), freightClaim: row.int64(20), pausedRest: row.int64OrNil(21),
            dueAt: row.millisecondsOrNil(19).map { Instant(milliseconds: $0) })
    }

    private static func replacement(_ row: Row) -> Replacement? {
        row.textOrNil(15).flatMap { OrderID($0) }.map { Replacement(orderID: $0, isReserved: row.bool(16)) }
    }

    static func save(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        let new = accounts.newChildren(\.cases, stored: \.cases)
        if !new.isEmpty {
            var parameters = progress(new)
            parameters.append(new.map(\.value.caseID))
            parameters.append(new.map(\.value.externalCaseID))
            parameters.append(new.map(\.value.kind.rawValue))
            parameters.append(new.map(\.value.reason))
            parameters.append(new.map(\.value.difference))
            try transaction.run(
                """
                INSERT INTO cases (
                    order_id, number, state, outcome, asked, amount, freight, rule, stop, shipped_at, is_inspected,
                    replacement_order_id, replacement_reserved, return_freight, due_at, freight_claim, paused_rest, case_id,
                    external_case_id, kind, reason, difference)
                SELECT * FROM unnest(
                    $1::text[], $2::int4[], $3::text[], $4::text[], $5::int8[], $6::int8[], $7::int8[], $8::text[],
                    $9::text[], $10::timestamptz[], $11::bool[], $12::text[], $13::bool[], $14::int8[],
                    $15::timestamptz[], $16::int8[], $17::int8[], $18::text[], $19::text[], $20::text[], $21::text[],
                    $22::int8[])
                """, parameters)
        }
        let old = accounts.oldChildren(\.cases, stored: \.cases)
        guard !old.isEmpty else { return }
        try transaction.run(
            """
            UPDATE cases c SET state = n.state, outcome = n.outcome, asked = n.asked, amount = n.amount,
                freight = n.freight, rule = n.rule, stop = n.stop, shipped_at = n.shipped_at,
                is_inspected = n.is_inspected, replacement_order_id = n.replacement_order_id,
                replacement_reserved = n.replacement_reserved, return_freight = n.return_freight, due_at = n.due_at,
                freight_claim = n.freight_claim, paused_rest = n.paused_rest
            FROM unnest(
                $1::text[], $2::int4[], $3::text[], $4::text[], $5::int8[], $6::int8[], $7::int8[], $8::text[],
                $9::text[], $10::timestamptz[], $11::bool[], $12::text[], $13::bool[], $14::int8[], $15::timestamptz[],
                $16::int8[], $17::int8[])
                AS n(order_id, number, state, outcome, asked, amount, freight, rule, stop, shipped_at, is_inspected,
                    replacement_order_id, replacement_reserved, return_freight, due_at, freight_claim, paused_rest)
            WHERE c.order_id = n.order_id AND c.number = n.number
                AND (c.state, c.outcome, c.asked, c.amount, c.freight, c.rule, c.stop, c.shipped_at, c.is_inspected,
                        c.replacement_order_id, c.replacement_reserved, c.return_freight, c.due_at, c.freight_claim,
                        c.paused_rest)
                    IS DISTINCT FROM (n.state, n.outcome, n.asked, n.amount, n.freight, n.rule, n.stop, n.shipped_at,
                        n.is_inspected, n.replacement_order_id, n.replacement_reserved, n.return_freight, n.due_at,
                        n.freight_claim, n.paused_rest)
            """, progress(old))
    }

    private static func progress(_ rows: [ChildRow<AfterSalesCase>]) -> Parameters {
        var parameters = Parameters()
        parameters.append(rows.map(\.orderID))
        parameters.append(rows.map(\.number))
        parameters.append(rows.map(\.value.state.rawValue))
        parameters.append(rows.map { $0.value.outcome?.rawValue })
        parameters.append(rows.map(\.value.asked))
        parameters.append(rows.map(\.value.amount))
        parameters.append(rows.map(\.value.freight))
        parameters.append(rows.map(\.value.rule))
        parameters.append(rows.map(\.value.stop.rawValue))
        parameters.appendTimestamps(rows.map { $0.value.shippedAt?.milliseconds })
        parameters.append(rows.map(\.value.isInspected))
        parameters.append(rows.map { $0.value.replacement?.orderID.text })
        parameters.append(rows.map { $0.value.replacement?.isReserved })
        parameters.append(rows.map(\.value.returnFreight))
        parameters.appendTimestamps(rows.map { $0.value.dueAt?.milliseconds })
        parameters.append(rows.map(\.value.freightClaim))
        parameters.append(rows.map(\.value.pausedRest))
        return parameters
    }

    /// A word of a column whose CHECK lists the same words as the type.
    static func word<Word: RawRepresentable>(_ row: Row, _ column: Int) -> Word where Word.RawValue == String {
        let text = row.text(column)
        guard let word = Word(rawValue: text) else { preconditionFailure("\(text) is no \(Word.self)") }
        return word
    }
}
