import Contracts
import Pipeline
import Postgres

struct BenchHandler: Handler {
    struct Change: Sendable {
        let counter: String
        let total: Int64
    }

    static let service = "bench"
    static let topics = [BenchAdd.topic]
    static let referenceTopics: [Topic] = []

    func message(_ inbound: Inbound) throws(Fault) -> BenchAdd? {
        guard let body = inbound.body else { throw Fault("is missing", field: "value") }
        return try BenchAdd(body)
    }

    func message(_ timer: DueTimer) throws(Fault) -> BenchAdd { throw Fault("no timers here") }

    func keys(of message: BenchAdd, given state: State<Int64>) -> [Key] { [.counter(message.counter)] }

    func decide(_ message: BenchAdd, given state: State<Int64>, at now: Instant) throws(Fault) -> Decision<Change> {
        let total = (state[.counter(message.counter)] ?? 0) + message.amount
        return Decision(
            changes: [Change(counter: message.counter, total: total)],
            facts: [BenchAdded(counter: message.counter, total: total, note: message.note)])
    }

    func evolve(_ state: inout State<Int64>, by change: Change) { state.set(.counter(change.counter), change.total) }
}

extension Key {
    static func counter(_ id: String) -> Key { Key(Kind("counter", rank: 1), id) }
}

struct BenchTables: Tables {
    static let schema = """
        CREATE TABLE counters (id text PRIMARY KEY, total bigint NOT NULL) WITH (fillfactor = 70);
        """

    func load(_ keys: [Key], into state: inout State<Int64>, in transaction: borrowing Transaction) throws {
        var parameters = Parameters()
        parameters.append(keys.map(\.id))
        let rows = try transaction.query(
            "SELECT id, total FROM counters WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE", parameters)
        for row in rows { state.load(.counter(row.text(0)), row.int64(1)) }
    }

    func save(_ state: State<Int64>, in transaction: borrowing Transaction) throws {
        let keys = state.changed.sorted()
        var parameters = Parameters()
        parameters.append(keys.map(\.id))
        parameters.append(keys.map { state[$0] ?? 0 })
        try transaction.run(
            """
            INSERT INTO counters (id, total) SELECT * FROM unnest($1::text[], $2::int8[])
            ON CONFLICT (id) DO UPDATE SET total = EXCLUDED.total
            """, parameters)
    }
}
