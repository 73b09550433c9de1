import Contracts
public import Pipeline

/// Holds any service to what the pipeline promises, over memory and over PostgreSQL.
///
/// It runs a script of messages once undisturbed, then again with the process dying at every `CrashPoint`, with every
/// message published ten times, with all topics read once more from their beginning, and with the messages in their own
/// and in other orders across topics and keys, and compares how each run ends. Use it so:
///
/// ```swift
/// @Test(arguments: ConformanceStore.allCases)
/// func keepsThePipelinesPromises(_ store: ConformanceStore) throws {
///     let conformance = Conformance(
///         InventoryHandler(calendar: .shanghai), InventoryTables(),
///         migrations: [Migration("V002_inventory", PackageResources.V002_inventory_sql)],
///         script: [
///             .message(CatalogItem.sample(), on: .catalogItems, key: "SKU-1"),
///             .fact(OrderPlaced.sample(quantity: 3)),
///             .pass(.minutes(31)),
///         ])
///     let failures = try conformance.failures(over: store)
///     #expect(failures == [])
/// }
/// ```
///
/// - Shape: ids count through the script, so every message is one of its own; `.pass` lets the service settle, moves
///   the clock, and lets it settle again. Positions are durable at each `.pass` and at the end, hence a crash brings
///   back everything since the last one.
/// - Requirement: the script must make facts and must be handled in at least three batches of three messages, or some
///   crash points are never reached, which is a failure. It needs a timer that fires only if it is to test one.
public struct Conformance<H: Handler, T: Tables> where H.Aggregate == T.Aggregate {
    let handler: H
    let tables: T
    let migrations: [Migration]
    let script: ConformanceScript
    let shuffles: Int
    let hasBusinessKeys: Bool
    let orderedFacts: Set<String>
    let lastingTables: Set<String>
    let summary: (H.Aggregate) -> String?

    /// - Parameters:
    ///   - migrations: The service's own, as its `Main` has them.
    ///   - shuffles: How many orders across topics and keys are tried; 0 where the outcome depends on it by design.
    ///   - hasBusinessKeys: The outside's messages are known again under other ids, too.
    ///   - orderedFacts: Types of facts that are told otherwise in another order by design.
    ///   - lastingTables: Tables whose rows must be equal in another order, too; aggregates must be anyway.
    ///   - summary: What must be equal of an aggregate at the end; everything, dictionaries and sets sorted, unless
    ///     told otherwise. `nil` for what is written and never read back.
    public init(
        _ handler: H, _ tables: T, migrations: [Migration], script: [ConformanceStep], shuffles: Int = 5,
        hasBusinessKeys: Bool = true, orderedFacts: Set<String> = [], lastingTables: Set<String> = [],
        summary: @escaping (H.Aggregate) -> String? = { CanonicalText.of($0) }
    ) {
        self.handler = handler
        self.tables = tables
        self.migrations = migrations
        self.script = ConformanceScript(script)
        self.shuffles = shuffles
        self.hasBusinessKeys = hasBusinessKeys
        self.orderedFacts = orderedFacts
        self.lastingTables = lastingTables
        self.summary = summary
    }

    /// Every broken promise in words; none when the service conforms.
    public func failures(over store: ConformanceStore) throws -> [String] {
        let memory = MemoryPlace(handler)
        _ = try run(memory, script.steps, keys: [])
        let keys = memory.database.aggregates.keys.sorted()
        let inMemory = try run(MemoryPlace(handler), script.steps, keys: keys)
        switch store {
        case .memory:
            return try failures(keys, inMemory) { MemoryPlace(handler) }
        case .postgres:
            return try TestDatabase.with(migrations) { database in
                let place = try PostgresPlace(database, service: H.service, tables: tables)
                return try failures(keys, inMemory) {
                    try database.empty()
                    return place
                }
            }
        }
    }

    /// - Parameter inMemory: How the script ends in memory, undisturbed.
    private func failures<Place: StorePlace>(
        _ keys: [Key], _ inMemory: ConformanceEnd, _ makePlace: () throws -> Place
    ) throws -> [String] where Place.Aggregate == H.Aggregate {
        let plain = try run(makePlace(), script.steps, keys: keys)
        var failures = plain.defects.map { "undisturbed: \($0)" }
        failures += plain.differences(from: inMemory, .inAnotherStore).map { "beside memory: \($0)" }
        for point in CrashPoint.allCases {
            guard let count = plain.visits[point] else {
                failures.append("crash point \(point) is never reached")
                continue
            }
            for visit in Set([1, 2, count]).sorted() where visit <= count {
                let end = try run(makePlace(), script.steps, keys: keys, crash: (point, visit))
                failures += end.differences(from: plain, .disturbed).map { "crash \(point) \(visit): \($0)" }
                if end.crashes == 0 { failures.append("crash \(point) \(visit): did not happen") }
            }
        }
        let tenfold = try run(makePlace(), script.repeated(10), keys: keys)
        failures += tenfold.differences(from: plain, .disturbed).map { "every message ten times: \($0)" }
        if hasBusinessKeys {
            let anew = try run(makePlace(), script.repeated(10, anew: true), keys: keys)
            failures += anew.differences(from: plain, .repeatedAnew).map { "ten times under ids of their own: \($0)" }
        }
        let again = try run(makePlace(), script.steps, keys: keys, rereads: true)
        failures += again.differences(from: plain, .disturbed).map { "all topics read once more: \($0)" }
        let likeness = ConformanceEnd.Likeness.inAnotherOrder(told: orderedFacts, tables: lastingTables)
        let inOrder = try run(makePlace(), script.steps, keys: keys, singly: true)
        failures += inOrder.differences(from: plain, likeness).map { "one by one in order: \($0)" }
        for seed in 0..<shuffles {
            let end = try run(makePlace(), script.shuffled(seed: UInt64(seed)), keys: keys, singly: true)
            failures += end.differences(from: plain, likeness).map { "shuffle \(seed): \($0)" }
        }
        return failures
    }
}

/// Where a conformance run keeps the service's state.
public enum ConformanceStore: String, CaseIterable, Sendable { case memory, postgres }
