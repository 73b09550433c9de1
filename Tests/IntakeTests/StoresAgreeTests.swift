import Contracts
import IntakeDomain
import Kafka
import Pipeline
import Support
import Testing

@testable import Intake

@Suite("Memory and PostgreSQL")
struct StoresAgreeTests {
    @Test func aWholeDayEndsEqualInBoth() throws {
        let handler = IntakeHandler.sample
        let memory = MemoryPlace(handler)
        let memoryRig = ServiceRig(handler, memory)
        try ManyOrders.play(memoryRig)
        try TestDatabase.with(TablesTests.migrations) { database in
            let tables = try PostgresPlace(database, service: "intake", tables: IntakeTables())
            let tablesRig = ServiceRig(handler, tables)
            try ManyOrders.play(tablesRig)
            let keys = memory.database.aggregates.keys.sorted()
            let expected = memory.aggregates(keys)
            let found = try tables.aggregates(keys)
            #expect(found.map(\.key) == expected.map(\.key))
            for (left, right) in zip(expected, found) { #expect(left.value.asLoaded == right.value, "\(left.key)") }
            #expect(try tables.timers() == memory.timers())
            #expect(try tables.waiting() == memory.waiting())
            #expect(try tables.deadLetters().isEmpty)
            #expect(told(tablesRig) == told(memoryRig))
            #expect(!told(memoryRig).isEmpty)
        }
    }

    /// Everything published, by key and in order.
    private func told(_ rig: some Rig) -> [String] {
        [Topic.intakeOrders, .commandResults(of: "intake")].flatMap { topic in
            rig.published(on: topic).map { String(decoding: ($0.key ?? []) + ($0.value ?? []), as: UTF8.self) }
        }
    }
}
