import AfterSalesDomain
import Postgres

/// Table `case_lines`: the pieces of a case, and what is paid back for them.
enum CaseLineRows {
    static let selection: StaticString = """
        SELECT order_id, case_number, line_id, sku, quantity, exchange_sku, refund FROM case_lines
        WHERE order_id = ANY($1::text[]) ORDER BY order_id, case_number, number
        """

    static func item(_ row: Row) -> CaseItem {
        CaseItem(
            lineID: row.text(2), sku: row.text(3), quantity: row.int64(4), exchangeSku: row.textOrNil(5),
            refund: row.int64(6))
    }

    static func save(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        let new = lines(of: accounts.newChildren(\.cases, stored: \.cases))
        if !new.isEmpty {
            var parameters = outcome(new)
            parameters.append(new.map(\.item.lineID))
            parameters.append(new.map(\.item.sku))
            parameters.append(new.map(\.item.exchangeSku))
            try transaction.run(
                """
                INSERT INTO case_lines (
                    order_id, case_number, number, quantity, refund, line_id, sku, exchange_sku)
                SELECT * FROM unnest(
                    $1::text[], $2::int4[], $3::int4[], $4::int8[], $5::int8[], $6::text[], $7::text[], $8::text[])
                """, parameters)
        }
        let old = lines(of: accounts.oldChildren(\.cases, stored: \.cases))
        guard !old.isEmpty else { return }
        try transaction.run(
            """
            UPDATE case_lines l SET quantity = n.quantity, refund = n.refund
            FROM unnest($1::text[], $2::int4[], $3::int4[], $4::int8[], $5::int8[])
                AS n(order_id, case_number, number, quantity, refund)
            WHERE l.order_id = n.order_id AND l.case_number = n.case_number AND l.number = n.number
                AND (l.quantity, l.refund) IS DISTINCT FROM (n.quantity, n.refund)
            """, outcome(old))
    }

    private struct Line {
        let orderID: String
        let caseNumber: Int32
        let number: Int32
        let item: CaseItem
    }

    private static func lines(of cases: [ChildRow<AfterSalesCase>]) -> [Line] {
        cases.flatMap { row in
            row.value.items.enumerated().map {
                Line(orderID: row.orderID, caseNumber: row.number, number: Int32($0.offset + 1), item: $0.element)
            }
        }
    }

    private static func outcome(_ lines: [Line]) -> Parameters {
        var parameters = Parameters()
        parameters.append(lines.map(\.orderID))
        parameters.append(lines.map(\.caseNumber))
        parameters.append(lines.map(\.number))
        parameters.append(lines.map(\.item.quantity))
        parameters.append(lines.map(\.item.refund))
        return parameters
    }
}
