public import Contracts
public import Pipeline
public import Postgres

/// The trivial service's tables: a row per counter and per rule.
///
/// PostgreSQL refuses a total above 1,000 and the letter U+0000 in a name: two data errors for tests.
public struct TrivialTables: Tables {
    public typealias Aggregate = TrivialHandler.Aggregate

    public static let migration = Migration("V002_test", Array(script.utf8))

    private static let script = """
        CREATE TABLE counters (
            name text PRIMARY KEY,
            total bigint NOT NULL CHECK (total <= 1000),
            factor bigint NOT NULL,
            nickname text UNIQUE,
            parent text
        );
        CREATE TABLE rules (name text PRIMARY KEY, factor bigint NOT NULL);
        """

    public init() {}

    public func load(
        _ keys: [Key], into state: inout State<Aggregate>, in transaction: borrowing Transaction
    ) throws {
        let names = keys.filter { !$0.isRule }.map(\.id)
        if !names.isEmpty {
            var parameters = Parameters()
            parameters.append(names)
            let rows = try transaction.query(
                """
                SELECT name, total, factor, nickname, parent FROM counters
                WHERE name = ANY($1::text[]) OR nickname = ANY($1::text[]) ORDER BY name FOR UPDATE
                """, parameters)
            for row in rows {
                let counter = TrivialHandler.Counter(row)
                state.load(.counter(row.text(0)), .counter(counter))
                guard let nickname = counter.nickname else { continue }
                state.alias(.counter(nickname), of: .counter(row.text(0)))
            }
        }
        let rules = keys.filter(\.isRule).map(\.id)
        guard !rules.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rules)
        for row in try transaction.query("SELECT name, factor FROM rules WHERE name = ANY($1::text[])", parameters) {
            state.load(.rule(row.text(0)), .rule(CounterRule(row.text(0), factor: row.int64(1))))
        }
    }

    public func save(_ state: State<Aggregate>, in transaction: borrowing Transaction) throws {
        var counters: [(name: String, counter: TrivialHandler.Counter)] = []
        var rules: [CounterRule] = []
        for key in state.changed.sorted() {
            switch state[key] {
            case .counter(let counter)?: counters.append((key.id, counter))
            case .rule(let rule)?: rules.append(rule)
            case nil: continue
            }
        }
        try insert(counters.filter { !$0.counter.isStored }, transaction)
        try update(counters.filter(\.counter.isStored), transaction)
        guard !rules.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rules.map(\.rule))
        parameters.append(rules.map(\.factor))
        try transaction.run(
            """
            INSERT INTO rules SELECT * FROM unnest($1::text[], $2::int8[])
            ON CONFLICT (name) DO UPDATE SET factor = EXCLUDED.factor
            """, parameters)
    }

    private func insert(
        _ counters: [(name: String, counter: TrivialHandler.Counter)], _ transaction: borrowing Transaction
    ) throws {
        guard !counters.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(counters.map(\.name))
        parameters.append(counters.map(\.counter.total))
        parameters.append(counters.map(\.counter.factor))
        parameters.append(counters.map(\.counter.nickname))
        parameters.append(counters.map(\.counter.parent))
        try transaction.run(
            """
            INSERT INTO counters (name, total, factor, nickname, parent)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::int8[], $4::text[], $5::text[])
            """, parameters)
    }

    private func update(
        _ counters: [(name: String, counter: TrivialHandler.Counter)], _ transaction: borrowing Transaction
    ) throws {
        guard !counters.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(counters.map(\.name))
        parameters.append(counters.map(\.counter.total))
        try transaction.run(
            """
            UPDATE counters c SET total = n.total FROM unnest($1::text[], $2::int8[]) AS n(name, total)
            WHERE c.name = n.name
            """, parameters)
    }
}

extension TrivialHandler.Counter {
    fileprivate init(_ row: Row) {
        self.init(
            total: row.int64(1), factor: row.int64(2), nickname: row.textOrNil(3), parent: row.textOrNil(4),
            isStored: true)
    }
}
