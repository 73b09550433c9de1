import Postgres

/// The one connection of a thread, opened anew after it was lost.
final class ReconnectingConnection {
    private let url: String
    private let name: String
    private let readsWhole: Bool
    private var connection: Connection?
    private(set) var timesOpened = 0
    private var timesUsed = 0

    /// - Parameter readsWhole: Tables are read whole; otherwise all that is asked goes by keys.
    init(url: String, name: String, readsWhole: Bool = false) {
        self.url = url
        self.name = name
        self.readsWhole = readsWhole
    }

    /// The living connection.
    ///
    /// Every now and then it forgets its plans: one is kept as long as its connection, and one made while a table was
    /// empty may be wrong for ever.
    ///
    /// - Throws: A retriable error while the database is away.
    /// - Source: PostgreSQL 15, "PREPARE", notes on generic plans.
    func open() throws(PostgresError) -> Connection {
        if let connection, connection.isAlive {
            timesUsed += 1
            let hasDoubled = timesUsed & (timesUsed - 1) == 0
            if hasDoubled || timesUsed.isMultiple(of: 8192) { try connection.query("DISCARD PLANS") }
            return connection
        }
        connection?.close()
        connection = nil
        let fresh = try Connection(url, parameters: ["application_name": name, "connect_timeout": "5"])
        timesOpened += 1
        timesUsed = 0
        connection = fresh
        // To compile a statement costs more than to run any of ours, and what has to read a table whole below counts as
        // dear enough for it.
        try fresh.query("SET jit = off")
        if readsWhole { return fresh }
        // What was never analysed is easily taken for worth reading whole.
        try fresh.query("SET enable_seqscan = off")
        // Rows that come and go leave dead entries in the index, which only plain index scans mark; and only they stop
        // at a limit.
        try fresh.query("SET enable_bitmapscan = off")
        return fresh
    }

    /// The open transaction.
    var current: Transaction {
        guard let connection else { preconditionFailure("no transaction is open") }
        return connection.current
    }

    func close() {
        connection?.close()
        connection = nil
    }
}
