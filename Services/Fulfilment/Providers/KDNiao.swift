public import Contracts

/// KDNiao 快递鸟: watches a parcel and pushes to the address that the account names.
///
/// - Source: KDNiao, "物流跟踪" (request type 1008): `RequestData`, `DataSign`; the answer's `Success` and `Reason`.
public struct KDNiao: TrackingProvider {
    public let name = "kdniao"
    private let account: TrackingAccount

    public static let address = "https://api.kdniao.com"

    public init(_ account: TrackingAccount) { self.account = account }

    public func subscription(carrier: String, waybill: String, phone: String?) -> ProviderCall? {
        guard let company = CarrierCodes.of(carrier)?.kdniao else { return nil }
        let data = JSONWriter.object { json in
            json.field("ShipperCode", company)
            json.field("LogisticCode", waybill)
            json.field("CustomerName", phone)
        }
        return Self.call(
            account.address + "/Ebusiness/EbusinessOrderHandle.aspx", "1008", data, account.businessID, account.key)
    }

    /// - Source: KDNiao, "即时查询(增值版)" (8001) or "即时查询" (1002), as the account has it.
    public func query(carrier: String, waybill: String, phone: String?) -> ProviderCall? {
        guard let company = CarrierCodes.of(carrier)?.kdniao else { return nil }
        let data = JSONWriter.object { json in
            json.field("OrderCode", "")
            json.field("ShipperCode", company)
            json.field("LogisticCode", waybill)
            json.field("CustomerName", phone)
        }
        return Self.call(
            account.address + "/Ebusiness/EbusinessOrderHandle.aspx", account.queryType, data, account.businessID,
            account.key)
    }

    public func history(in body: [UInt8], at now: Instant) -> TrackingHistory {
        do throws(Fault) {
            let json = try JSONDocument.object(body)
            guard try json.bool("Success", default: false) else {
                let reason = try json.stringIfPresent("Reason", atMost: 2000) ?? "no reason given"
                return Self.isPassing(reason) || reason.contains("暂无") ? .outage(reason) : .refused(reason)
            }
            let record = JSONWriter.object { push in
                push.field("PushTime", now)
                push.field("EBusinessID", account.businessID)
                push.field("Data", json: Array("[".utf8) + json.text + Array("]".utf8))
            }
            return .told(type: "kdniao.push.v1", record: record)
        } catch {
            return .outage("its answer cannot be read: \(error)")
        }
    }

    /// Signed over exactly the bytes that are sent.
    static func call(
        _ url: String, _ type: String, _ data: [UInt8], _ businessID: String, _ key: String
    ) -> ProviderCall {
        ProviderCall(
            url: url,
            fields: [
                .init("RequestData", data), .init("EBusinessID", businessID), .init("RequestType", type),
                .init("DataSign", Signing.kdniao(data, key: key)), .init("DataType", "2"),
            ])
    }

    public func outcome(of body: [UInt8]) -> ProviderOutcome {
        do throws(Fault) {
            let json = try JSONDocument.object(body)
            guard try !json.bool("Success", default: false) else { return .accepted }
            let reason = try json.stringIfPresent("Reason", atMost: 2000) ?? "no reason given"
            return Self.isPassing(reason) ? .outage(reason) : .refused(reason)
        } catch {
            return .outage("its answer cannot be read: \(error)")
        }
    }

    /// Too many calls at once, or the house is full: the words are all there is.
    static func isPassing(_ reason: String) -> Bool {
        ["频繁", "繁忙", "超时", "稍后"].contains { reason.contains($0) }
    }
}
