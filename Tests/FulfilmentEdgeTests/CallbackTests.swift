import Contracts
import Foundation
import FulfilmentProviders
import HTTPTypes
import Pipeline
import Synchronization
import Testing

@testable import FulfilmentEdge

/// What a desk has published.
private final class Published: Sendable {
    let messages = Mutex<[OutsideMessage]>([])
    let outcome = Mutex<PublishOutcome>(.acknowledged)
}

@Suite("Pushes at the door")
struct CallbackTests {
    private static let accounts =
        #"{"kuaidi100": {"salts": ["old-salt-1", "new-salt-2"]}, "kdniao": {"businessId": "1237100", "keys": ["app-key-123"]}}"#
    private static let push =
        #"{"status":"polling","lastResult":{"com":"zhongtong","nu":"78123456789012","data":[{"time":"2026-11-22 19:00:00","statusCode":"103"}]}}"#
    private static let now = Instant(rfc3339: "2026-11-22T12:00:00Z") ?? Instant(milliseconds: 0)

    private static func tracks(_ pushedAt: String = "2026-11-22 19:30:00") -> String {
        #"{"PushTime":"\#(pushedAt)","EBusinessID":"1237100","Count":"2","Data":[{"ShipperCode":"ZTO","LogisticCode":"78123456789012","State":"2","Traces":[]},{"ShipperCode":"YD","LogisticCode":"4312345678901","State":"3","Traces":[]}]}"#
    }

    private struct FixedClock: Pipeline.Clock {
        var now: Instant { CallbackTests.now }
        var machineNow: Instant { CallbackTests.now }
    }

    private func desk(_ published: Published, _ accounts: String = accounts) throws -> CallbackDesk {
        CallbackDesk(accounts: try CallbackAccounts(Array(accounts.utf8)), clock: FixedClock()) { message in
            let outcome = published.outcome.withLock { $0 }
            if outcome == .acknowledged { published.messages.withLock { $0.append(message) } }
            return outcome
        }
    }

    private func form(_ fields: KeyValuePairs<String, String>) throws -> CallbackForm {
        let text = fields.map { "\($0)=\(Signing.formEncoded($1))" }.joined(separator: "&")
        return try #require(CallbackForm(Array(text.utf8)))
    }

    private func kuaidi100(_ param: String = push, salt: String = "new-salt-2") throws -> CallbackForm {
        try form(["sign": Signing.kuaidi100Push(Array(param.utf8), salt: salt), "param": param])
    }

    private func kdniao(_ data: String, key: String = "app-key-123") throws -> CallbackForm {
        try form(["RequestData": data, "DataSign": Signing.kdniao(Array(data.utf8), key: key), "RequestType": "101"])
    }

    @Test(arguments: ["old-salt-1", "new-salt-2"]) func aSignedPushBecomesARecordAsItCame(salt: String) async throws {
        let published = Published()
        try await desk(published).takeKuaidi100(kuaidi100(salt: salt))
        let messages = published.messages.withLock { $0 }
        #expect(messages.map(\.key) == ["zto/78123456789012"])
        #expect(messages.first?.topic == .carrierScans)
        #expect(messages.first?.envelope.type == "kuaidi100.push.v1")
        #expect(messages.first?.value == Array(Self.push.utf8))
        #expect(messages.first?.envelope.id.hasPrefix("callback/kuaidi100/") == true)
    }

    @Test func eachParcelOfAPushBecomesARecord() async throws {
        let published = Published()
        try await desk(published).takeKDNiao(kdniao(Self.tracks()))
        let messages = published.messages.withLock { $0 }
        #expect(messages.map(\.key) == ["zto/78123456789012", "yunda/4312345678901"])
        #expect(Set(messages.map(\.envelope.id)).count == 2)
        let text = messages.map { String(decoding: $0.value, as: UTF8.self) }
        #expect(text.allSatisfy { $0.components(separatedBy: "ShipperCode").count == 2 })
    }

    @Test func aWrongSignatureIsRefusedAndNothingIsStored() async throws {
        let published = Published()
        let desk = try desk(published)
        await #expect(throws: CallbackDesk.Refusal.unsigned) {
            try await desk.takeKuaidi100(kuaidi100(salt: "another-salt"))
        }
        let changed = try form([
            "sign": Signing.kuaidi100Push(Array(Self.push.utf8), salt: "new-salt-2"), "param": Self.push + " ",
        ])
        await #expect(throws: CallbackDesk.Refusal.unsigned) { try await desk.takeKuaidi100(changed) }
        await #expect(throws: CallbackDesk.Refusal.unsigned) {
            try await desk.takeKDNiao(kdniao(Self.tracks(), key: "another-key"))
        }
        await #expect(throws: CallbackDesk.Refusal.unsigned) { try await desk.takeKDNiao(form(["RequestData": "{}"])) }
        #expect(published.messages.withLock { $0.isEmpty })
    }

    @Test func theSamePushAgainIsRefused() async throws {
        let published = Published()
        let desk = try desk(published)
        try await desk.takeKuaidi100(kuaidi100())
        await #expect(throws: CallbackDesk.Refusal.repeated) { try await desk.takeKuaidi100(kuaidi100()) }
        #expect(published.messages.withLock { $0.count } == 1)
    }

    @Test func aPushOfYesterdayIsRefused() async throws {
        let published = Published()
        let desk = try desk(published)
        let refusal = await #expect(throws: CallbackDesk.Refusal.self) {
            try await desk.takeKDNiao(kdniao(Self.tracks("2026-11-21 19:59:59")))
        }
        #expect(refusal?.status == 422)
        #expect(refusal?.reason == "PushTime is more than a day ago")
        #expect(published.messages.withLock { $0.isEmpty })
    }

    @Test(arguments: [#"{"status":"polling"}"#, "[]", "{", #"{"lastResult":{"com":"zhongtong"}}"#])
    func whatCannotBeReadIsRefused(param: String) async throws {
        let published = Published()
        let desk = try desk(published)
        let refusal = await #expect(throws: CallbackDesk.Refusal.self) {
            try await desk.takeKuaidi100(kuaidi100(param))
        }
        #expect(refusal?.status == 422)
    }

    @Test func aPushThatTheBrokerDidNotTakeMayComeAgain() async throws {
        let published = Published()
        let desk = try desk(published)
        published.outcome.withLock { $0 = .unavailable("no broker") }
        let refusal = await #expect(throws: CallbackDesk.Refusal.self) { try await desk.takeKuaidi100(kuaidi100()) }
        #expect(refusal?.status == 503)
        published.outcome.withLock { $0 = .acknowledged }
        try await desk.takeKuaidi100(kuaidi100())
        #expect(published.messages.withLock { $0.count } == 1)
    }

    @Test func aProviderThatIsNotSetUpIsNotThere() async throws {
        let desk = try desk(Published(), #"{"kuaidi100": {"salts": ["old-salt-1"]}}"#)
        let refusal = await #expect(throws: CallbackDesk.Refusal.self) {
            try await desk.takeKDNiao(kdniao(Self.tracks()))
        }
        #expect(refusal?.status == 404)
    }

    @Test(arguments: [
        ("{}", "kuaidi100"), (#"{"kuaidi100": {"salts": ["short"]}}"#, "kuaidi100.salts[0]"),
        (#"{"kuaidi100": {"salts": []}}"#, "kuaidi100.salts"),
        (#"{"kdniao": {"keys": ["long-enough"]}}"#, "kdniao.businessId"),
    ])
    func wrongAccountsAreNamed(text: String, field: String) {
        let fault = #expect(throws: Fault.self) { try CallbackAccounts(Array(text.utf8)) }
        #expect(fault?.field == field)
    }

    @Test(arguments: ["a=%4", "a=%zz", "a=1&a=2"]) func aBrokenFormIsNone(text: String) {
        #expect(CallbackForm(Array(text.utf8)) == nil)
    }

    @Test func aFormIsDecodedToItsBytes() throws {
        let form = try #require(CallbackForm(Array("a=%E6%9D%AD+x%2B&b=&c".utf8)))
        #expect(form["a"] == Array("杭 x+".utf8))
        #expect(form["b"] == nil && form["c"] == nil && form["d"] == nil)
    }
}
