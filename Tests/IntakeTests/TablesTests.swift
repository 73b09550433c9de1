import Contracts
import IntakeDomain
import Pipeline
import Postgres
import Support
import Testing

@testable import Intake

@Suite("Intake's tables")
struct TablesTests {
    /// Every kind of aggregate, each order in another part of its life.
    private func aggregates() throws -> [Key: IntakeAggregate] {
        let mall = try Mall(.sample(memberID: "M1"))
        mall.publish(DistributionMember.sample(memberID: "M3", parentID: "M1", grade: "gold", buyers: ["web/u-1"]))
        mall.publish(DistributionMember.sample(memberID: "M1"))
        mall.publish(DistributionBinding.sample())
        mall.service.publish(
            CatalogListing(
                channel: "wechat-mini", externalSku: "set/1", components: [.init(sku: "SKU-1", quantity: 2)]),
            on: .catalogListings, key: "wechat-mini/set/1")
        try mall.service.settle()
        for number in 1...8 {
            mall.publish(ChannelOrder.sample(externalOrderID: "O/\(number)", freight: 500, paid: number > 2))
        }
        mall.publish(ChannelOrder.sample(externalOrderID: "O/9", lines: [.sample(sku: "theirs")]))
        try mall.service.settle()
        func id(_ number: Int) -> OrderID { .sample("O/\(number)") }
        mall.publish(ChannelPayment.sample(externalOrderID: "O/1", paymentID: "S", amount: 400))
        for number in 4...8 { mall.service.publish(StockReserved.sample(orderID: id(number))) }
        try mall.service.settle()
        for number in 6...8 { mall.service.publish(ShipmentDispatched.sample(orderID: id(number))) }
        _ = try mall.command(NoteOrder(head: .sample(), orderID: id(3), note: "ring twice"))
        _ = try mall.command(HoldOrder(head: .sample("C-2"), orderID: id(3)))
        _ = try mall.command(CancelOrder(head: .sample("C-3"), orderID: id(5)))
        try mall.service.settle()
        mall.service.publish(CaseOpened.sample(orderID: id(7)))
        mall.service.publish(CaseRefunded.sample(orderID: id(7)))
        mall.publish(
            ChannelOrderReceived(channel: "wechat-mini", externalOrderID: "O/8", receivedAt: .sample + .hours(1)))
        try mall.service.advance(by: .minutes(31))
        mall.publish(ChannelPayment.sample(externalOrderID: "O/1", paymentID: "late", amount: 10_600))
        try mall.service.settle()
        return mall.service.database.aggregates
    }

    @Test func whatIsSavedIsLoadedEqual() throws {
        let saved = try aggregates()
        let states = Set(saved.values.compactMap { if case .order(let order) = $0 { order.state } else { nil } })
        #expect(states.isSuperset(of: [.paid, .shipped, .completed, .cancelled]))
        #expect(Set(saved.keys.map(\.kind)).count == 7)
        try TestDatabase.with { database in
            let connection = try database.connect()
            let tables = IntakeTables()
            try connection.transaction { transaction in
                var state = State<IntakeAggregate>()
                for (key, value) in saved { state.set(key, value) }
                try tables.save(state, in: transaction)
            }
            let loaded = try connection.transaction { transaction in
                var state = State<IntakeAggregate>()
                try tables.load(saved.keys.sorted(), into: &state, in: transaction)
                return state
            }
            for (key, value) in saved { #expect(loaded.isLoaded(key) && loaded[key] == value.asLoaded, "\(key)") }
        }
    }

    @Test func anOrderIsFoundUnderTheChannelsName() throws {
        let saved = try aggregates()
        try TestDatabase.with { database in
            let connection = try database.connect()
            let tables = IntakeTables()
            try connection.transaction { transaction in
                var state = State<IntakeAggregate>()
                for (key, value) in saved { state.set(key, value) }
                try tables.save(state, in: transaction)
            }
            let key = Key.external("wechat-mini", "O/1")
            let loaded = try connection.transaction { transaction in
                var state = State<IntakeAggregate>()
                try tables.load([key, .external("wechat-mini", "none")], into: &state, in: transaction)
                return state
            }
            #expect(loaded.order(key)?.orderID == .sample("O/1"))
            #expect(!loaded.isLoaded(.external("wechat-mini", "none")))
        }
    }

    /// Rows that must not be, each with the constraint that refuses it.
    @Test(arguments: [
        ("UPDATE orders SET state = 'lost'", "orders_state"),
        ("UPDATE orders SET stock_status = 'none'", "orders_stock_status"),
        ("UPDATE orders SET refund_status = 'some'", "orders_refund_status"),
        ("UPDATE orders SET kind = 'gift'", "orders_kind"),
        ("UPDATE orders SET state = 'cancelled', cancel_reason = 'whim'", "orders_cancel_reason_word"),
        ("UPDATE orders SET cancel_reason = 'buyer'", "orders_cancelled"),
        ("UPDATE orders SET state = 'cancelled'", "orders_cancelled"),
        ("UPDATE orders SET state = 'completed'", "orders_completed"),
        ("UPDATE orders SET reservation = -1", "orders_reservation"),
        ("UPDATE orders SET total = total + 1", "orders_total"),
        ("UPDATE orders SET freight = -1, goods_total = goods_total + 501", "orders_total"),
        ("UPDATE orders SET paid = total + 1, state = 'shipped'", "orders_money"),
        ("UPDATE orders SET refunded = paid + 1", "orders_money"),
        ("UPDATE orders SET returned = paid + 1, state = 'shipped'", "orders_money"),
        ("UPDATE orders SET excess = -1", "orders_money"),
        ("UPDATE orders SET paid = paid - 1", "orders_paid"),
        ("UPDATE orders SET confirmed_at = now(), stock_status = 'pending'", "orders_confirmed"),
        ("UPDATE orders SET receipt_due = now(), receipt_left_milliseconds = 1", "orders_receipt"),
        ("UPDATE orders SET order_id = 'x', external_order_id = 'WX-1001'", "payments_order_id_fkey"),
        ("UPDATE payments SET counted = amount + 1", "payments_counted"),
        ("UPDATE payments SET counted = -1", "payments_counted"),
        ("INSERT INTO payments SELECT * FROM payments", "payments_pkey"),
        ("INSERT INTO parties VALUES ('none', '')", "parties_order_id_fkey"),
        ("INSERT INTO reference_records VALUES ('plan', 'x', true, '')", "reference_records_kind"),
    ])
    func aWrongRowIsRefused(statement: String, constraint: String) throws {
        try TestDatabase.with { database in
            let mall = PostgresMall(database)
            try placeOne(mall)
            let error = try postgresError { try database.connect().run(script: statement) }
            #expect(error.constraint == constraint)
            #expect(error.isDataError)
        }
    }

    @Test func aSecondOrderOfTheSameNameIsRefused() throws {
        try TestDatabase.with { database in
            let mall = PostgresMall(database)
            try placeOne(mall)
            let error = try postgresError {
                try database.connect().run(
                    script: """
                        CREATE TEMP TABLE copy AS SELECT * FROM orders;
                        UPDATE copy SET order_id = 'another';
                        INSERT INTO orders SELECT * FROM copy
                        """)
            }
            #expect(error.constraint == "orders_external")
        }
    }

    /// One paid order.
    private func placeOne(_ mall: PostgresMall) throws {
        mall.publish(CatalogChannel.sample(), on: .catalogChannels, key: "wechat-mini", id: "c")
        mall.publish(CatalogItem.sample(), on: .catalogItems, key: "SKU-1", id: "i")
        _ = try mall.settle()
        mall.publish(
            ChannelOrder.sample(freight: 500, paid: true), on: .channelOrders, key: "wechat-mini/WX-1001", id: "o")
        #expect(try mall.settle().facts == 2)
    }

    private func postgresError(of body: () throws -> Void) throws -> PostgresError {
        struct NothingThrown: Error {}
        do { try body() } catch let error as PostgresError { return error }
        throw NothingThrown()
    }
}
