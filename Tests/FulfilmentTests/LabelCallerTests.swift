import Contracts
import Foundation
import FulfilmentDomain
import FulfilmentEdge
import FulfilmentProviders
import Kafka
import Postgres
import Privacy
import Support
import Testing

@testable import Fulfilment
@testable import Pipeline

@Suite("Calling a provider for waybills")
struct LabelCallerTests {
    private static let masterKey = "k1:\(Data(repeating: 7, count: 32).base64EncodedString())"
    private static let made =
        #"{"success":true,"code":200,"data":{"kuaidinum":"78001","kdComOrderNum":"0174","label":"https://x/1"}}"#
    private static let cancelled = #"{"success":true,"code":200,"message":"success"}"#

    /// A schema with one confirmed order whose parcel wants a number, a caller, and the provider it asks.
    private struct Stage {
        let twin: TwinHarness
        let database: TestDatabase
        let caller: LabelCaller

        /// Lets the caller work once, and then the lanes.
        func step() throws {
            let connection = try database.connect()
            defer { connection.close() }
            try caller.step(
                SideWorkPlace(
                    connection: connection, now: twin.memory.service.clock.now, calendar: .shanghai, stop: StopFlag(),
                    service: "fulfilment"))
            try twin.advance(by: .seconds(1))
        }

        var order: Order {
            get throws { try #require(try twin.orders(.order(.sample)).postgres) }
        }

        /// As if the time to ask again had come.
        func hurry() throws {
            let connection = try database.connect()
            defer { connection.close() }
            try connection.run(script: "UPDATE label_attempts SET next_at = now() - interval '1 second'")
        }

        func facts() throws -> [String] {
            let connection = try database.connect()
            defer { connection.close() }
            return try twin.facts(connection).postgres
        }

        func text(_ query: StaticString) throws -> String? {
            let connection = try database.connect()
            defer { connection.close() }
            return try connection.query(query).first?.textOrNil(0)
        }
    }

    private static func play(
        _ provider: PlayedProvider, named name: String = "kuaidi100", patience: Int64 = 60_000,
        tellsParties: Bool = true,
        _ body: @escaping @Sendable (Stage) throws -> Void
    ) async throws {
        try await provider.run {
            try TestDatabase.with { database in
                let caller = ProviderCaller(limitMilliseconds: patience)
                defer { do { try caller.close() } catch { Issue.record("\(error)") } }
                var reader = SettingsReader([
                    "LABEL_PROVIDER": name, "LABEL_URL": provider.address, "LABEL_KEY": "key-1",
                    "LABEL_SECRET": "secret-1", "LABEL_CALLS_PER_SECOND": "100", "LABEL_BUSINESS_ID": "1237100",
                    "LABEL_ACCOUNTS": name == "kdniao"
                        ? #"{"sf": {"MonthCode": "755"}, "zto": {"CustomerName": "c"}}"#
                        : #"{"sf": {"partnerId": "755"}, "zto": {"partnerId": "p", "tempId": "t"}}"#,
                ])
                let settings = try #require(LabelSettings(&reader))
                let masterKeys = try MasterKeys(masterKey)
                let twin = try TwinHarness(database, handler: .labelling)
                let service = twin.memory.service
                service.publish(
                    CatalogWarehouse(
                        warehouse: "hangzhou", province: "浙江省", city: "杭州市",
                        contact: .init(name: "杭州仓", phone: "0571-1", district: "余杭区", street: "仓前街 2 号")),
                    on: .catalogWarehouses, key: "hangzhou")
                if tellsParties { try tell(masterKeys, service) }
                try twin.memory.confirm()
                try twin.settle()
                try body(
                    Stage(
                        twin: twin, database: database,
                        caller: LabelCaller(
                            settings, parties: PartiesReader(masterKeys: masterKeys), caller: caller)))
            }
        }
    }

    private static func tell(_ masterKeys: MasterKeys, _ service: ServiceHarness<FulfilmentHandler>) throws {
        let buyerID = "wechat-mini/u-77"
        let wrapped = masterKeys.makeKey(of: buyerID)
        let json = #"{"buyer": {"phone": "13800000000"}, "shipTo": {"name": "李雷", "city": "深圳市", "street": "1 号"}}"#
        let sealed = try masterKeys.open(wrapped, of: buyerID).seal(Array(json.utf8), of: .sample)
        service.publish(BuyerKeyWrapped(buyerID: buyerID, masterKeyID: "k1", wrappedKey: wrapped.text))
        service.publish(
            PartiesRecorded(orderID: .sample, buyerID: buyerID, scheme: Privacy.BuyerKey.scheme, sealed: sealed))
    }

    @Test func aNumberComesBackToTheLane() async throws {
        let provider = PlayedProvider(usual: Self.made)
        try await Self.play(provider) { stage in
            #expect(try stage.order.shipments.map(\.awaitsLabel) == [true])
            for _ in 0..<3 { try stage.step() }
            #expect(provider.asked.count == 1)
            let asked = provider.asked[0].removingPercentEncoding ?? ""
            #expect(asked.contains(#""orderId":"\#(OrderID.shipment())-L1","reorder":false"#))
            #expect(asked.contains(#""name":"李雷","mobile":"13800000000","printAddr":"深圳市1 号""#))
            #expect(try stage.order.shipments.map(\.label.waybill) == ["78001"])
            #expect(try stage.order.shipments.map(\.state) == [.labelled])
            #expect(try stage.facts().last?.contains(#""waybill":"78001""#) == true)
            let document = try #require(try stage.text("SELECT document FROM label_attempts"))
            #expect(!document.contains("https"), "what is printed names people: it is sealed")
            #expect(try stage.text("SELECT carrier_order FROM label_attempts") == "0174")
        }
    }

    @Test func slowTruncatedAndBrokenAnswersAreAskedForUnderTheSameID() async throws {
        let provider = PlayedProvider(usual: Self.made)
        provider.answer(
            .slow(milliseconds: 600_000, Self.made), .truncated(#"{"success":true,"#), .text("busy", status: 503),
            .text(#"{"success":false,"code":-1,"message":"服务器错误"}"#))
        try await Self.play(provider, patience: 5000) { stage in
            for attempt in 1...4 {
                for _ in 0..<2 {
                    try stage.step()
                    // The second time it is not yet time.
                    #expect(try stage.text("SELECT attempts::text FROM label_attempts") == "\(attempt)")
                }
                #expect(try stage.order.calls.map(\.state) == [.wanted])
                try stage.hurry()
            }
            // A busy machine may let a call run out of time before the provider has read it.
            for _ in 0..<5 where try stage.order.shipments[0].awaitsLabel {
                try stage.hurry()
                try stage.step()
            }
            #expect(try stage.order.shipments.map(\.label.waybill) == ["78001"])
            #expect(provider.asked.allSatisfy { $0.contains("\(OrderID.shipment())-L1") })
        }
    }

    /// KDNiao answers an order that comes again with its first number, 106; then the number goes back by 1147.
    @Test func kdniaoIsAskedAgainAndTakesANumberBack() async throws {
        let provider = PlayedProvider(usual: #"{"Success":true,"ResultCode":"100"}"#)
        provider.answer(
            .truncated(#"{"Success":true,"#), .text(#"{"Success":false,"ResultCode":"105","Reason":"系统繁忙"}"#),
            .text(#"{"Success":true,"ResultCode":"106","Reason":"该订单号已下单成功","Order":{"LogisticCode":"78001"}}"#))
        try await Self.play(provider, named: "kdniao") { stage in
            for _ in 0..<3 {
                try stage.step()
                try stage.hurry()
            }
            #expect(try stage.order.shipments.map(\.label.waybill) == ["78001"])
            stage.twin.memory.service.publish(StoppingTests.cancelled)
            try stage.twin.settle()
            try stage.step()
            #expect(try stage.order.calls.map(\.state) == [.voided])
            let types = provider.asked.map { $0.split(separator: "&").first { $0.hasPrefix("RequestType") } }
            #expect(types == ["RequestType=1007", "RequestType=1007", "RequestType=1007", "RequestType=1147"])
            #expect(provider.asked.allSatisfy { $0.contains("\(OrderID.shipment())-L1") })
        }
    }

    @Test func aRefusalCallsAPerson() async throws {
        let provider = PlayedProvider(usual: #"{"success":false,"code":30004,"message":"账号单量不足"}"#)
        try await Self.play(provider) { stage in
            for _ in 0..<2 { try stage.step() }
            #expect(provider.asked.count == 1)
            #expect(try stage.order.calls.map(\.state) == [.refused])
            #expect(try stage.facts().last?.contains("no waybill of zto: 30004 账号单量不足") == true)
            #expect(try stage.text("SELECT reason FROM label_attempts") == "30004 账号单量不足")
        }
    }

    @Test func aCancelledParcelsNumberGoesBack() async throws {
        let provider = PlayedProvider(usual: Self.cancelled)
        provider.answer(.text(Self.made))
        try await Self.play(provider) { stage in
            try stage.step()
            stage.twin.memory.service.publish(StoppingTests.cancelled)
            try stage.twin.settle()
            #expect(try stage.order.calls.map(\.state) == [.voiding])
            for _ in 0..<2 { try stage.step() }
            #expect(provider.asked.count == 2)
            let asked = provider.asked[1].removingPercentEncoding ?? ""
            #expect(asked.hasPrefix("method=cancel"))
            #expect(asked.contains(#""kuaidinum":"78001","orderId":"0174""#))
            #expect(try stage.order.calls.map(\.state) == [.voided])
        }
    }

    /// The answer was lost, then the order cancelled: the number is asked for by its id, and taken back.
    @Test func aNumberNobodyHeardOfIsFoundAndGoesBack() async throws {
        let provider = PlayedProvider(usual: Self.cancelled)
        provider.answer(.truncated("{"), .text(Self.made.replacing("200", with: "30011")))
        try await Self.play(provider) { stage in
            try stage.step()
            stage.twin.memory.service.publish(StoppingTests.cancelled)
            try stage.twin.settle()
            try stage.hurry()
            try stage.step()
            #expect(provider.asked.map { $0.prefix(13) } == ["method=order&", "method=order&", "method=cancel"])
            #expect(try stage.order.calls.map(\.state) == [.voided])
        }
    }

    @Test func whatWasNeverAskedForNeedsNoCall() async throws {
        let provider = PlayedProvider(usual: Self.made)
        try await Self.play(provider) { stage in
            stage.twin.memory.service.publish(StoppingTests.cancelled)
            try stage.twin.settle()
            try stage.step()
            #expect(provider.asked.isEmpty)
            #expect(try stage.order.calls.map(\.state) == [.voided])
        }
    }

    /// Labels wait for who receives; after a quarter of an hour a person is told.
    @Test func withoutAReceiverNobodyIsAsked() async throws {
        let provider = PlayedProvider(usual: Self.made)
        try await Self.play(provider, tellsParties: false) { stage in
            try stage.step()
            #expect(try stage.order.calls.map(\.state) == [.wanted])
            try stage.twin.advance(by: .minutes(16))
            try stage.step()
            #expect(provider.asked.isEmpty)
            #expect(try stage.facts().last?.contains("nobody has told who receives the order") == true)
        }
    }

    @Test func whoIsErasedIsForgotten() async throws {
        let provider = PlayedProvider(usual: Self.made)
        try await Self.play(provider) { stage in
            #expect(try stage.text("SELECT count(*)::text FROM parties JOIN buyer_keys USING (buyer_id)") == "1")
            let service = stage.twin.memory.service
            let broker = service.broker
            for (topic, key, type) in [
                (Topic.intakeParties, OrderID.sample.text, PartiesRecorded.type),
                (.intakeBuyerKeys, "wechat-mini/u-77", BuyerKeyWrapped.type),
            ] {
                broker.publish(
                    topic.name, key: key, value: nil, headers: [.init(name: "ce_type", value: Array(type.utf8))])
            }
            try stage.twin.settle()
            #expect(try stage.text("SELECT count(*)::text FROM parties") == "0")
            #expect(try stage.text("SELECT count(*)::text FROM buyer_keys") == "0")
        }
    }

    @Test(arguments: [
        (["LABEL_PROVIDER": "dhl"], ["LABEL_PROVIDER"]),
        (["LABEL_PROVIDER": "kuaidi100"], ["LABEL_KEY", "LABEL_SECRET", "LABEL_ACCOUNTS"]),
        (
            ["LABEL_PROVIDER": "kdniao", "LABEL_KEY": "k", "LABEL_ACCOUNTS": "{}"],
            ["LABEL_BUSINESS_ID", "LABEL_ACCOUNTS"]
        ),
    ])
    func wrongSettingsAreNamed(environment: [String: String], keys: [String]) {
        var reader = SettingsReader(environment)
        #expect(LabelSettings(&reader) == nil)
        #expect(reader.defects.map { String($0.prefix { $0 != ":" }) } == keys)
    }
}
