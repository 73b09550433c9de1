public import Contracts

/// The relay's side of a store: what is unsent, and what the broker has acknowledged.
public protocol OutboxStore: AnyObject {
    /// Tries to become the one sender of shards nobody sends for; answers those owned now.
    func acquireShards() throws -> [Int32]
    /// Unsent rows of these shards besides those on their way, in the order of their ids, about `limit` at most.
    func unsent(of shards: [Int32], besides flying: [OutboxName], atMost limit: Int) throws -> [OutboxRow]
    /// The broker has acknowledged these.
    func markSent(_ names: [OutboxName]) throws
    /// The broker will never take this row; rows of its key behind it wait for an operator.
    func block(_ name: OutboxName, reason: String) throws
    /// After a fatal producer error: these are unsent again.
    func resend(_ names: [OutboxName]) throws
    /// How many rows are unsent, and since when the oldest waits.
    func backlog() throws -> (count: Int, oldest: Instant?)
}

/// A row of the outbox without its payload.
public struct OutboxName: Hashable, Sendable {
    public let day: Int
    public let id: Int64
    public let shard: Int32

    public init(_ row: OutboxRow) {
        day = row.day
        id = row.id
        shard = row.shard
    }
}

/// The outbox of a memory database.
public final class MemoryOutbox<Aggregate: Sendable>: OutboxStore {
    private let database: MemoryDatabase<Aggregate>

    public init(_ database: MemoryDatabase<Aggregate>) { self.database = database }

    public func acquireShards() -> [Int32] { Array(0..<Shard.relayCount) }

    public func unsent(of shards: [Int32], besides flying: [OutboxName], atMost limit: Int) -> [OutboxRow] {
        database.exclusively { contents in
            let rows = contents.unsent.subtracting(flying.map(\.id)).compactMap { contents.outbox[$0] }.filter {
                shards.contains($0.shard) && !contents.blockedKeys.contains($0.key)
            }
            return Array(rows.sorted { $0.id < $1.id }.prefix(limit))
        }
    }

    public func markSent(_ names: [OutboxName]) {
        database.exclusively { contents in contents.unsent.subtract(names.map(\.id)) }
    }

    public func block(_ name: OutboxName, reason: String) {
        database.exclusively { contents in
            if let key = contents.outbox[name.id]?.key { contents.blockedKeys.insert(key) }
        }
    }

    public func resend(_ names: [OutboxName]) {
        database.exclusively { contents in contents.unsent.formUnion(names.map(\.id)) }
    }

    public func backlog() -> (count: Int, oldest: Instant?) {
        database.exclusively { contents in
            let rows = contents.unsent.compactMap { contents.outbox[$0] }
            return (rows.count, rows.compactMap(\.envelope.time).min())
        }
    }
}
