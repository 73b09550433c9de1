import Contracts
import HTTPEdge
import Pipeline
import Testing

@testable import IntakeEdge

@Suite("Settings of the edge")
struct AccessTests {
    private func settings(_ environment: [String: String]) -> (EdgeSettings?, [String]) {
        var reader = SettingsReader(environment)
        return (EdgeSettings(&reader), reader.defects)
    }

    @Test func edgeIsOffWithoutAPort() {
        let (settings, defects) = settings([:])
        #expect(settings == nil)
        #expect(defects.isEmpty)
    }

    @Test func portAndChannelsTurnItOn() throws {
        let (settings, defects) = settings(["EDGE_PORT": "8090", "EDGE_CHANNELS": Samples.accessText])
        #expect(defects == [])
        let found = try #require(settings)
        #expect(found.host == "127.0.0.1")
        #expect(found.channels.keys.sorted() == ["blog-shop", "h5-mall", "pos", "shop-us"])
        #expect(found.channels["h5-mall"]?.secrets.count == 2)
        #expect(found.channels["h5-mall"]?.ratePerSecond == 100)
        #expect(found.channels["pos"]?.ratePerSecond == 1)
    }

    @Test func portWithoutChannelsIsADefect() {
        #expect(settings(["EDGE_PORT": "8090"]).1.count == 1)
        #expect(settings(["EDGE_PORT": "x", "EDGE_HOST": "localhost"]).1.count == 2)
    }

    @Test(arguments: [
        ("{}", "channels"), (#"{"channels":[{}]}"#, "channels[0].channel"),
        (#"{"channels":[{"channel":"a"}]}"#, "channels[0].secrets"),
        (#"{"channels":[{"channel":"a/b","secrets":["\#(Samples.secret)"]}]}"#, "channels[0].channel"),
        (#"{"channels":[{"channel":"a","secrets":["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]}]}"#, "channels[0].secrets[0]"),
        (#"{"channels":[{"channel":"a","secrets":["whsec_c2hvcnQ="]}]}"#, "channels[0].secrets[0]"),
        (#"{"channels":[{"channel":"a","shopify":["fifteen letters"]}]}"#, "channels[0].shopify[0]"),
        (
            #"{"channels":[{"channel":"a","secrets":["\#(Samples.secret)"],"defaultType":"x"}]}"#,
            "channels[0].defaultType"
        ),
        (
            #"{"channels":[{"channel":"a","secrets":["\#(Samples.secret)"],"ratePerSecond":0}]}"#,
            "channels[0].ratePerSecond"
        ),
        (
            #"{"channels":[{"channel":"a","secrets":["\#(Samples.secret)"]},{"channel":"a","secrets":["\#(Samples.secret)"]}]}"#,
            "channels[1].channel"
        ),
    ]) func wrongChannelIsNamed(text: String, field: String) {
        #expect(throws: Fault.self) { try ChannelAccess.read(Array(text.utf8)) }
        do throws(Fault) { _ = try ChannelAccess.read(Array(text.utf8)) } catch { #expect(error.field == field) }
    }

    /// Loggers print what they are handed, also a whole service.
    @Test func edgeNamesItselfWithoutItsSecrets() throws {
        var reader = SettingsReader(["EDGE_PORT": "8090", "EDGE_CHANNELS": Samples.accessText])
        let edge = try #require(ChannelEdge(&reader) { (_, _, _) in nil })
        #expect("\(edge)" == "edge on 127.0.0.1:8090")
    }

    @Test func defectQuotesNoSecret() {
        let text = #"{"channels":[{"channel":"a","secrets":["whsec_dmVyeSBzZWNyZXQ="]}]}"#
        let (_, defects) = settings(["EDGE_PORT": "1", "EDGE_CHANNELS": text])
        #expect(defects.count == 1)
        #expect(!defects.joined().contains("dmVyeSBzZWNyZXQ"))
    }
}

@Suite("Rate of a channel")
struct RateLimitTests {
    @Test func twoSecondsOfTheRateMayComeAtOnce() {
        let limit = RateLimit()
        let refused = (0..<25).filter { _ in limit.take("a", rate: 10, at: Samples.now) != nil }
        #expect(refused.count == 5)
    }

    @Test func shareFillsWithTime() {
        let limit = RateLimit()
        for _ in 0..<20 { _ = limit.take("a", rate: 10, at: Samples.now) }
        #expect(limit.take("a", rate: 10, at: Samples.now + .milliseconds(99)) == 1)
        #expect(limit.take("a", rate: 10, at: Samples.now + .milliseconds(100)) == nil)
        #expect(limit.take("a", rate: 10, at: Samples.now + .milliseconds(100)) == 1)
        let later = Samples.now + .seconds(3600)
        let taken = (0..<25).filter { _ in limit.take("a", rate: 10, at: later) == nil }
        #expect(taken.count == 20, "an hour fills no more than the bucket holds")
    }

    @Test func clockSetBackGivesNothingAway() {
        let limit = RateLimit()
        for _ in 0..<20 { _ = limit.take("a", rate: 10, at: Samples.now) }
        #expect(limit.take("a", rate: 10, at: Samples.now + .seconds(-60)) == 1)
    }
}

@Suite("Memory of deliveries")
struct RecentDeliveriesTests {
    @Test func oldestAreForgottenFirst() {
        let recent = RecentDeliveries(limit: 2)
        for id in ["a", "b", "c"] { #expect(recent.note(id, [1]) == .new) }
        #expect(recent.note("a", [1]) == .same(isStored: false), "the older generation still counts")
        #expect(recent.note("d", [1]) == .new)
        #expect(recent.note("e", [1]) == .new)
        #expect(recent.note("a", [1]) == .new)
    }

    @Test func storedIsRememberedWithItsMessage() {
        let recent = RecentDeliveries(limit: 2)
        #expect(recent.note("a", [1]) == .new)
        recent.stored("a", [1])
        #expect(recent.note("a", [1]) == .same(isStored: true))
        #expect(recent.note("a", [2]) == .other)
        recent.forget("a")
        #expect(recent.note("a", [2]) == .new)
    }
}
