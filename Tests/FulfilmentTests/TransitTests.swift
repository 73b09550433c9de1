import Contracts
import FulfilmentDomain
import Postgres
import Support
import Testing

@testable import Fulfilment
@testable import Pipeline

@Suite("How long parcels take")
struct TransitTests {
    /// Parcels from Hangzhou to Zhejiang that took 1, 2, … hours.
    private static func arrive(_ count: Int, by carrier: String = "yto", daysAgo: Int = 1, _ connection: Connection)
        throws
    {
        for hours in 1...count {
            let id = "\(carrier)\(daysAgo)x\(hours)"
            try connection.run(
                script: """
                    INSERT INTO orders (order_id, phase, delivery, weight_grams, country, province)
                    VALUES ('\(id)', 'placed', 'express', 1, 'CN', '浙江省');
                    INSERT INTO shipments (shipment_id, order_id, number, direction, warehouse, parcel_id, carrier,
                        waybill, state, planned_at, dispatched_at, delivered_at)
                    VALUES ('\(id)-S1', '\(id)', 1, 'out', 'hangzhou', '\(id)-S1', '\(carrier)', '\(id)', 'delivered',
                        '\(Instant.sample)', '\(Instant.sample + .days(Int64(-daysAgo)))',
                        '\(Instant.sample + .days(Int64(-daysAgo)) + .hours(Int64(hours)))');
                    """)
        }
    }

    private static func times(_ connection: Connection) throws -> [String] {
        try connection.query(
            "SELECT concat_ws(' ', carrier, province, median_hours, usual_hours, parcels) FROM transit_times ORDER BY 1"
        ).map { $0.text(0) }
    }

    /// Of 1 … 20 hours the median is 10.5 and the eightieth percentile, interpolated as numpy does, 16.2.
    @Test func theyAreWorkedOutFromWhatHasArrivedLately() throws {
        try TestDatabase.with { database in
            let connection = try database.connect()
            defer { connection.close() }
            try Self.arrive(20, connection)
            try Self.arrive(20, daysAgo: 200, connection)
            try Self.arrive(9, by: "sf", connection)
            #expect(try TransitKeeper.keep(at: .sample + .days(1), connection) == 2)
            #expect(try Self.times(connection) == ["yto  11 17 20", "yto 浙江省 11 17 20"])
            #expect(try TransitKeeper.keep(at: .sample + .days(1), connection) == 2, "the same again")
        }
    }

    @Test func itIsDoneOnceADay() throws {
        try TestDatabase.with { database in
            let connection = try database.connect()
            defer { connection.close() }
            let keeper = TransitKeeper()
            func step(_ now: Instant) throws {
                try keeper.step(
                    SideWorkPlace(
                        connection: connection, now: now, calendar: .shanghai, stop: StopFlag(), service: "fulfilment"))
            }
            try step(.sample)
            try Self.arrive(10, connection)
            try step(.sample + .hours(1))
            #expect(try Self.times(connection).isEmpty)
            try step(.sample + .days(1))
            #expect(try Self.times(connection).count == 2)
        }
    }

    @Test func aParcelThatLeavesIsToldWhenItWillBeThere() throws {
        try TestDatabase.with { database in
            let connection = try database.connect()
            defer { connection.close() }
            try Self.arrive(20, connection)
            _ = try TransitKeeper.keep(at: .sample + .days(1), connection)
            let twin = try TwinHarness(database)
            try twin.memory.confirm()
            try twin.settle()
            try twin.advance(by: .hours(2))
            let left = try #require(try twin.facts(connection).postgres.last { $0.contains("dispatchedAt") })
            #expect(left.contains(#""estimatedBy":"\#(Instant.sample + .hours(19))""#))
        }
    }
}
