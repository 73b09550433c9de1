import Contracts
import FulfilmentProviders
import Testing

@Suite("What providers are asked and answer")
struct ProviderTests {
    private static let account = TrackingAccount(
        address: "http://127.0.0.1:1", key: "key-1", businessID: "1237100", callbackURL: "https://mall.example/cb",
        salt: "salt-1")
    private static let kuaidi100 = Kuaidi100(account)
    private static let kdniao = KDNiao(account)

    private static func text(_ bytes: [UInt8]?) -> String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "" }

    @Test func kuaidi100IsToldWhereToPush() throws {
        let call = try #require(Self.kuaidi100.subscription(carrier: "yto", waybill: "YT1234567890123", phone: nil))
        #expect(call.url == "http://127.0.0.1:1/poll")
        #expect(call.fields.map(\.name) == ["schema", "param"])
        #expect(
            Self.text(call.fields.last?.value) == #"{"company":"yuantong","number":"YT1234567890123","key":"key-1","#
                + #""parameters":{"callbackurl":"https://mall.example/cb","salt":"salt-1","resultv2":"4","autoCom":"0"}}"#
        )
    }

    /// Signed over exactly the bytes that are sent.
    @Test func kdniaoSignsWhatItSends() throws {
        let call = try #require(Self.kdniao.subscription(carrier: "yunda", waybill: "4312345678901", phone: nil))
        let fields = Dictionary(uniqueKeysWithValues: call.fields.map { ($0.name, $0.value) })
        let data = try #require(fields["RequestData"])
        #expect(Self.text(data) == #"{"ShipperCode":"YD","LogisticCode":"4312345678901"}"#)
        #expect(Self.text(fields["DataSign"]) == Signing.kdniao(data, key: "key-1"))
        #expect(Self.text(fields["RequestType"]) == "1008")
        #expect(Self.text(call.body).hasPrefix("RequestData=%7B%22ShipperCode%22%3A%22YD%22%2C"))
    }

    @Test func sfIsToldTheEndOfAPhone() throws {
        let first = try #require(Self.kuaidi100.subscription(carrier: "sf", waybill: "SF1", phone: "0000"))
        let param = Self.text(first.fields.last?.value)
        #expect(param.contains(#""autoCom":"0","phone":"0000"}"#))
        let second = try #require(Self.kdniao.subscription(carrier: "sf", waybill: "SF1", phone: "0000"))
        let data = Self.text(second.fields.first?.value)
        #expect(data.hasSuffix(#""LogisticCode":"SF1","CustomerName":"0000"}"#))
    }

    @Test func aQueryIsSignedAsItsProviderWantsIt() throws {
        let kuaidi100 = Kuaidi100(TrackingAccount(address: "http://x", key: "key-1", customer: "C1"))
        let first = try #require(kuaidi100.query(carrier: "sf", waybill: "SF1", phone: "0000"))
        #expect(first.url == "http://x/poll/query.do")
        let param = try #require(first.fields.last?.value)
        let text = Self.text(param)
        #expect(text == #"{"com":"shunfeng","num":"SF1","phone":"0000","resultv2":"4"}"#)
        let sign = Self.text(first.fields[1].value)
        #expect(sign == Signing.kuaidi100Query(param, key: "key-1", customer: "C1"))
        let second = try #require(Self.kdniao.query(carrier: "zto", waybill: "78", phone: nil))
        let fields = Dictionary(uniqueKeysWithValues: second.fields.map { ($0.name, Self.text($0.value)) })
        #expect(fields["RequestType"] == "8001")
        #expect(fields["RequestData"] == #"{"OrderCode":"","ShipperCode":"ZTO","LogisticCode":"78"}"#)
    }

    @Test func whatIsToldIsAPush() {
        let now = Instant(milliseconds: 0)
        let first =
            #"{"message":"ok","nu":"SF1","com":"shunfeng","state":"0","data":[{"ftime":"2026-11-22 10:00:00"}]}"#
        #expect(
            Self.kuaidi100.history(in: Array(first.utf8), at: now)
                == .told(
                    type: "kuaidi100.push.v1", record: Array((#"{"status":"polling","lastResult":"# + first + "}").utf8)
                ))
        let second = #"{"ShipperCode":"ZTO","LogisticCode":"78","Success":true,"State":"2","Traces":[]}"#
        let push = #"{"PushTime":"1970-01-01T00:00:00.000Z","EBusinessID":"1237100","Data":["# + second + "]}"
        #expect(
            Self.kdniao.history(in: Array(second.utf8), at: now)
                == .told(type: "kdniao.push.v1", record: Array(push.utf8)))
    }

    @Test(
        arguments: [
            (#"{"result":false,"returnCode":"500","message":"查询无结果"}"#, .outage("500 查询无结果")),
            (#"{"result":false,"returnCode":"408","message":"手机号错误"}"#, .refused("408 手机号错误")), ("{", nil),
        ] as [(String, TrackingHistory?)])
    func kuaidi100MayTellNothing(body: String, history: TrackingHistory?) {
        let answer = Self.kuaidi100.history(in: Array(body.utf8), at: Instant(milliseconds: 0))
        if let history { #expect(answer == history) }
        if case .told = answer { Issue.record("\(body) was taken for a history") }
    }

    @Test(
        arguments: [
            (#"{"Success":false,"Reason":"暂无轨迹信息"}"#, .outage("暂无轨迹信息")),
            (#"{"Success":false,"Reason":"没有可用套餐"}"#, .refused("没有可用套餐")),
        ] as [(String, TrackingHistory)])
    func kdniaoMayTellNothing(body: String, history: TrackingHistory) {
        #expect(Self.kdniao.history(in: Array(body.utf8), at: Instant(milliseconds: 0)) == history)
    }

    @Test func aCarrierThatAProviderDoesNotKnowIsNotAskedFor() {
        #expect(Self.kuaidi100.subscription(carrier: "kuayue", waybill: "1", phone: nil) == nil)
        #expect(Self.kdniao.subscription(carrier: "self", waybill: "1", phone: nil) == nil)
    }

    @Test(
        arguments: [
            (#"{"result":true,"returnCode":"200","message":"提交成功"}"#, .accepted),
            (#"{"result":false,"returnCode":"501","message":"重复订阅"}"#, .accepted),
            (#"{"result":false,"returnCode":"500","message":"服务器错误"}"#, .outage("500 服务器错误")),
            (#"{"result":false,"returnCode":"600","message":"您不是合法的订阅者"}"#, .refused("600 您不是合法的订阅者")),
            (#"{"result":false,"returnCode":701,"message":"拒绝订阅的快递公司"}"#, .refused("701 拒绝订阅的快递公司")),
        ] as [(String, ProviderOutcome)])
    func kuaidi100sCodesAreUnderstood(body: String, outcome: ProviderOutcome) {
        #expect(Self.kuaidi100.outcome(of: Array(body.utf8)) == outcome)
    }

    @Test(
        arguments: [
            (#"{"EBusinessID":"1237100","Success":true,"Reason":""}"#, .accepted),
            (#"{"EBusinessID":"1237100","Success":false,"Reason":"没有可用套餐"}"#, .refused("没有可用套餐")),
            (#"{"Success":false,"Reason":"系统繁忙，请稍后再试"}"#, .outage("系统繁忙，请稍后再试")),
            (#"{"Success":false}"#, .refused("no reason given")),
        ] as [(String, ProviderOutcome)])
    func kdniaosWordsAreUnderstood(body: String, outcome: ProviderOutcome) {
        #expect(Self.kdniao.outcome(of: Array(body.utf8)) == outcome)
    }

    @Test(arguments: ["", "{", "[]", #"{"returnCode":"200""#, "<html>502</html>"])
    func whatCannotBeReadIsAnOutage(body: String) {
        for provider in [Self.kuaidi100, Self.kdniao] as [any TrackingProvider] {
            guard case .outage = provider.outcome(of: Array(body.utf8)) else {
                Issue.record("\(provider.name) took \(body)")
                continue
            }
        }
    }
}
