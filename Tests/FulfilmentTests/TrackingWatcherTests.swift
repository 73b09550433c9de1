import Contracts
import FulfilmentEdge
import FulfilmentProviders
import Foundation
import Postgres
import Privacy
import Support
import Testing

@testable import Fulfilment
@testable import Pipeline

@Suite("Asking a provider to watch parcels")
struct TrackingWatcherTests {
    private static let masterKey = "k1:\(Data(repeating: 7, count: 32).base64EncodedString())"
    private static let accepted = #"{"result":true,"returnCode":"200","message":"提交成功"}"#

    /// A provider, a caller with so much patience, and a schema with so many parcels that have left.
    private static func play(
        _ provider: PlayedProvider, parcels: Int, carrier: String = "sf", patience: Int64 = 60_000,
        _ body: @escaping @Sendable (TestDatabase, TrackingWatcher) throws -> Void
    ) async throws {
        try await provider.run {
            try TestDatabase.with { database in
                let connection = try database.connect()
                defer { connection.close() }
                for number in 1...parcels {
                    try connection.run(
                        script: """
                            INSERT INTO orders (order_id, phase, delivery, weight_grams) VALUES
                                ('O\(number)', 'placed', 'express', 1);
                            INSERT INTO shipments (shipment_id, order_id, number, direction, warehouse, parcel_id, carrier,
                                waybill, state, planned_at, dispatched_at)
                            VALUES ('O\(number)-S1', 'O\(number)', 1, 'out', 'W', 'O\(number)-S1', '\(carrier)',
                                'W\(number)', 'dispatched', now(), now());
                            """)
                }
                let caller = ProviderCaller(limitMilliseconds: patience)
                defer { do { try caller.close() } catch { Issue.record("\(error)") } }
                var reader = SettingsReader([
                    "TRACKING_PROVIDER": "kuaidi100", "TRACKING_URL": provider.address, "TRACKING_KEY": "key-1",
                    "TRACKING_SALT": "salt-1", "TRACKING_CALLBACK_URL": "https://mall.example/cb",
                    "TRACKING_CALLS_PER_SECOND": "100",
                ])
                let settings = try #require(TrackingSettings(&reader))
                let parties = PartiesReader(masterKeys: try MasterKeys(masterKey))
                try body(database, TrackingWatcher(settings, parties: parties, caller: caller))
            }
        }
    }

    private static func step(_ watcher: TrackingWatcher, _ database: TestDatabase) throws {
        let connection = try database.connect()
        defer { connection.close() }
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        try watcher.step(
            SideWorkPlace(
                connection: connection, now: now, calendar: .shanghai, stop: StopFlag(), service: "fulfilment"))
    }

    private static func watches(_ database: TestDatabase) throws -> [String] {
        let connection = try database.connect()
        defer { connection.close() }
        return try connection.query(
            "SELECT shipment_id || ' ' || state || ' ' || attempts || coalesce(' ' || reason, '') FROM watches ORDER BY 1"
        ).map { $0.text(0) }
    }

    /// As if the time to ask again had come.
    private static func hurry(_ database: TestDatabase) throws {
        let connection = try database.connect()
        defer { connection.close() }
        try connection.run(script: "UPDATE watches SET next_at = now() - interval '1 second'")
    }

    @Test func everyParcelIsAskedForOnce() async throws {
        let provider = PlayedProvider(usual: Self.accepted)
        try await Self.play(provider, parcels: 3) { database, watcher in
            for _ in 0..<3 { try Self.step(watcher, database) }
            #expect(try Self.watches(database) == ["O1-S1 watched 1", "O2-S1 watched 1", "O3-S1 watched 1"])
            #expect(provider.asked.count == 3)
            #expect(provider.asked.allSatisfy { $0.contains("shunfeng") })
        }
    }

    @Test func sfIsToldTheLastDigitsOfThePhone() async throws {
        let provider = PlayedProvider(usual: Self.accepted)
        try await Self.play(provider, parcels: 1) { database, watcher in
            let connection = try database.connect()
            defer { connection.close() }
            let masterKeys = try MasterKeys(Self.masterKey)
            let key = masterKeys.makeKey(of: "u-77")
            let json = #"{"shipTo": {"name": "李雷", "phone": "13812349876", "street": "1 号"}}"#
            let sealed = try masterKeys.open(key, of: "u-77").seal(Array(json.utf8), of: .sample)
            try connection.run(
                script: """
                    INSERT INTO orders (order_id, phase, delivery, weight_grams) VALUES
                        ('\(OrderID.sample)', 'placed', 'express', 1);
                    UPDATE shipments SET order_id = '\(OrderID.sample)';
                    INSERT INTO parties VALUES ('\(OrderID.sample)', 'u-77', '\(sealed)');
                    INSERT INTO buyer_keys VALUES ('u-77', 'k1', '\(key.text)');
                    """)
            try Self.step(watcher, database)
            let asked = try #require(provider.asked.first?.removingPercentEncoding)
            #expect(asked.contains(#""phone":"9876""#))
            #expect(!asked.contains("1381234"))
        }
    }

    @Test func aRefusalStandsWithItsReason() async throws {
        let provider = PlayedProvider(usual: #"{"result":false,"returnCode":"701","message":"拒绝订阅的快递公司"}"#)
        try await Self.play(provider, parcels: 1) { database, watcher in
            try Self.step(watcher, database)
            try Self.hurry(database)
            try Self.step(watcher, database)
            #expect(try Self.watches(database) == ["O1-S1 refused 1 701 拒绝订阅的快递公司"])
            #expect(provider.asked.count == 1)
        }
    }

    @Test func slowTruncatedAndBrokenAnswersAreAskedForAgain() async throws {
        let provider = PlayedProvider(usual: Self.accepted)
        provider.answer(
            .slow(milliseconds: 600_000, Self.accepted), .truncated(#"{"result":true,"#), .text("busy", status: 503),
            .text(#"{"result":"#))
        try await Self.play(provider, parcels: 1, patience: 5000) { database, watcher in
            for attempt in 1...4 {
                try Self.step(watcher, database)
                #expect(try Self.watches(database).first?.hasPrefix("O1-S1 waiting \(attempt) ") == true)
                try Self.step(watcher, database)
                #expect(provider.asked.count == attempt, "not before its time")
                try Self.hurry(database)
            }
            try Self.step(watcher, database)
            #expect(try Self.watches(database) == ["O1-S1 watched 5"])
        }
    }

    @Test func aProviderThatIsAwayIsLeftAlone() async throws {
        let provider = PlayedProvider(usual: #"{"result":false,"returnCode":"500","message":"服务器错误"}"#)
        try await Self.play(provider, parcels: 8) { database, watcher in
            try Self.step(watcher, database)
            #expect(provider.asked.count == CallGuard.failuresBeforeOpen)
            try Self.hurry(database)
            try Self.step(watcher, database)
            #expect(provider.asked.count == CallGuard.failuresBeforeOpen, "the circuit is open")
        }
    }

    @Test func aCarrierWithoutACodeIsNotAskedFor() async throws {
        let provider = PlayedProvider(usual: Self.accepted)
        try await Self.play(provider, parcels: 1, carrier: "kuayue") { database, watcher in
            try Self.step(watcher, database)
            #expect(try Self.watches(database) == ["O1-S1 refused 1 kuaidi100 has no code for carrier kuayue"])
            #expect(provider.asked.isEmpty)
        }
    }

    @Test(arguments: [
        (["TRACKING_PROVIDER": "dhl"], ["TRACKING_PROVIDER"]),
        (["TRACKING_PROVIDER": "kuaidi100"], ["TRACKING_KEY", "TRACKING_SALT", "TRACKING_CALLBACK_URL"]),
        (["TRACKING_PROVIDER": "kdniao", "TRACKING_KEY": "k"], ["TRACKING_BUSINESS_ID"]),
        (["TRACKING_URL": "ftp://x"], ["TRACKING_URL"]),
    ])
    func wrongSettingsAreNamed(environment: [String: String], keys: [String]) {
        var reader = SettingsReader(environment)
        #expect(TrackingSettings(&reader) == nil)
        #expect(reader.defects.map { String($0.prefix { $0 != ":" }) } == keys)
    }
}
