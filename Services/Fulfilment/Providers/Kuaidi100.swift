public import Contracts

/// Kuaidi100 快递100: watches a parcel and pushes its whole history on every change.
///
/// - Source: Kuaidi100, "订阅推送 API": the request's `param`, the answer's `returnCode`.
public struct Kuaidi100: TrackingProvider {
    public let name = "kuaidi100"
    private let account: TrackingAccount

    public static let address = "https://poll.kuaidi100.com"

    public init(_ account: TrackingAccount) { self.account = account }

    public func subscription(carrier: String, waybill: String, phone: String?) -> ProviderCall? {
        guard let company = CarrierCodes.of(carrier)?.kuaidi100 else { return nil }
        let param = JSONWriter.object { json in
            json.field("company", company)
            json.field("number", waybill)
            json.field("key", account.key)
            json.object("parameters") { parameters in
                parameters.field("callbackurl", account.callbackURL)
                parameters.field("salt", account.salt)
                // Codes and places of each scan, not only its words.
                parameters.field("resultv2", "4")
                parameters.field("autoCom", "0")
                parameters.field("phone", phone)
            }
        }
        return ProviderCall(
            url: account.address + "/poll", fields: [.init("schema", "json"), .init("param", param)])
    }

    /// - Source: Kuaidi100, "实时快递查询接口".
    public func query(carrier: String, waybill: String, phone: String?) -> ProviderCall? {
        guard let company = CarrierCodes.of(carrier)?.kuaidi100 else { return nil }
        let param = JSONWriter.object { json in
            json.field("com", company)
            json.field("num", waybill)
            json.field("phone", phone)
            json.field("resultv2", "4")
        }
        return ProviderCall(
            url: account.address + "/poll/query.do",
            fields: [
                .init("customer", account.customer),
                .init("sign", Signing.kuaidi100Query(param, key: account.key, customer: account.customer)),
                .init("param", param),
            ])
    }

    public func history(in body: [UInt8], at now: Instant) -> TrackingHistory {
        do throws(Fault) {
            let json = try JSONDocument.object(body)
            if try json.valuesIfPresent("data") != nil {
                let record = JSONWriter.object { push in
                    push.field("status", "polling")
                    push.field("lastResult", json: json.text)
                }
                return .told(type: "kuaidi100.push.v1", record: record)
            }
            let code = try json.value("returnCode")?.token() ?? ""
            let reason = "\(code) \(try json.stringIfPresent("message", atMost: 2000) ?? "")"
            // 500: nothing yet; 408: the phone is wrong; 503, 601: the account.
            return ["500", "502", ""].contains(code) ? .outage(reason) : .refused(reason)
        } catch {
            return .outage("its answer cannot be read: \(error)")
        }
    }

    public func outcome(of body: [UInt8]) -> ProviderOutcome {
        do throws(Fault) {
            let json = try JSONDocument.object(body)
            let code = try json.value("returnCode")?.token() ?? ""
            let message = try json.stringIfPresent("message", atMost: 2000) ?? ""
            switch code {
            // 501: it is watched already.
            case "200", "501": return .accepted
            case "500", "502", "503": return .outage("\(code) \(message)")
            default: return .refused("\(code) \(message)")
            }
        } catch {
            return .outage("its answer cannot be read: \(error)")
        }
    }
}

/// Who we are to a provider, and where it shall push.
public struct TrackingAccount: Sendable {
    /// The provider's, without a stroke at the end.
    public let address: String
    public let key: String
    /// KDNiao's `EBusinessID`.
    public let businessID: String
    public let callbackURL: String
    /// What Kuaidi100 signs its pushes with.
    public let salt: String
    /// Kuaidi100's name for the account; queries are signed with it.
    public let customer: String
    /// KDNiao's request type for queries: 8001, or 1002 for accounts without it.
    public let queryType: String

    public init(
        address: String, key: String, businessID: String = "", callbackURL: String = "", salt: String = "",
        customer: String = "", queryType: String = "8001"
    ) {
        self.address = address
        self.key = key
        self.businessID = businessID
        self.callbackURL = callbackURL
        self.salt = salt
        self.customer = customer
        self.queryType = queryType
    }
}
