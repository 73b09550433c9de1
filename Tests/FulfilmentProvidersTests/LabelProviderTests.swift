import Contracts
import FulfilmentProviders
import Testing

@Suite("Asking providers for waybills")
struct LabelProviderTests {
    private static let now = Instant(milliseconds: 1_576_123_932_000)

    private static func kuaidi100() throws -> Kuaidi100Labels {
        let accounts = #"{"sf": {"partnerId": "755", "tempId": "t-1"}, "zto": {"partnerId": "p", "partnerKey": "k"}}"#
        return Kuaidi100Labels(
            address: "http://127.0.0.1:1", key: "key-1", secret: "secret-1",
            accounts: try LabelAccounts(Array(accounts.utf8), names: Kuaidi100Labels.accountFields))
    }

    private static func kdniao() throws -> KDNiaoLabels {
        let accounts = #"{"zto": {"CustomerName": "c", "CustomerPwd": "p", "TemplateSize": "180"}}"#
        return KDNiaoLabels(
            address: "http://127.0.0.1:1", key: "key-1", businessID: "1237100",
            accounts: try LabelAccounts(Array(accounts.utf8), names: KDNiaoLabels.accountFields))
    }

    private static func request(
        carrier: String = "zto", sealed: ChannelOrder.Sealed? = nil, street: String? = "文三路 1 号 <B> & C"
    ) -> LabelRequest {
        LabelRequest(
            callID: "X-S1-L1", carrier: carrier, weightGrams: 1250, pieces: 3,
            sender: ChannelOrder.Address(
                name: "杭州仓", phone: "0571-1", province: "浙江省", city: "杭州市", district: "余杭区", street: "仓前街 2 号"),
            receiver: ChannelOrder.Address(
                name: "李雷", phone: "13800000000", province: "广东省", city: "深圳市", district: "南山区", street: street,
                sealed: sealed), externalOrderID: "TB-1")
    }

    private static func field(_ call: ProviderCall, _ name: String) -> String {
        call.fields.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) } ?? ""
    }

    @Test func kuaidi100IsAskedUnderTheCallsOwnID() throws {
        let call = try Self.kuaidi100().order(Self.request(), at: Self.now)
        #expect(call.url == "http://127.0.0.1:1/label/order")
        #expect(Self.field(call, "method") == "order")
        #expect(Self.field(call, "t") == "1576123932000")
        let param = Self.field(call, "param")
        #expect(
            Self.field(call, "sign")
                == Signing.kuaidi100Label(
                    Array(param.utf8), timestamp: "1576123932000", key: "key-1", secret: "secret-1")
        )
        #expect(
            param == #"{"orderId":"X-S1-L1","reorder":false,"kuaidicom":"zhongtong","partnerId":"p","partnerKey":"k","#
                + #""recMan":{"name":"李雷","mobile":"13800000000","printAddr":"广东省深圳市南山区文三路 1 号 <B> & C"},"#
                + #""sendMan":{"name":"杭州仓","mobile":"0571-1","printAddr":"浙江省杭州市余杭区仓前街 2 号"},"cargo":"商品","#
                + #""count":1,"weight":1.250,"payType":"MONTHLY","expType":"标准快递","printType":"NON"}"#)
        #expect(
            Self.field(try Self.kuaidi100().order(Self.request(carrier: "sf"), at: Self.now), "param").contains("HTML"))
    }

    @Test(arguments: [("taobao-oaid", "oaid"), ("pinduoduo", "caid")])
    func whatAPlatformSealedIsHandedOnUntouched(scheme: String, name: String) throws {
        let sealed = ChannelOrder.Sealed(scheme: scheme, token: "##a|b$$")
        let param = Self.field(try Self.kuaidi100().order(Self.request(sealed: sealed), at: Self.now), "param")
        #expect(param.hasSuffix("\"thirdOrderId\":\"TB-1\",\"\(name)\":\"##a|b$$\"}"))
        #expect(throws: Fault("kdniao opens no sealed address of \(scheme)")) {
            try Self.kdniao().order(Self.request(sealed: sealed), at: Self.now)
        }
    }

    @Test func kdniaoIsAskedUnderTheCallsOwnIDWithoutSignsItRefuses() throws {
        let call = try Self.kdniao().order(Self.request(), at: Self.now)
        #expect(call.url == "http://127.0.0.1:1/api/EOrderService")
        #expect(Self.field(call, "RequestType") == "1007")
        let data = Self.field(call, "RequestData")
        #expect(Self.field(call, "DataSign") == Signing.kdniao(Array(data.utf8), key: "key-1"))
        #expect(
            data == #"{"OrderCode":"X-S1-L1","ShipperCode":"ZTO","CustomerName":"c","CustomerPwd":"p","PayType":3,"#
                + #""ExpType":"1","Sender":{"Name":"杭州仓","Mobile":"0571-1","ProvinceName":"浙江省","CityName":"杭州市","#
                + #""ExpAreaName":"余杭区","Address":"仓前街 2 号"},"Receiver":{"Name":"李雷","Mobile":"13800000000","#
                + #""ProvinceName":"广东省","CityName":"深圳市","ExpAreaName":"南山区","Address":"文三路 1 号  B    C"},"#
                + #""Commodity":[{"GoodsName":"商品","Goodsquantity":3}],"Weight":1.250,"Quantity":1,"#
                + #""TemplateSize":"180","IsReturnPrintTemplate":"1"}"#)
    }

    @Test func whatIsMissingIsNamed() throws {
        for provider in [try Self.kuaidi100(), try Self.kdniao()] as [any LabelProvider] {
            #expect(throws: Fault("the receiver's street is missing")) {
                try provider.order(Self.request(street: nil), at: Self.now)
            }
            #expect(throws: Fault("there is no account with carrier yto")) {
                try provider.order(Self.request(carrier: "yto"), at: Self.now)
            }
        }
    }

    @Test(
        arguments: [
            (
                #"{"success":true,"code":200,"data":{"kuaidinum":"7800","label":"https://x/1","kdComOrderNum":"0174"}}"#,
                .made(.init(waybill: "7800", carrierOrder: "0174", document: "https://x/1"))
            ),
            (
                #"{"success":true,"code":30011,"data":{"kuaidinum":"7800"}}"#,
                .made(.init(waybill: "7800", carrierOrder: nil, document: nil))
            ),
            (#"{"success":false,"code":30002,"message":"验证签名失败"}"#, .refused("30002 验证签名失败")),
            (#"{"success":false,"code":-1,"message":"服务器错误"}"#, .outage("-1 服务器错误")),
        ] as [(String, LabelOutcome)])
    func kuaidi100sAnswersAreUnderstood(body: String, outcome: LabelOutcome) throws {
        #expect(try Self.kuaidi100().label(in: Array(body.utf8)) == outcome)
    }

    @Test(
        arguments: [
            (
                #"{"Success":true,"ResultCode":"100","Order":{"LogisticCode":"7800"},"PrintTemplate":"<html>"}"#,
                .made(.init(waybill: "7800", carrierOrder: nil, document: "<html>"))
            ),
            (
                #"{"Success":true,"ResultCode":"106","Reason":"该订单号已下单成功","Order":{"LogisticCode":"7800"}}"#,
                .made(.init(waybill: "7800", carrierOrder: nil, document: nil))
            ),
            (
                #"{"Success":true,"ResultCode":"106","Reason":"该订单号已下单成功"}"#,
                .refused("106 made before, and its number is not told")
            ),
            (#"{"Success":false,"ResultCode":"105","Reason":"余额不足"}"#, .refused("105 余额不足")),
            (#"{"Success":false,"ResultCode":"105","Reason":"系统繁忙"}"#, .outage("系统繁忙")),
        ] as [(String, LabelOutcome)])
    func kdniaosAnswersAreUnderstood(body: String, outcome: LabelOutcome) throws {
        #expect(try Self.kdniao().label(in: Array(body.utf8)) == outcome)
    }

    @Test func aNumberGoesBackWithTheCarriersOwnName() throws {
        let recall = LabelRecall(callID: "X-S1-L1", carrier: "zto", waybill: "7800", carrierOrder: "0174")
        let first = try Self.kuaidi100().cancellation(recall, at: Self.now)
        #expect(Self.field(first, "method") == "cancel")
        #expect(
            Self.field(first, "param")
                == #"{"partnerId":"p","partnerKey":"k","kuaidicom":"zhongtong","kuaidinum":"7800","#
                + #""orderId":"0174","reason":"不再发货"}"#)
        let second = try Self.kdniao().cancellation(recall, at: Self.now)
        #expect(Self.field(second, "RequestType") == "1147")
        #expect(
            Self.field(second, "RequestData") == #"{"ShipperCode":"ZTO","OrderCode":"X-S1-L1","ExpNo":"7800","#
                + #""CustomerName":"c","CustomerPwd":"p"}"#)
        let kuaidi100 = try Self.kuaidi100()
        #expect(kuaidi100.cancelled(in: Array(#"{"success":true,"code":200}"#.utf8)) == .accepted)
        #expect(
            kuaidi100.cancelled(in: Array(#"{"success":false,"code":201,"message":"取消失败"}"#.utf8))
                == .refused("201 取消失败"))
        let kdniao = try Self.kdniao()
        #expect(kdniao.cancelled(in: Array(#"{"Success":true,"ResultCode":"100"}"#.utf8)) == .accepted)
        #expect(kdniao.cancelled(in: Array(#"{"Success":false,"Reason":"已揽收"}"#.utf8)) == .refused("已揽收"))
    }

    @Test(arguments: [
        "", "{", "[]", "<html>502</html>", #"{"success":true}"#, #"{"success":true,"code":200,"data":{}}"#,
    ])
    func whatCannotBeReadIsAskedAgain(body: String) throws {
        let bytes = Array(body.utf8)
        #expect(try Self.kuaidi100().label(in: bytes).isOutage)
        guard !body.contains("success") else { return }
        #expect(try Self.kuaidi100().cancelled(in: bytes).isOutage)
        #expect(try Self.kdniao().label(in: bytes).isOutage)
        #expect(try Self.kdniao().cancelled(in: bytes).isOutage)
    }

    @Test(
        arguments: [
            ("[]", "is no JSON object of carriers, each an object of texts"), ("{}", "names no account"),
            (#"{"kuayue": {"net": "x"}}"#, "is no carrier"), (#"{"sf": {}}"#, "is empty"),
            (#"{"sf": {"password": "s"}}"#, "is none of CustomerName, CustomerPwd"),
            (#"{"sf": {"SendSite": 1}}"#, "is no JSON object of carriers"),
        ])
    func wrongAccountsAreRefusedWithoutQuotingThem(text: String, reason: String) {
        let fault = #expect(throws: Fault.self) {
            try LabelAccounts(Array(text.utf8), names: KDNiaoLabels.accountFields)
        }
        #expect(fault?.reason.hasPrefix(reason) == true)
    }
}
