import Contracts
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Pushes of aggregators")
struct PushTests {
    /// An order whose parcel goes by ZTO, and left two hours after it was planned.
    private static func sent() throws -> FulfilmentHarness {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        return harness
    }

    private static func statuses(_ harness: FulfilmentHarness) -> [String] {
        harness.service.facts(ShipmentTracked.self).map(\.status.rawValue)
    }

    private static func codes(_ harness: FulfilmentHarness) -> (kuaidi100: String, kdniao: String) {
        let codes = CarrierCodes.of(harness.label().carrier)
        return (codes?.kuaidi100 ?? "?", codes?.kdniao ?? "?")
    }

    private static func push(_ harness: FulfilmentHarness, type: String, _ body: String) throws {
        harness.service.publish(
            Array(body.utf8), type: type, on: .carrierScans,
            key: "\(harness.label().carrier)/\(harness.label().waybill)")
        try harness.service.settle()
    }

    private static func kuaidi100(_ harness: FulfilmentHarness, _ data: String) throws {
        try push(
            harness, type: "kuaidi100.push.v1",
            """
            {"status": "polling", "billstatus": "got", "lastResult": {"message": "ok", "state": "0", "status": "200",
            "ischeck": "0", "com": "\(codes(harness).kuaidi100)", "nu": "\(harness.label().waybill)", "data": [\(data)]}}
            """)
    }

    /// The newest first, as Kuaidi100 sends them, and the whole history each time.
    @Test func aHistoryThatComesAgainTellsOnlyWhatIsNew() throws {
        let harness = try Self.sent()
        let first =
            #"{"time": "2026-11-22 19:00:00", "ftime": "2026-11-22 19:00:00", "context": "c", "statusCode": "103"}"#
        let second =
            #"{"time": "2026-11-23 08:00:00", "ftime": "2026-11-23 08:00:00", "status": "派件", "areaName": "杭州市"}"#
        try Self.kuaidi100(harness, first)
        try Self.kuaidi100(harness, second + "," + first)
        try Self.kuaidi100(harness, second + "," + first)
        let tracked = harness.service.facts(ShipmentTracked.self)
        #expect(tracked.map(\.status) == [.pickedUp, .outForDelivery])
        #expect(tracked.map(\.rawCode) == ["103", "5"])
        #expect(tracked.map(\.location) == [nil, "杭州市"])
        #expect(tracked.first?.occurredAt == Instant(rfc3339: "2026-11-22T11:00:00Z"))
    }

    @Test func whatIsOnlyAnnouncedLetsNothingLeave() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try Self.kuaidi100(harness, #"{"time": "2026-11-22 19:00:00", "statusCode": "101"}"#)
        try Self.push(
            harness, type: "kdniao.push.v1",
            #"{"Data": [{"ShipperCode": "\#(Self.codes(harness).kdniao)", "LogisticCode": "\#(harness.label().waybill)","#
                + #" "State": "0", "Success": false, "Traces": []}]}"#)
        #expect(harness.service.story == ["ShipmentPlanned", "ShipmentLabelled"])
        #expect(harness.service.database.deadLetters.isEmpty)
    }

    @Test func unknownCodesAreKeptAsTheyCame() throws {
        let harness = try Self.sent()
        try Self.kuaidi100(harness, #"{"time": "2026-11-22 19:00:00", "statusCode": 8888}"#)
        #expect(harness.service.facts(ShipmentTracked.self).map(\.rawCode) == ["8888"])
        #expect(Self.statuses(harness) == ["in-transit"])
    }

    @Test func kdniaoTellsOfSeveralParcelsAtOnce() throws {
        let harness = try Self.sent()
        func entry(_ waybill: String) -> String {
            #"{"ShipperCode": "\#(Self.codes(harness).kdniao)", "LogisticCode": "\#(waybill)", "State": "3", "#
                + #""StateEx": "301", "Success": true, "Traces": [{"AcceptTime": "2026-11-22 19:00:00", "#
                + #""AcceptStation": "s", "Action": "1"}, {"AcceptTime": "2026-11-23 19:00:00", "AcceptStation": "s"}]}"#
        }
        let waybill = harness.label().waybill
        try Self.push(harness, type: "kdniao.push.v1", #"{"Data": [\#(entry(waybill)), \#(entry("unknown"))]}"#)
        #expect(Self.statuses(harness).isEmpty, "it waits whole for the other's shipment")
        try Self.push(harness, type: "kdniao.push.v1", #"{"Data": [\#(entry(waybill)), \#(entry(waybill))]}"#)
        #expect(Self.statuses(harness) == ["picked-up", "delivered"])
        #expect(harness.service.facts(ShipmentTracked.self).map(\.rawCode) == ["1", "301"])
        #expect(harness.service.facts(ShipmentDelivered.self).count == 1)
    }

    @Test(arguments: [
        ("kuaidi100.push.v1", #"{"status": "polling"}"#, "lastResult"),
        ("kuaidi100.push.v1", #"{"lastResult": {"com": "zhongtong", "data": []}}"#, "lastResult.nu"),
        (
            "kuaidi100.push.v1",
            #"{"lastResult": {"com": "zhongtong", "nu": "1", "data": [{"time": "now"}]}}"#, "lastResult.data[0].time"
        ), ("kdniao.push.v1", #"{"Count": 1}"#, "Data"),
    ])
    func whatCannotBeReadIsADeadLetterThatNamesItsField(type: String, body: String, field: String) throws {
        let harness = try Self.sent()
        try Self.push(harness, type: type, body)
        #expect(harness.service.database.deadLetters.map(\.field) == [field])
    }
}

@Suite("Late parcels")
struct DelayTests {
    @Test func aParcelThatIsNotThereInTimeCallsAPersonOnce() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.scan(.inTransit, afterHours: 9)
        try harness.service.advance(by: .days(4))
        let told = harness.service.facts(ShipmentExceptional.self)
        #expect(told.count == 1)
        #expect(told.first?.reason.hasPrefix("not delivered by 2026-11-") == true)
        #expect(told.first?.reason.contains("last in-transit at") == true)
        try harness.service.advance(by: .days(9))
        #expect(harness.service.facts(ShipmentExceptional.self).count == 1)
    }

    @Test(arguments: [CarrierScan.Status.delivered, .returning]) func aParcelThatIsDoneWithIsNotLate(
        status: CarrierScan.Status
    ) throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.scan(status, afterHours: 9)
        #expect(harness.service.database.timers.isEmpty)
        try harness.service.advance(by: .days(9))
        #expect(harness.service.facts(ShipmentExceptional.self).isEmpty)
    }

    @Test func halfADayBeforeThePlatformsDeadlineWhatIsStillHereIsNamed() throws {
        let harness = try FulfilmentHarness()
        harness.service.publish(OrderPlaced.sample(shipBy: .sample + .hours(13)))
        harness.service.publish(OrderConfirmed.sample(lines: [.sample()]))
        harness.service.publish(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
        try harness.service.settle()
        #expect(harness.service.facts(ShipmentPlanned.self).first?.shipBy == .sample + .hours(13))
        try harness.service.advance(by: .minutes(59))
        #expect(harness.service.facts(ShipmentExceptional.self).isEmpty)
        try harness.service.advance(by: .minutes(1))
        #expect(
            harness.service.facts(ShipmentExceptional.self).map(\.reason) == [
                "must leave by \(Instant.sample + .hours(13))"
            ])
    }
}
