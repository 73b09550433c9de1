import Postgres

/// The one connection of a lane or relay, opened anew after it was lost.
final class ReconnectingConnection {
    private let url: String
    private let name: String
    private var connection: Connection?
    private(set) var timesOpened = 0

    init(url: String, name: String) {
        self.url = url
        self.name = name
    }

    /// The living connection.
    ///
    /// - Throws: A retriable error while the database is away.
    func open() throws(PostgresError) -> Connection {
        if let connection, connection.isAlive { return connection }
        connection?.close()
        connection = nil
        let fresh = try Connection(url, parameters: ["application_name": name, "connect_timeout": "5"])
        timesOpened += 1
        connection = fresh
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
