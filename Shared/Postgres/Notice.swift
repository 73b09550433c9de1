import CLibpq
import Logging

private let logger = Logger(label: "postgres")

/// Logs what the server says beside its answers ("relation already exists, skipping"): the message alone, no DETAIL.
///
/// libpq calls this on the connection's own thread and keeps the result.
func logNotice(_ context: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
    guard let message = unsafe PQresultErrorField(result, ReportField.primaryMessage.code) else { return }
    let sqlState = unsafe PQresultErrorField(result, ReportField.sqlState.code).map { unsafe String(cString: $0) }
    let text = unsafe String(cString: message)
    logger.debug(
        "PostgreSQL sent a notice", metadata: ["postgres.notice": "\(text)", "postgres.sqlstate": "\(sqlState ?? "")"])
}
