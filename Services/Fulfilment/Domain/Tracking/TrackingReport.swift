public import Contracts

/// What somebody tells of one parcel: one scan, or its whole history again.
public struct TrackingReport: Equatable, Sendable {
    public let carrier: String
    public let waybill: String
    public let scans: [Scan]

    public init(carrier: String, waybill: String, scans: [Scan]) {
        self.carrier = carrier
        self.waybill = waybill
        self.scans = scans
    }

    public init(_ seen: CarrierScan) {
        self.init(carrier: seen.carrier, waybill: seen.waybill, scans: [Scan(seen)])
    }

    public var key: Key { .waybill(carrier, waybill) }
}

/// What Kuaidi100 pushes (`param` of its callback): a parcel's whole history, the newest first.
///
/// - Errors: `Fault` naming the provider's own path.
/// - Source: Kuaidi100, "订阅推送 API".
enum Kuaidi100Push {
    static let type = "kuaidi100.push.v1"

    /// - Returns: `nil` when it tells of no scan: the watch ended without a result, or the carrier has nothing yet.
    static func read(_ json: JSONObject) throws(Fault) -> TrackingReport? {
        guard let result = try json.objectIfPresent("lastResult") else {
            throw Fault("is missing", field: "lastResult")
        }
        let company = try result.string("com")
        let waybill = try result.string("nu")
        var scans: [Scan] = []
        for value in try result.valuesIfPresent("data") ?? [] {
            if let scan = try scan(value.object()) { scans.append(scan) }
        }
        guard !scans.isEmpty else { return nil }
        return TrackingReport(carrier: CarrierCodes.carrier(kuaidi100: company), waybill: waybill, scans: scans)
    }

    /// `ftime` is the cleaned form of `time`; the text in `context` may name people and is not kept.
    private static func scan(_ json: JSONObject) throws(Fault) -> Scan? {
        let word = try json.tokenIfPresent("status")
        let given = try json.tokenIfPresent("statusCode")
        let code = given.isEmpty ? StatusVocabulary.kuaidi100Words[word] ?? word : given
        guard let status = StatusVocabulary.kuaidi100.meaning(of: code).status else { return nil }
        let occurredAt: Instant
        if let cleaned = try json.shanghaiTimeIfPresent("ftime") {
            occurredAt = cleaned
        } else {
            occurredAt = try json.shanghaiTime("time")
        }
        return Scan(
            status: status, occurredAt: occurredAt, rawCode: code.isEmpty ? nil : code,
            location: try json.stringIfPresent("areaName"))
    }
}

/// What KDNiao pushes (`RequestData` of its callback): the histories of one or more parcels, the oldest first.
///
/// - Errors: `Fault` naming the provider's own path.
/// - Source: KDNiao, "物流跟踪 推送接口" (101, 102).
enum KDNiaoPush {
    static let type = "kdniao.push.v1"

    static func read(_ json: JSONObject) throws(Fault) -> [TrackingReport] {
        var reports: [TrackingReport] = []
        for value in try json.values("Data") {
            let entry = try value.object()
            let company = try entry.string("ShipperCode")
            let waybill = try entry.string("LogisticCode")
            let scans = try scans(of: entry)
            guard !scans.isEmpty else { continue }
            reports.append(
                TrackingReport(carrier: CarrierCodes.carrier(kdniao: company), waybill: waybill, scans: scans))
        }
        return reports
    }

    /// Where a trace has no `Action` of its own, the last one is where the parcel stands and the others are on the way.
    private static func scans(of entry: JSONObject) throws(Fault) -> [Scan] {
        let traces = try entry.valuesIfPresent("Traces") ?? []
        let detailed = try entry.tokenIfPresent("StateEx")
        let present = detailed.isEmpty ? try entry.tokenIfPresent("State") : detailed
        var scans: [Scan] = []
        for (index, value) in traces.enumerated() {
            let trace = try value.object()
            let own = try trace.tokenIfPresent("Action")
            let code = !own.isEmpty ? own : index == traces.count - 1 ? present : "2"
            guard let status = StatusVocabulary.kdniao.meaning(of: code).status else { continue }
            let location = try trace.stringIfPresent("Location")
            scans.append(
                Scan(
                    status: status, occurredAt: try trace.shanghaiTime("AcceptTime"),
                    rawCode: code.isEmpty ? nil : code, location: location == "" ? nil : location))
        }
        return scans
    }
}

extension JSONObject {
    /// A code as text, whether it came as text or as a number; absent ones are empty.
    fileprivate func tokenIfPresent(_ name: StaticString) throws(Fault) -> String {
        guard let value = value(name) else { return "" }
        return try value.token()
    }
}
