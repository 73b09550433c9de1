import Contracts
import IntakeDomain
import Kafka
import Pipeline
import Support
import Testing

@testable import Intake

@Suite("Native payloads through the pipeline")
struct SnapshotTests {
    private static let channel = CatalogChannel.sample(channel: "shop", money: .platform, clocks: .platform)
    private static let trade = "shop/2589104771324567890"

    @Test func everyPlatformsOrderIsPlacedAndPaid() throws {
        let mall = try mall()
        for (type, payload) in NativeSamples.all { mall.publish(payload, type, key: try key(type, payload)) }
        try mall.service.settle()
        #expect(mall.service.database.deadLetters.isEmpty)
        #expect(mall.service.facts(OrderPlaced.self).count == NativeSamples.all.count)
        #expect(mall.service.facts(OrderPaid.self).count == NativeSamples.all.count)
        #expect(mall.service.facts(OrderPlaced.self).allSatisfy { $0.channel == "shop" })
    }

    @Test func aBrokenPayloadIsADeadLetterWithTheirPathAndItsNeighboursPass() throws {
        let mall = try mall()
        let bad = NativeSamples.taobao.replacing(#""oid": 2589104771324567891, "#, with: "")
        mall.publish(NativeSamples.jd, "jd.order.v1", key: "shop/290011223344")
        mall.publish(bad, "taobao.trade.v1", key: Self.trade)
        mall.publish(NativeSamples.shopify, "shopify.order.v1", key: "other/820982911946154508")
        mall.publish(NativeSamples.wooCommerce, "woocommerce.order.v1", key: "shop/728")
        try mall.service.settle()
        #expect(
            mall.service.database.deadLetters.map(\.field)
                == ["trade_fullinfo_get_response.trade.orders.order[0].oid", "key"])
        #expect(mall.service.facts(OrderPlaced.self).map(\.externalOrderID) == ["290011223344"])
    }

    /// The unknown channel of a snapshot waits, and is a dead letter after its 30 seconds.
    @Test func aSnapshotWaitsForItsChannel() throws {
        let mall = try Mall()
        mall.publish(NativeSamples.jd, "jd.order.v1", key: "shop/290011223344")
        try mall.service.settle()
        #expect(mall.service.facts(OrderPlaced.self).isEmpty)
        mall.service.publish(Self.channel, on: .catalogChannels, key: "shop")
        try mall.service.advance(by: .seconds(5))
        #expect(mall.service.facts(OrderPlaced.self).count == 1)
    }

    @Test func noClockOfOursRunsAndNoMoneyIsOwed() throws {
        let mall = try mall()
        mall.publish(try Self.life[0], "taobao.trade.v1", key: Self.trade)
        try mall.service.advance(by: .days(3))
        #expect(mall.service.facts(OrderCancelled.self).isEmpty)
        for payload in try Self.life.dropFirst() { mall.publish(payload, "taobao.trade.v1", key: Self.trade) }
        try mall.service.settle()
        #expect(mall.service.facts(OrderCancelled.self).map(\.refundDue) == [0])
        #expect(
            mall.service.story == [
                "OrderPlaced", "OrderRevised", "OrderPaid", "OrderHeld", "OrderReleased",
                "OrderRefundStatusChanged", "OrderCancelled",
            ])
    }

    @Test func tablesAndMemoryAgreeOnALife() throws {
        let handler = IntakeHandler.sample
        let memory = MemoryPlace(handler)
        try play(ServiceRig(handler, memory))
        try TestDatabase.with(TablesTests.migrations) { database in
            let tables = try PostgresPlace(database, service: "intake", tables: IntakeTables())
            try play(ServiceRig(handler, tables))
            let keys = memory.database.aggregates.keys.sorted()
            #expect(Set(keys.map(\.kind)).contains(.snapshot))
            let expected = memory.aggregates(keys)
            let found = try tables.aggregates(keys)
            #expect(found.map(\.key) == expected.map(\.key))
            for (left, right) in zip(expected, found) { #expect(left.value.asLoaded == right.value, "\(left.key)") }
            #expect(try tables.deadLetters().isEmpty)
        }
    }

    /// Unpaid, then cheaper and paid, held, let go, paid back and closed; beside it an order that JD has split.
    private static var life: [String] {
        get throws {
            let open = #""status": "WAIT_SELLER_SEND_GOODS", "created""#
            let changes: [[(String, String)]] = [
                [
                    (open, open.replacing("WAIT_SELLER_SEND_GOODS", with: "WAIT_BUYER_PAY")),
                    (#""payment": "103.00""#, #""payment": "108.00""#),
                ],
                [], [(open, open.replacing("WAIT_SELLER_SEND_GOODS", with: "PAID_FORBID_CONSIGN"))], [],
                [
                    (open, open.replacing("WAIT_SELLER_SEND_GOODS", with: "TRADE_CLOSED")),
                    (
                        #""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#,
                        #""title": "杯子", "status": "TRADE_CLOSED""#
                    ),
                ],
            ]
            return changes.enumerated().map { minute, parts in
                let moved = NativeSamples.taobao.replacing("2026-11-22 10:01:30", with: "2026-11-22 11:0\(minute):00")
                return parts.reduce(moved) { $0.replacing($1.0, with: $1.1, maxReplacements: 1) }
            }
        }
    }

    private func play(_ rig: some Rig) throws {
        rig.publish(Self.channel.jsonBytes, type: CatalogChannel.type, on: .catalogChannels, key: "shop", id: "channel")
        for sku in Self.skus {
            rig.publish(
                CatalogItem.sample(sku: sku).jsonBytes, type: CatalogItem.type, on: .catalogItems, key: sku, id: sku)
        }
        try rig.settle()
        let child = NativeSamples.jd.replacing(#""orderId": "290011223344""#, with: #""orderId": "290011223355""#)
            .replacing(#""parentOrderId": "0""#, with: #""parentOrderId": "290011223344""#)
        let orders =
            try Self.life.map { ("taobao.trade.v1", Self.trade, $0) }
            + [("jd.order.v1", "shop/290011223355", child), ("jd.order.v1", "shop/290011223344", NativeSamples.jd)]
        for (number, (type, key, payload)) in orders.enumerated() {
            rig.publish(Array(payload.utf8), type: type, on: .channelOrders, key: key, id: "order-\(number)")
            try rig.settle()
        }
    }

    private static let skus = ["红色+XL", "MUG", "GIFT", "SKU-1", "100012043979"]

    private func mall() throws -> Mall {
        let mall = try Mall(Self.channel)
        for sku in Self.skus { mall.service.publish(CatalogItem.sample(sku: sku), on: .catalogItems, key: sku) }
        try mall.service.settle()
        return mall
    }

    private func key(_ type: String, _ payload: String) throws -> String {
        let native = try #require(NativeOrder(rawValue: type))
        let order = try native.read(JSONDocument.object(Array(payload.utf8)), channel: "shop").order
        return "shop/\(order.externalOrderID)"
    }
}

extension Mall {
    /// A native payload, as a connector publishes it.
    fileprivate func publish(_ payload: String, _ type: String, key: String) {
        let headers = [KafkaHeader(name: "ce_type", value: Array(type.utf8))]
        service.broker.publish(
            Topic.channelOrders.name, key: key, value: Array(payload.utf8), headers: headers,
            at: service.clock.now.milliseconds)
    }
}
