public import Contracts

/// Electronic waybills by KDNiao 快递鸟.
///
/// - Source: KDNiao, "电子面单接口" (request type 1007) and "订单取消接口" (1147), `/api/EOrderService`. An `OrderCode`
///   that came before is answered with its first waybill, result code 106.
public struct KDNiaoLabels: LabelProvider {
    public let name = "kdniao"
    public static let accountFields: Set<String> = [
        "CustomerName", "CustomerPwd", "MonthCode", "SendSite", "SendStaff", "PayType", "ExpType", "TemplateSize",
        "GoodsName",
    ]

    private let address: String
    private let key: String
    private let businessID: String
    private let accounts: LabelAccounts

    public init(address: String, key: String, businessID: String, accounts: LabelAccounts) {
        self.address = address
        self.key = key
        self.businessID = businessID
        self.accounts = accounts
    }

    public var carriers: Set<String> { accounts.carriers }

    public func order(_ request: LabelRequest, at now: Instant) throws(Fault) -> ProviderCall {
        let (account, codes) = try accounts.account(request.carrier)
        if let sealed = request.receiver.sealed {
            throw Fault("kdniao opens no sealed address of \(sealed.scheme)")
        }
        try request.sender.check("sender")
        try request.receiver.check("receiver")
        let data = JSONWriter.object { json in
            json.field("OrderCode", request.callID)
            json.field("ShipperCode", codes.kdniao)
            for name in ["CustomerName", "CustomerPwd", "MonthCode", "SendSite", "SendStaff"] as [StaticString] {
                json.field(name, account["\(name)"])
            }
            // 3: by the month.
            json.field("PayType", Int64(account["PayType"] ?? "") ?? 3)
            json.field("ExpType", account["ExpType"] ?? "1")
            json.object("Sender") { Self.write(request.sender, to: &$0) }
            json.object("Receiver") { Self.write(request.receiver, to: &$0) }
            json.array("Commodity") { goods in
                goods.element { piece in
                    piece.field("GoodsName", account["GoodsName"] ?? "商品")
                    piece.field("Goodsquantity", request.pieces)
                }
            }
            json.field("Weight", json: request.kilograms)
            json.field("Quantity", Int64(1))
            json.field("TemplateSize", account["TemplateSize"])
            json.field("IsReturnPrintTemplate", account["TemplateSize"] == nil ? "0" : "1")
        }
        return call("1007", data)
    }

    public func cancellation(_ recall: LabelRecall, at now: Instant) throws(Fault) -> ProviderCall {
        let (account, codes) = try accounts.account(recall.carrier)
        let data = JSONWriter.object { json in
            json.field("ShipperCode", codes.kdniao)
            json.field("OrderCode", recall.callID)
            json.field("ExpNo", recall.waybill)
            json.field("CustomerName", account["CustomerName"])
            json.field("CustomerPwd", account["CustomerPwd"])
        }
        return call("1147", data)
    }

    private func call(_ type: String, _ data: [UInt8]) -> ProviderCall {
        KDNiao.call(address + "/api/EOrderService", type, data, businessID, key)
    }

    private static func write(_ person: ChannelOrder.Address, to json: inout JSONWriter) {
        json.field("Name", plain(person.name))
        json.field("Mobile", person.phone)
        json.field("ProvinceName", plain(person.province))
        json.field("CityName", plain(person.city))
        json.field("ExpAreaName", plain(person.district))
        json.field("Address", plain(person.street))
    }

    /// It refuses a call that holds one of these.
    private static func plain(_ text: String?) -> String? {
        text.map { String($0.map { "'\"#&+<>".contains($0) ? " " : $0 }) }
    }

    public func label(in body: [UInt8]) -> LabelOutcome {
        do throws(Fault) {
            let json = try JSONDocument.object(body)
            let code = try json.value("ResultCode")?.token() ?? ""
            guard code == "100" || code == "106" else {
                let reason = try Self.reason(json)
                return KDNiao.isPassing(reason) ? .outage(reason) : .refused("\(code) \(reason)")
            }
            guard let waybill = try json.objectIfPresent("Order")?.externalIDIfPresent("LogisticCode") else {
                return .refused("\(code) made before, and its number is not told")
            }
            return .made(
                .init(
                    waybill: waybill, carrierOrder: nil,
                    document: try json.stringIfPresent("PrintTemplate", atMost: 500_000)))
        } catch {
            return .outage("its answer cannot be read: \(error)")
        }
    }

    public func cancelled(in body: [UInt8]) -> ProviderOutcome {
        do throws(Fault) {
            let json = try JSONDocument.object(body)
            guard try !json.bool("Success", default: false) else { return .accepted }
            let reason = try Self.reason(json)
            return KDNiao.isPassing(reason) ? .outage(reason) : .refused(reason)
        } catch {
            return .outage("its answer cannot be read: \(error)")
        }
    }

    private static func reason(_ json: JSONObject) throws(Fault) -> String {
        try json.stringIfPresent("Reason", atMost: 2000) ?? "no reason given"
    }
}
