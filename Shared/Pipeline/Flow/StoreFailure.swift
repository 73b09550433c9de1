public import Postgres

/// How a store's error is to be met: waited out, or traced to the one message that causes it.
public protocol StoreFailure: Error {
    /// The database is away or another transaction was in the way: the same batch again, later.
    var isOutage: Bool { get }
    /// The database refuses a row: halve the batch down to the one.
    var isDataError: Bool { get }
    /// A data error that another transaction may have caused by making the same row a moment before.
    var isClash: Bool { get }
    /// Says what was refused without quoting any value.
    var dataErrorReason: String { get }
}

extension PostgresError: StoreFailure {
    public var isOutage: Bool { isRetriable }
    public var isClash: Bool { sqlState == "23505" }
    public var dataErrorReason: String { "SQLSTATE \(sqlState ?? "unknown")" }
}
