public import Contracts
public import Postgres

/// A service's own tables: its aggregates as rows, read and written set-wise.
public protocol Tables: Sendable {
    associatedtype Aggregate: Sendable

    /// Locks and reads the aggregates of the keys, one statement per table in the order of the service's README, keys
    /// ascending; reference rows without a lock. What is not found need not be put down.
    func load(_ keys: [Key], into state: inout State<Aggregate>, in transaction: borrowing Transaction) throws

    /// Writes the changed aggregates; new ones by INSERT, so that two makers of the same row cannot both win.
    func save(_ state: State<Aggregate>, in transaction: borrowing Transaction) throws
}
