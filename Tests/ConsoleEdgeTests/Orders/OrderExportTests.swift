import ConsoleDomain
import Contracts
import HTTPTypes
import HummingbirdCore
import NIOCore
import Postgres
import Support
import Synchronization
import Testing

@testable import ConsoleEdge

/// Takes what a streamed answer writes.
private struct Sink: ResponseBodyWriter {
    let bytes: Bytes

    final class Bytes: Sendable {
        private let kept = Mutex<[UInt8]>([])
        func add(_ more: [UInt8]) { kept.withLock { $0 += more } }
        var text: String { String(decoding: kept.withLock { $0 }, as: UTF8.self) }
    }

    mutating func write(_ buffer: ByteBuffer) async throws { bytes.add(Array(buffer.readableBytesView)) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Reply {
    fileprivate func written() async throws -> String {
        guard case .stream(let write) = body else { return text }
        let bytes = Sink.Bytes()
        var writer: any ResponseBodyWriter = Sink(bytes: bytes)
        try await write(&writer)
        return bytes.text
    }
}

@Suite("Orders as files")
struct OrderExportTests {
    private static func fill(_ rig: SiteRig) throws {
        try rig.tell(OrderSamples.order("=1+1", state: "confirmed", seller: "@M3"))
        try rig.tell(OrderSamples.order("B,\"2\"", channel: "douyin", state: "paid", minute: 1, price: 123_456))
    }

    @Test func tableHoldsWhatTheFilterFindsAndNoFormula() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            let reply = try await browser.get("/orders.csv")
            #expect(reply.headers[.contentDisposition]?.contains(".csv") == true)
            let lines = try await reply.written().split(separator: "\r\n").map(String.init)
            #expect(lines.count == 3)
            #expect(
                lines[0].hasPrefix("\u{FEFF}Order,Channel&#39;s")
                    || lines[0].hasPrefix("\u{FEFF}Order,Channel's number"))
            #expect(lines[1].contains(",\"B,\"\"2\"\"\",douyin,") && lines[1].contains(",CNY,1234.56,1234.56,0.00,"))
            #expect(lines[2].contains(",\"'=1+1\",") && lines[2].contains(",\"'@M3\","))
            let some = try await browser.get("/orders.csv?channel=douyin").written()
            #expect(some.split(separator: "\r\n").count == 2)
        }
    }

    @Test func manyPagesAreOneFile() async throws {
        try await SiteRig.with { rig in
            try rig.fill(2500)
            let browser = try await rig.signIn(.owner)
            let lines = try await browser.get("/orders.csv").written().split(separator: "\r\n").dropFirst()
            #expect(Set(lines).count == 2500)
        }
    }

    @Test func workbookIsOne() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            let reply = try await browser.get("/orders.xlsx")
            guard case .bytes(let bytes) = reply.body else {
                Issue.record("no workbook")
                return
            }
            #expect(bytes.starts(with: Array("PK".utf8)))
            #expect(reply.headers[.contentType]?.contains("spreadsheetml") == true)
        }
    }

    @Test func onlyTickedOrdersOfOnesOwn() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let mine = OrderID.sample("=1+1").text
            let foreign = OrderID.sample("B,\"2\"", channel: "douyin", placedAt: .sample + .minutes(1)).text
            let browser = try await rig.signIn(.channelManager, scope: .channels(["wechat-mini"]))
            let reply = try await browser.post(
                "/orders/export", ["format": "csv", "order": mine, "order": foreign])
            let text = try await reply.written()
            #expect(text.contains(mine) && !text.contains(foreign))
            let all = try await browser.get("/orders.csv").written()
            #expect(all.contains(mine) && !all.contains(foreign))
            #expect(try await browser.post("/orders/export", ["format": "pdf", "order": mine]).status == .badRequest)
            #expect(try await browser.post("/orders/export", ["format": "csv"]).status == .seeOther)
        }
    }

    @Test func whoTakesWhatIsWrittenDown() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner, name: "anna")
            try await browser.get("/orders.csv?channel=douyin")
            #expect(
                try rig.text("SELECT actor || ' ' || after::text FROM audit_log WHERE action = 'orders.export'")
                    == #"anna {"filter":"channel=douyin","format":"csv"}"#)
            let support = try await rig.signIn(.support)
            #expect(try await support.get("/orders.csv").status == .forbidden)
            #expect(!(try await support.get("/orders").text.contains("/orders.csv")))
            #expect(try await browser.get("/orders.csv?from=nonsense").status == .badRequest)
        }
    }
}
