/// What PostgreSQL or libpq answered when it could not do as asked.
///
/// - Shape: Names of tables, columns and constraints, never DETAIL, HINT or CONTEXT: those quote row values, which are
///   personal data. For the same reason the quoted part of a class 22 message is cut out.
/// - Source: PostgreSQL 15, appendix A (SQLSTATE); DESIGN, "Poison".
public struct PostgresError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Five characters; absent when libpq itself failed (no server, connection cut).
    public let sqlState: String?
    public let message: String
    public let constraint: String?
    public let table: String?
    public let column: String?

    /// The connection is gone and stays unusable: open a new one.
    ///
    /// An earlier error of the same transaction is reported in its place, so ask `Connection.isAlive` before going on.
    public let isConnectionLost: Bool

    /// The connection was lost after COMMIT was sent: the work may or may not have been done.
    public internal(set) var outcomeUnknown: Bool

    /// A prepared statement was refused because a table has changed since; it is prepared anew at its next use.
    let isOutdatedPlan: Bool

    public init(
        sqlState: String? = nil, message: String, constraint: String? = nil, table: String? = nil,
        column: String? = nil, isConnectionLost: Bool = false, outcomeUnknown: Bool = false
    ) {
        self.init(
            sqlState: sqlState, message: message, constraint: constraint, table: table, column: column,
            isConnectionLost: isConnectionLost, outcomeUnknown: outcomeUnknown, isOutdatedPlan: false)
    }

    init(
        sqlState: String?, message: String, constraint: String?, table: String?, column: String?,
        isConnectionLost: Bool, outcomeUnknown: Bool, isOutdatedPlan: Bool
    ) {
        self.sqlState = sqlState
        self.message = message
        self.constraint = constraint
        self.table = table
        self.column = column
        self.isConnectionLost = isConnectionLost
        self.outcomeUnknown = outcomeUnknown
        self.isOutdatedPlan = isOutdatedPlan
    }

    /// An outage: the same work may succeed later, unchanged.
    public var isRetriable: Bool {
        if isConnectionLost || isOutdatedPlan { return true }
        guard let sqlState else { return false }
        // Serialization failure, deadlock; connection exception, insufficient resources, operator intervention.
        return sqlState == "40001" || sqlState == "40P01"
            || sqlState.hasPrefix("08") || sqlState.hasPrefix("53") || sqlState.hasPrefix("57P")
    }

    /// PostgreSQL refuses the values themselves (data exception, integrity violation): no retry helps.
    public var isDataError: Bool {
        guard let sqlState else { return false }
        return sqlState.hasPrefix("22") || sqlState.hasPrefix("23")
    }

    public var description: String {
        var names: [String] = []
        if let constraint { names.append("constraint \(constraint)") }
        if let table { names.append("table \(table)") }
        if let column { names.append("column \(column)") }
        if outcomeUnknown { names.append("outcome unknown") }
        let suffix = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
        return "PostgreSQL \(sqlState ?? "connection"): \(message)\(suffix)"
    }
}
