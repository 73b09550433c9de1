import Contracts
import FulfilmentDomain
import Kafka
import Pipeline
import Postgres
import Support
import Testing

@testable import Fulfilment

/// On PostgreSQL and on memory at once: both choose the same.
@Suite("Carriers that are published")
struct CarrierTests {
    /// Confirms the n-th order and says who carries it.
    private static func carrier(_ number: Int, _ twin: TwinHarness) throws -> String? {
        let orderID = OrderID.sample("WX-\(number)")
        let service = twin.memory.service
        service.publish(OrderPlaced.sample(externalOrderID: "WX-\(number)", lines: [.sample(quantity: 2)]))
        service.publish(
            OrderConfirmed.sample(
                orderID: orderID, lines: [.sample(quantity: 2)], confirmedAt: twin.memory.service.clock.now))
        try twin.settle()
        let orders = try twin.orders(.order(orderID))
        #expect(orders.memory != nil && orders.memory == orders.postgres)
        return orders.postgres?.shipments.first?.label.carrier
    }

    private static func publish(_ carrier: CatalogCarrier, _ twin: TwinHarness) throws {
        twin.memory.service.publish(carrier, on: .catalogCarriers, key: carrier.carrier)
        try twin.settle()
    }

    @Test func aPublishedTariffChangesTheNextOrderAndDeactivationEndsIt() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            #expect(try Self.carrier(1, twin) == "yto")
            try Self.publish(.sample(), twin)
            #expect(try Self.carrier(2, twin) == "sto")
            try twin.advance(by: .minutes(1))
            try Self.publish(.sample(active: false), twin)
            #expect(try Self.carrier(3, twin) == "yto")
            #expect(try twin.orders(.order(.sample("WX-2"))).postgres?.shipments.first?.label.carrier == "sto")
            let connection = try database.connect()
            defer { connection.close() }
            let facts = try twin.facts(connection)
            #expect(facts.memory == facts.postgres)
            let rows = try connection.query("SELECT carrier, history FROM carriers").map {
                (carrier: $0.text(0), history: try CarrierHistory(JSONDocument.object($0.bytes(1))))
            }
            #expect(rows.map(\.carrier) == ["sto"])
            #expect(rows.first?.history.versions.map(\.active) == [true, false])
        }
    }

    @Test func aTombstoneEndsACarrierToo() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            try Self.publish(.sample(), twin)
            #expect(try Self.carrier(1, twin) == "sto")
            try twin.advance(by: .minutes(1))
            let clock = twin.memory.service.clock
            twin.memory.service.broker.publish(
                "catalog.carriers.v1", key: "sto", value: nil, at: clock.now.milliseconds)
            try twin.settle()
            #expect(try Self.carrier(2, twin) == "yto")
        }
    }

    @Test func aTariffCountsFromItsOwnMoment() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            try Self.publish(.sample(effectiveFrom: .sample + .hours(1)), twin)
            #expect(try Self.carrier(1, twin) == "yto")
            try twin.advance(by: .hours(1))
            #expect(try Self.carrier(2, twin) == "sto")
        }
    }

    /// Who handles the past again has read all that was published since; the table of that time counts.
    @Test func whatWasPublishedLaterDoesNotChangeThePast() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            let service = twin.memory.service
            service.publish(CatalogCarrier.sample(), on: .catalogCarriers, key: "sto", at: .sample)
            service.publish(
                CatalogCarrier.sample(carrier: "jd", firstKilogram: 1), on: .catalogCarriers, key: "jd",
                at: .sample + .hours(1))
            service.publish(
                CatalogCarrier.sample(active: false), on: .catalogCarriers, key: "sto", at: .sample + .hours(2))
            try twin.settle()
            #expect(try Self.carrier(1, twin) == "sto")
            try twin.advance(by: .hours(1))
            #expect(try Self.carrier(2, twin) == "jd")
        }
    }

    @Test func aCarrierThatNobodyKnowsIsPutAside() throws {
        let harness = try FulfilmentHarness()
        harness.service.publish(
            Array(#"{"carrier":"pigeon","tariffs":[]}"#.utf8), type: CatalogCarrier.type, on: .catalogCarriers,
            key: "pigeon")
        try harness.service.settle()
        let letters = harness.service.database.deadLetters
        #expect(letters.map(\.field) == ["carrier"])
    }
}
