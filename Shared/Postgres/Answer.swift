import CLibpq

/// One result of libpq, owned: the answer to one statement.
@safe
final class Answer {
    private let result: OpaquePointer

    /// Takes over the result.
    init(_ result: OpaquePointer) {
        unsafe self.result = unsafe result
    }

    deinit {
        unsafe PQclear(result)
    }

    enum Kind {
        case done
        /// Not looked at by the server, because an earlier statement of the pipeline failed.
        case skipped
        case synchronised
        case failed
    }

    /// COPY counts as failed: no statement here uses it.
    var kind: Kind {
        switch unsafe PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: .done
        case PGRES_PIPELINE_ABORTED: .skipped
        case PGRES_PIPELINE_SYNC: .synchronised
        default: .failed
        }
    }

    /// A field of an error's or a notice's report; nil when the server did not send it.
    func field(_ field: ReportField) -> String? {
        unsafe PQresultErrorField(result, field.code).map { unsafe String(cString: $0) }
    }

    /// What libpq itself says when the server sent no report; its first line.
    var libraryMessage: String {
        guard let text = unsafe PQresultErrorMessage(result) else { return "no message" }
        return unsafe String(cString: text).firstLine
    }

    /// The command tag: `COMMIT`, `INSERT 0 5`.
    var commandTag: String {
        unsafe PQcmdStatus(result).map { unsafe String(cString: $0) } ?? ""
    }

    /// How many rows the command inserted, changed, deleted or selected; 0 for a command that counts none.
    var affectedRowCount: Int {
        unsafe PQcmdTuples(result).flatMap { unsafe Int(String(cString: $0)) } ?? 0
    }

    var rowCount: Int {
        Int(unsafe PQntuples(result))
    }

    var columnCount: Int {
        Int(unsafe PQnfields(result))
    }

    func columnName(_ column: Int) -> String {
        unsafe PQfname(result, Int32(column)).map { unsafe String(cString: $0) } ?? "?"
    }

    func columnType(_ column: Int) -> PostgresType {
        PostgresType(objectID: unsafe PQftype(result, Int32(column)))
    }

    /// Lends the bytes of one value, or nil when it is NULL. The place must exist.
    func withValue<Value>(row: Int, column: Int, _ body: (UnsafeRawBufferPointer?) -> Value) -> Value {
        let row = Int32(row)
        let column = Int32(column)
        guard unsafe PQgetisnull(result, row, column) == 0 else { return body(nil) }
        let count = Int(unsafe PQgetlength(result, row, column))
        return unsafe body(UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: count))
    }
}

extension String {
    /// libpq ends its messages with a line break and adds guesses in further lines.
    var firstLine: String {
        String(prefix { !$0.isNewline })
    }
}
