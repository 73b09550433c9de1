import AfterSalesDomain
import Contracts
import Postgres

/// Table `case_messages`: rows are added, and emptied when the buyer wants to be forgotten.
enum MessageRows {
    static let selection: StaticString = """
        SELECT order_id, case_id, case_message, author, message_id, actor, body, attachments, at FROM case_messages
        WHERE order_id = ANY($1::text[]) ORDER BY order_id, number
        """

    static func message(_ row: Row) throws -> CaseMessage {
        CaseMessage(
            caseID: row.text(1), number: row.int64(2), author: CaseRows.word(row, 3), messageID: row.text(4),
            actor: row.textOrNil(5), text: row.textOrNil(6),
            attachments: try row.bytesOrNil(7).map { try JSONDocument.object($0).readList("attachments") } ?? [],
            at: Instant(milliseconds: row.milliseconds(8)))
    }

    static func save(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        let new = accounts.newChildren(\.messages, stored: \.messages)
        if !new.isEmpty {
            var parameters = words(new)
            parameters.append(new.map(\.value.caseID))
            parameters.append(new.map(\.value.number))
            parameters.append(new.map(\.value.author.rawValue))
            parameters.append(new.map(\.value.messageID))
            parameters.append(new.map(\.value.actor))
            parameters.appendTimestamps(new.map(\.value.at.milliseconds))
            try transaction.run(
                """
                INSERT INTO case_messages (
                    order_id, number, body, attachments, case_id, case_message, author, message_id, actor, at)
                SELECT * FROM unnest(
                    $1::text[], $2::int4[], $3::text[], $4::bytea[], $5::text[], $6::int8[], $7::text[], $8::text[],
                    $9::text[], $10::timestamptz[])
                """, parameters)
        }
        let old = accounts.oldChildren(\.messages, stored: \.messages)
        guard !old.isEmpty else { return }
        try transaction.run(
            """
            UPDATE case_messages m SET body = n.body, attachments = n.attachments
            FROM unnest($1::text[], $2::int4[], $3::text[], $4::bytea[]) AS n(order_id, number, body, attachments)
            WHERE m.order_id = n.order_id AND m.number = n.number
                AND (m.body, m.attachments) IS DISTINCT FROM (n.body, n.attachments)
            """, words(old))
    }

    private static func words(_ rows: [ChildRow<CaseMessage>]) -> Parameters {
        var parameters = Parameters()
        parameters.append(rows.map(\.orderID))
        parameters.append(rows.map(\.number))
        parameters.append(rows.map(\.value.text))
        parameters.append(
            rows.map { row in
                row.value.attachments.isEmpty
                    ? nil : JSONWriter.object { $0.field("attachments", list: row.value.attachments) }
            })
        return parameters
    }
}
