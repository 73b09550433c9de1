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

    @Test("what is done to a case's clock counts until its next step", arguments: [1, 300])
    func clocks(maximumBatch: Int) throws {
        try ConsoleDatabase.with { console in
            let caseID = CaseOpened.sample().caseID
            func changed(_ version: Int64, due: Instant?, rest: Int64?) -> CaseClockChanged {
                CaseClockChanged(
                    orderID: .sample, caseID: caseID, clock: .approve, dueAt: due, restMilliseconds: rest, reason: "r",
                    by: "anna", changedAt: .sample, version: version)
            }
            func clock() throws -> [String] {
                try console.rows(
                    """
                    SELECT concat_ws(' ', state, clock_due = '2026-12-01 00:00Z', clock_rest, clock_reason, clock_by)
                    FROM cases
                    """)
            }
            let due = Instant(milliseconds: 1_796_083_200_000)
            console.publish([CaseOpened.sample(kind: .return), changed(2, due: due, rest: nil)])
            try console.settle(maximumBatch: maximumBatch)
            #expect(try clock() == ["requested t r anna"])
            console.publish([changed(3, due: nil, rest: 5000)])
            try console.settle(maximumBatch: maximumBatch)
            #expect(try clock() == ["requested 5000 r anna"])
            let approved = CaseApproved(
                orderID: .sample, caseID: caseID, kind: .return, lines: [], amount: 10_000, by: "anna",
                approvedAt: .sample, version: 4)
            console.publish([approved])
            try console.settle(maximumBatch: maximumBatch)
            #expect(try clock() == ["approved"])
        }
    }

    /// The clock has paid it back already: nothing of the case waits for these goods.
    @Test("goods that come after their money went back do not open the case again", arguments: [1, 300])
    func lateGoods(maximumBatch: Int) throws {
        try ConsoleDatabase.with { console in
            let caseID = CaseOpened.sample().caseID
            console.publish([
                CaseOpened.sample(kind: .return),
                RefundDue(
                    refundID: "R-1", orderID: .sample, caseID: caseID, paymentID: "P", amount: 10_000, currency: "CNY",
                    reason: "refund-time"),
                CaseGoodsReceived(
                    orderID: .sample, caseID: caseID, warehouse: "W1", lines: [.sample()], receivedAt: .sample,
                    version: 2),
                CaseInspected(
                    orderID: .sample, caseID: caseID, warehouse: "W1", lines: [], inspectedAt: .sample, version: 3),
            ])
            try console.settle(maximumBatch: maximumBatch)
            #expect(
                try console.rows("SELECT concat_ws(' ', state, received_at IS NOT NULL) FROM cases")
                    == ["refunding t"])
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

    @Test("a binding holds from when the buyer was bound, until it is ended")
    func bindings() throws {
        try ConsoleDatabase.with { console in
            let binding = DistributionBinding.sample(boundAt: .sample + .days(-3))
            console.harness.publish(binding, on: .distributionBindings, key: "wechat-mini/u-77")
            console.harness.publish(CatalogCarrier.sample(), on: .catalogCarriers, key: "sto")
            try console.settle()
            #expect(
                try console.rows("SELECT concat_ws(' ', topic, key) FROM current_records ORDER BY 1")
                    == ["catalog.carriers.v1 sto", "distribution.bindings.v1 wechat-mini/u-77"])
            #expect(
                try console.rows(
                    "SELECT (effective_from = '2026-11-19T08:00:00Z')::text FROM records WHERE key LIKE '%u-77'")
                    == ["true"])
            console.harness.broker.publish("distribution.bindings.v1", key: "wechat-mini/u-77", value: nil)
            try console.settle()
            #expect(
                try console.rows(
                    "SELECT (body IS NULL)::text FROM records WHERE key LIKE '%u-77' ORDER BY partition_offset")
                    == ["false", "true"])
            #expect(try console.rows("SELECT count(*)::text FROM current_records") == ["1"])
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
