import ConsoleDomain
import Contracts
import Kafka
import Pipeline
import Support
import Testing

@testable import Console

@Suite("Bringing facts into the read tables")
struct ReadingTests {
    @Test("an order's life is one row, whatever the order of topics")
    func oneOrder() throws {
        try ConsoleDatabase.with { console in
            // Stock is told before the order: another topic, another moment.
            try console.tell(StockReserved.sample())
            #expect(
                try console.rows("SELECT concat_ws(' ', stock_status, placed_at, warehouses) FROM orders") == [
                    "reserved {hangzhou}"
                ])
            try console.tell(
                OrderPlaced.sample(
                    lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")], freight: 800,
                    attribution: .sample(kind: .binding)),
                OrderPaid(orderID: .sample, paymentID: "P", amount: 30_800, paidAt: .sample, version: 2),
                OrderConfirmed.sample(version: 3))
            #expect(
                try console.rows(
                    """
                    SELECT concat_ws(' ', channel, external_order_id, day, state, stock_status, total, paid, seller, chain,
                        parcels, confirmed_at IS NOT NULL) FROM orders
                    """) == ["wechat-mini WX-1001 2026-11-22 paid reserved 30800 30800 M3 {M3,M1} 1 t"])
            #expect(
                try console.rows("SELECT concat_ws(' ', line_id, sku, quantity, paid) FROM order_lines ORDER BY 1")
                    == ["1 SKU-1 2 20000", "2 SKU-2 1 10000"])
            #expect(try console.rows("SELECT count(*)::text FROM facts") == ["4"])
        }
    }

    @Test("holds come and go, each by its kind", arguments: [1, 300])
    func holds(maximumBatch: Int) throws {
        try ConsoleDatabase.with { console in
            console.publish([
                OrderPlaced.sample(), OrderHeld(orderID: .sample, reason: "a", heldAt: .sample, version: 2),
                OrderHeld(orderID: .sample, hold: .amount, reason: "b", heldAt: .sample, version: 3),
                OrderReleased(
                    orderID: .sample, reason: "a", remaining: ["amount"], releasedAt: .sample, version: 4),
                OrderHeld(orderID: .sample, hold: .velocity, reason: "c", heldAt: .sample, version: 5),
            ])
            try console.settle(maximumBatch: maximumBatch)
            #expect(try console.rows("SELECT holds::text FROM orders") == ["{amount,velocity}"])
        }
    }

    @Test("what comes back is counted once for its line and its case")
    func refunds() throws {
        try ConsoleDatabase.with { console in
            try console.tell(
                OrderPlaced.sample(), CaseOpened.sample(), CaseRefunded.sample(),
                OrderRefundStatusChanged(
                    orderID: .sample, status: .full, refunded: 10_000, at: .sample, version: 2))
            // The same record once more: the journal knows it.
            try console.tell(CaseRefunded.sample())
            #expect(
                try console.rows("SELECT concat_ws(' ', refunded_quantity, refunded_amount) FROM order_lines")
                    == ["1 10000"])
            #expect(
                try console.rows("SELECT concat_ws(' ', kind, state, amount, refunded) FROM cases")
                    == ["refund refunding 10000 10000"])
            #expect(try console.rows("SELECT concat_ws(' ', refund_status, refunded) FROM orders") == ["full 10000"])
        }
    }

    @Test("scans come shuffled: the newest by the carrier's time stays", arguments: [1, 300])
    func scans(maximumBatch: Int) throws {
        try ConsoleDatabase.with { console in
            let shipmentID = "\(OrderID.sample)-S1"
            func scan(_ status: TrackingStatus, _ hours: Int64, _ version: Int64) -> ShipmentTracked {
                ShipmentTracked(
                    orderID: .sample, shipmentID: shipmentID, status: status, location: "\(hours)",
                    occurredAt: .sample + .hours(hours), version: version)
            }
            console.publish([
                ShipmentDispatched.sample(version: 1), scan(.outForDelivery, 9, 2), scan(.inTransit, 5, 3),
                scan(.pickedUp, 1, 4),
            ])
            try console.settle(maximumBatch: maximumBatch)
            #expect(
                try console.rows(
                    "SELECT concat_ws(' ', state, waybill, tracking_status, tracking_location) FROM parcels")
                    == ["dispatched SF1034567890123 out-for-delivery 9"])
        }
    }

    @Test("of a member's part, what is frozen and what has matured add up", arguments: [1, 300])
    func earnings(maximumBatch: Int) throws {
        try ConsoleDatabase.with { console in
            func leg(_ amount: Int64) -> CommissionLeg {
                CommissionLeg(
                    memberID: "M3", level: 1, kind: .level, lineID: "1", base: 10_000, rateBasisPoints: 1000,
                    amount: amount, why: "default")
            }
            func reversed(_ amount: Int64, _ version: Int64) -> CommissionReversed {
                CommissionReversed(
                    orderID: .sample, planID: "P", planVersion: 1, currency: "CNY", legs: [leg(amount)],
                    companyShare: 20, remainder: 0, caseID: nil, refundID: "R\(version)", reason: "refunded",
                    at: .sample, version: version)
            }
            console.publish([
                CommissionAccrued(
                    orderID: .sample, planID: "P", planVersion: 1, currency: "CNY", legs: [leg(600), leg(400)],
                    companyShare: 100, remainder: 0, at: .sample, version: 1),
                CommissionHeld(
                    orderID: .sample, memberID: "M3", entryID: "J1", kind: .dispute, reason: "too little",
                    heldAt: .sample, version: 2),
                reversed(100, 3),
                CommissionReleased(
                    orderID: .sample, memberID: "M3", entryID: "J1", kind: .dispute, answer: nil, reason: "right",
                    actor: "f", releasedAt: .sample, version: 4),
                CommissionMatured(
                    orderID: .sample, planID: "P", planVersion: 1, currency: "CNY", legs: [leg(900)], companyShare: 80,
                    remainder: 0, at: .sample, version: 5),
                reversed(300, 6),
            ])
            try console.settle(maximumBatch: maximumBatch)
            #expect(
                try console.rows(
                    """
                    SELECT concat_ws(' ', currency, accrued, matured, reversed_frozen, reversed_matured, holds)
                    FROM earnings
                    """) == ["CNY 1000 900 100 300 {}"])
            #expect(try console.rows("SELECT company_share::text FROM orders") == ["60"])
            #expect(
                try console.rows("SELECT concat_ws(' ', kind, amount) FROM entries ORDER BY version")
                    == ["accrued 1000", "reversed -100", "matured 900", "reversed -300"])
        }
    }

    @Test("of reference data every version stays, and the newest is found")
    func references() throws {
        try ConsoleDatabase.with { console in
            console.harness.publish(
                DistributionMember.sample(memberID: "M2", parentID: "M1"), on: .distributionMembers, key: "M2")
            console.harness.publish(
                DistributionMember.sample(memberID: "M2", parentID: "M9", grade: "gold"), on: .distributionMembers,
                key: "M2")
            try console.settle()
            #expect(
                try console.rows("SELECT concat_ws(' ', parent_id, grade, status) FROM members") == ["M9 gold active"])
            #expect(try console.rows("SELECT count(*)::text FROM records") == ["2"])
            #expect(try console.rows("SELECT body ->> 'parentId' FROM current_records") == ["M9"])
        }
    }

    @Test("a dead letter is shown by its reason, never by its content")
    func deadLetters() throws {
        try ConsoleDatabase.with { console in
            let headers = [
                ("ce_type", "channel.order.v1"), ("ce_id", "dead/channel.orders.v1/3/17/1"),
                ("ce_source", "/services/intake"), ("dlq_reason", "is missing"), ("dlq_field", "lines"),
                ("dlq_topic", "channel.orders.v1"), ("dlq_partition", "3"), ("dlq_offset", "17"),
                ("dlq_attempts", "1"), ("dlq_failed_at", "2026-11-22T08:00:00.000Z"),
            ]
            console.harness.broker.publish(
                Topic.deadLetters(of: "intake").name, key: "wechat-mini/WX-1",
                value: Array(#"{"phone":"13800000000","broken"#.utf8),
                headers: headers.map { KafkaHeader(name: $0.0, value: Array($0.1.utf8)) }, at: 0)
            try console.settle()
            #expect(
                try console.rows(
                    "SELECT concat_ws(' ', service, field, reason, topic, partition, partition_offset) FROM told_dead_letters"
                )
                    == ["intake lines is missing channel.orders.v1 3 17"])
            #expect(try console.rows("SELECT service FROM told_dead_letters WHERE key LIKE '%138%'").isEmpty)
        }
    }

    @Test("an answer is kept also when nobody here has asked")
    func answers() throws {
        try ConsoleDatabase.with { console in
            try console.tell(
                CommandAnswered(
                    service: "intake", commandID: "C-1", outcome: .refused, reason: "is shipped", version: 1))
            #expect(
                try console.rows("SELECT concat_ws(' ', command_id, outcome, answer) FROM commands")
                    == ["C-1 refused is shipped"])
            #expect(try console.rows("SELECT reason FROM told_dead_letters") == [])
        }
    }
}
