import CLibpq

/// The fields of a server's error report that this room reads.
///
/// - Source: `postgres_ext.h`; its macros are C characters, which Swift does not import.
enum ReportField: Character {
    case severity = "V"
    case sqlState = "C"
    case primaryMessage = "M"
    case table = "t"
    case column = "c"
    case constraint = "n"
    case sourceFunction = "R"

    var code: Int32 {
        Int32(rawValue.asciiValue ?? 0)
    }
}

extension PostgresError {
    /// Reads a failed result's report.
    init(report answer: Answer) {
        let sqlState = answer.field(.sqlState)
        let severity = answer.field(.severity)
        let text = answer.field(.primaryMessage) ?? answer.libraryMessage
        self.init(
            sqlState: sqlState,
            message: sqlState?.hasPrefix("22") == true ? PostgresError.withoutQuotedValues(text) : text,
            constraint: answer.field(.constraint),
            table: answer.field(.table),
            column: answer.field(.column),
            // After FATAL the server ends the session; a report without SQLSTATE is libpq's own about a cut connection.
            isConnectionLost: severity == "FATAL" || severity == "PANIC" || sqlState == nil,
            outcomeUnknown: false,
            isOutdatedPlan: sqlState == "0A000" && answer.field(.sourceFunction) == "RevalidateCachedQuery")
    }

    /// Replaces all from the first to the last quotation mark: class 22 messages quote the refused value there
    /// (`invalid input syntax for type integer: "…"`), and the value may hold quotation marks itself.
    ///
    /// Servers quote in the marks of their language (`lc_messages`).
    static func withoutQuotedValues(_ message: String) -> String {
        let marks: Set<Character> = ["\"", "“", "”", "„", "«", "»", "「", "」"]
        guard let first = message.firstIndex(where: marks.contains), let last = message.lastIndex(where: marks.contains)
        else { return message }
        return message[..<first] + "…" + message[message.index(after: last)...]
    }
}
