public import Contracts

/// Electronic waybills by Kuaidi100 快递100, version 2.
///
/// - Source: Kuaidi100, "电子面单下单接口" and "电子面单取消接口" (`/label/order`, methods `order` and `cancel`). With
///   `reorder` false an `orderId` that came before is answered with its first waybill, code 30011.
public struct Kuaidi100Labels: LabelProvider {
    public let name = "kuaidi100"
    public static let address = "https://api.kuaidi100.com"
    public static let accountFields: Set<String> = [
        "partnerId", "partnerKey", "partnerSecret", "partnerName", "net", "code", "checkMan", "tbNet", "payType",
        "expType", "tempId", "cargo",
    ]

    private let address: String
    private let key: String
    private let secret: String
    private let accounts: LabelAccounts

    public init(address: String, key: String, secret: String, accounts: LabelAccounts) {
        self.address = address
        self.key = key
        self.secret = secret
        self.accounts = accounts
    }

    public var carriers: Set<String> { accounts.carriers }

    public func order(_ request: LabelRequest, at now: Instant) throws(Fault) -> ProviderCall {
        let (account, codes) = try accounts.account(request.carrier)
        try request.sender.check("sender")
        try request.receiver.check("receiver")
        let param = JSONWriter.object { json in
            json.field("orderId", request.callID)
            json.field("reorder", false)
            json.field("kuaidicom", codes.kuaidi100)
            Self.write(account, ["partnerId", "partnerKey", "partnerSecret", "partnerName"], to: &json)
            Self.write(account, ["net", "code", "checkMan", "tbNet"], to: &json)
            json.object("recMan") { Self.write(request.receiver, to: &$0) }
            json.object("sendMan") { Self.write(request.sender, to: &$0) }
            json.field("cargo", account["cargo"] ?? "商品")
            json.field("count", Int64(1))
            json.field("weight", json: request.kilograms)
            json.field("payType", account["payType"] ?? "MONTHLY")
            json.field("expType", account["expType"] ?? "标准快递")
            json.field("printType", account["tempId"] == nil ? "NON" : "HTML")
            json.field("tempId", account["tempId"])
            Self.write(request.receiver.sealed, of: request.externalOrderID, to: &json)
        }
        return call("order", param, at: now)
    }

    public func cancellation(_ recall: LabelRecall, at now: Instant) throws(Fault) -> ProviderCall {
        let (account, codes) = try accounts.account(recall.carrier)
        let param = JSONWriter.object { json in
            Self.write(account, ["partnerId", "partnerKey", "partnerSecret", "partnerName"], to: &json)
            Self.write(account, ["net", "code", "checkMan", "expType"], to: &json)
            json.field("kuaidicom", codes.kuaidi100)
            json.field("kuaidinum", recall.waybill)
            json.field("orderId", recall.carrierOrder)
            json.field("reason", "不再发货")
        }
        return call("cancel", param, at: now)
    }

    private func call(_ method: String, _ param: [UInt8], at now: Instant) -> ProviderCall {
        let timestamp = String(now.milliseconds)
        return ProviderCall(
            url: address + "/label/order",
            fields: [
                .init("method", method), .init("key", key),
                .init("sign", Signing.kuaidi100Label(param, timestamp: timestamp, key: key, secret: secret)),
                .init("t", timestamp), .init("param", param),
            ])
    }

    private static func write(_ account: LabelAccount, _ names: [StaticString], to json: inout JSONWriter) {
        for name in names { json.field(name, account["\(name)"]) }
    }

    private static func write(_ person: ChannelOrder.Address, to json: inout JSONWriter) {
        json.field("name", person.name)
        json.field("mobile", person.phone)
        json.field("printAddr", person.line)
    }

    /// What the platform has sealed is handed on as it is.
    private static func write(
        _ sealed: ChannelOrder.Sealed?, of externalOrderID: String?, to json: inout JSONWriter
    ) {
        guard let sealed else { return }
        json.field("thirdOrderId", externalOrderID)
        if sealed.scheme == "taobao-oaid" {
            json.field("oaid", sealed.token)
        } else {
            json.field("caid", sealed.token)
        }
    }

    public func label(in body: [UInt8]) -> LabelOutcome {
        switch answer(body) {
        case .accepted(let json):
            do throws(Fault) {
                let data = try json.object("data")
                return .made(
                    .init(
                        waybill: try data.externalID("kuaidinum"),
                        carrierOrder: try data.stringIfPresent("kdComOrderNum"),
                        document: try data.stringIfPresent("label", atMost: 2000)))
            } catch {
                return .outage("its answer cannot be read: \(error)")
            }
        case .refused(let reason): return .refused(reason)
        case .outage(let reason): return .outage(reason)
        }
    }

    public func cancelled(in body: [UInt8]) -> ProviderOutcome {
        switch answer(body) {
        case .accepted: .accepted
        case .refused(let reason): .refused(reason)
        case .outage(let reason): .outage(reason)
        }
    }

    private enum Answer {
        case accepted(JSONObject)
        case refused(String)
        case outage(String)
    }

    private func answer(_ body: [UInt8]) -> Answer {
        do throws(Fault) {
            let json = try JSONDocument.object(body)
            let code = try json.value("code")?.token() ?? ""
            let message = try json.stringIfPresent("message", atMost: 2000) ?? ""
            if try json.bool("success", default: false), ["200", "30011"].contains(code) { return .accepted(json) }
            // Its servers failed, or nobody knows.
            return ["-1", "500", ""].contains(code) ? .outage("\(code) \(message)") : .refused("\(code) \(message)")
        } catch {
            return .outage("its answer cannot be read: \(error)")
        }
    }
}
