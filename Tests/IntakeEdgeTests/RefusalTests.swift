import Contracts
import HTTPTypes
import Testing

@testable import IntakeEdge

@Suite("Posts that are refused")
struct RefusalTests {
    @Test(arguments: ["webhook-id", "webhook-timestamp", "webhook-signature"])
    func everySignedHeaderIsNeeded(header: String) async throws {
        let desk = try RecordedDesk()
        var headers = try Samples.signed(Samples.order)
        headers[try #require(HTTPField.Name(header))] = nil
        #expect(await desk.problem(Samples.order, headers) == .unauthorised("is missing", field: header))
    }

    @Test func wrongSecretLateTimeAndUnknownChannelAreUnauthorised() async throws {
        let desk = try RecordedDesk()
        let wrong = Problem.unauthorised("signature does not match")
        let plain = try Samples.signed(Samples.order)
        #expect(await desk.problem(Samples.order + " ", plain) == wrong)
        #expect(await desk.problem(Samples.order, to: "nobody", plain) == wrong)
        #expect(await desk.problem(Samples.order, to: "shop-us", plain) == wrong, "a secret of another kind")
        #expect(
            await desk.problem(Samples.order, to: "pos", try Samples.signed(Samples.order, secret: Samples.otherSecret))
                == wrong)
        let late = try Samples.signed(Samples.order, secondsLate: 301)
        #expect(await desk.problem(Samples.order, late)?.status == 401)
        #expect(await desk.problem(Samples.order, try Samples.signed(Samples.order, id: "a b"))?.status == 401)
        #expect(
            await desk.problem(
                Samples.order, try Samples.signed(Samples.order, id: String(repeating: "x", count: 201)))?.status == 401
        )
        #expect(
            await desk.problem(Samples.order, try Samples.signed(Samples.order, id: String(repeating: "x", count: 200)))
                == nil)
        #expect(desk.messages.count == 1)
    }

    @Test(
        arguments: [
            ("", [], nil), ("[]", [], nil), ("{", [], nil),
            (Samples.order.replacing("\"quantity\":2", with: "\"quantity\":0"), [], "lines[0].quantity"),
            (Samples.order.replacing("25800", with: "25801"), [], "total"),
            (Samples.order.replacing("h5-mall", with: "pos"), [], "channel"),
            (Samples.order.replacing("\"H-1\"", with: "7"), [], "externalOrderId"),
            (Samples.order.replacing("H-1", with: String(repeating: "单", count: 170)), [], "externalOrderId"),
            (Samples.order, [("ce-type", "carrier.scan.v1")], "ce-type"),
            (Samples.order, [("ce-type", "x")], "ce-type"),
            (Samples.order, [("ce-type", "jd.order.v2")], "ce-type"),
            (Samples.order, [("ce-specversion", "0.3")], "ce-specversion"),
            (Samples.order, [("ce-time", "noon")], "ce-time"),
        ] as [(String, [(String, String)], String?)])
    func unreadableMessageNamesItsField(body: String, headers: [(String, String)], field: String?) async throws {
        let desk = try RecordedDesk()
        guard case .invalid(let fault) = await desk.problem(body, try Samples.signed(body, headers)) else {
            Issue.record("was taken")
            return
        }
        #expect(fault.field == field)
        #expect(desk.messages.isEmpty)
    }

    @Test(arguments: [
        (#"{"type":"channel.order.v1","data":{}}"#, "specversion"), (#"{"specversion":"1.0","data":{}}"#, "type"),
        (#"{"specversion":"1.0","type":"channel.order.v1"}"#, "data"),
        (#"{"specversion":"1.0","type":"channel.order.v1","data":"x"}"#, "data"),
        (#"{"specversion":"1.0","type":"channel.order.v1","datacontenttype":"text/xml","data":{}}"#, "datacontenttype"),
        (#"{"specversion":"1.0","type":"channel.order.v1","data":{"channel":"h5-mall"}}"#, "data.externalOrderId"),
    ]) func unreadableEventNamesItsAttribute(body: String, field: String) async throws {
        let desk = try RecordedDesk()
        guard case .invalid(let fault) = await desk.problem(body, isStructured: true, try Samples.signed(body)) else {
            Issue.record("was taken")
            return
        }
        #expect(fault.field == field)
    }

    @Test func refusedMessageIsNotRemembered() async throws {
        let desk = try RecordedDesk()
        let wrong = Samples.order.replacing("25800", with: "25801")
        #expect(await desk.problem(wrong, try Samples.signed(wrong))?.status == 422)
        #expect(await desk.problem(Samples.order, try Samples.signed(Samples.order)) == nil)
    }

    /// - Source: RFC 9457 section 3.
    @Test func problemSaysFieldAndReason() throws {
        let body = Problem.invalid(Fault("quantity 0 is not positive", field: "lines[0].quantity")).body
        let json = try JSONDocument.object(body)
        #expect(try json.string("type") == "about:blank")
        #expect(try json.string("title") == "The message cannot be read")
        #expect(try json.integer("status") == 422)
        #expect(try json.string("detail") == "lines[0].quantity quantity 0 is not positive")
        #expect(try json.string("field") == "lines[0].quantity")
        #expect(try json.string("reason") == "quantity 0 is not positive")
    }

    /// - Source: DESIGN I20.
    @Test func problemsQuoteNoPersonalData() async throws {
        let desk = try RecordedDesk()
        let personal = ["李雷", "13800000000", "u-77"]
        let spoils = [("\"李雷\"", "[\"李雷\"]"), ("\"13800000000\"", "{\"13800000000\":1}"), ("25800", "1")]
        for (number, (good, bad)) in spoils.enumerated() {
            let body = Samples.order.replacing(good, with: bad)
            let problem = try #require(await desk.problem(body, try Samples.signed(body, id: "\(number)")))
            let text = String(decoding: problem.body, as: UTF8.self)
            #expect(!personal.contains { text.contains($0) }, "\(text)")
        }
    }
}
