import Contracts
import Foundation
import HTTPTypes
import Kafka
import Pipeline
import ServiceLifecycle
import Synchronization
import Testing

@testable import IntakeEdge

/// Over real connections: what HTTP itself decides.
@Suite("The edge over HTTP", .serialized)
struct LiveEdgeTests {
    private static func request(
        _ body: String, method: String = "POST", path: String = "/channels/h5-mall/messages",
        type: String = "application/json", id: String = "live-1", close: Bool = true
    ) throws -> String {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: edge\r\nContent-Type: \(type)\r\n"
        let timestamp = SystemClock().machineNow.milliseconds / 1000
        let late = Samples.now.milliseconds / 1000 - timestamp
        for field in try Samples.signed(body, id: id, secondsLate: late) {
            text += "\(field.name.rawName): \(field.value)\r\n"
        }
        if close { text += "Connection: close\r\n" }
        return text + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func acknowledgedPostIsAnswered202() async throws {
        let edge = try LiveEdge()
        try await edge.run { _ in
            let answer = try await edge.send(try Self.request(Samples.order, type: "application/json; charset=utf-8"))
            #expect(answer.hasPrefix("HTTP/1.1 202 Accepted\r\n"))
            #expect(
                answer.contains("Content-Type: application/json\r\n")
                    || answer.contains("content-type: application/json\r\n"))
            #expect(
                answer.hasSuffix(#"{"id":"edge/h5-mall/live-1","type":"channel.order.v1","topic":"channel.orders.v1"}"#)
            )
        }
        #expect(edge.broker.records(of: "channel.orders.v1").map(\.value) == [Array(Samples.order.utf8)])
        #expect(!edge.health.isReady, "an edge that has closed is not ready")
    }

    @Test(arguments: [
        ("GET", "/channels/h5-mall/messages", "application/json", 405, "allow: post"),
        ("PUT", "/channels/h5-mall/messages", "application/json", 405, "allow: post"),
        ("POST", "/channels/h5-mall", "application/json", 404, "problem+json"),
        ("POST", "/channels/h5-mall/messages/", "application/json", 404, "problem+json"),
        ("POST", "/channels/h5-mall/messages", "text/plain", 415, "accept: application/json"),
        ("POST", "/channels/h5-mall/messages", "application/x-www-form-urlencoded", 415, "problem+json"),
        ("POST", "/channels/nobody/messages", "application/json", 401, "www-authenticate: "),
        ("POST", "/channels/%00/messages", "application/json", 401, "problem+json"),
        ("POST", "/channels/h5%2Dmall/messages?x=1", "application/json", 202, "application/json"),
    ]) func everyAnswerHasItsStatusAndHeader(
        method: String, path: String, type: String, status: Int, header: String
    ) async throws {
        let edge = try LiveEdge()
        try await edge.run { _ in
            let answer = try await edge.send(try Self.request(Samples.order, method: method, path: path, type: type))
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            #expect(answer.lowercased().contains(header), "\(answer)")
        }
    }

    @Test func bodyOfAMillionBytesIsTakenAndOneMoreIsNot() async throws {
        let edge = try LiveEdge()
        try await edge.run { _ in
            let start = String(Samples.order.dropLast()) + #","ignored":""#
            let largest = start + String(repeating: "x", count: 1_000_000 - start.utf8.count - 2) + "\"}"
            #expect(largest.utf8.count == 1_000_000)
            let taken = try await edge.send(try Self.request(largest, id: "large"))
            #expect(taken.hasPrefix("HTTP/1.1 202 "), "\(taken.prefix(300))")
            let refused = try await edge.send(try Self.request(largest + " ", id: "larger"))
            #expect(refused.hasPrefix("HTTP/1.1 413 "), "\(refused.prefix(300))")
        }
        #expect(edge.broker.records(of: "channel.orders.v1").count == 1)
    }

    @Test func endlessBodyIsCutOff() async throws {
        let edge = try LiveEdge()
        try await edge.run { _ in
            let announced =
                "POST /channels/h5-mall/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999999\r\n\r\n{"
            let announcedAnswer = try await edge.send(announced)
            #expect(announcedAnswer.hasPrefix("HTTP/1.1 413 "))
            let chunk = "100000\r\n" + String(repeating: "x", count: 0x100000) + "\r\n"
            let chunked =
                "POST /channels/h5-mall/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 5)
            let chunkedAnswer = try await edge.send(chunked)
            #expect(chunkedAnswer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func chunkedBodyAndKeptConnectionWork() async throws {
        let edge = try LiveEdge()
        try await edge.run { _ in
            let first = try Self.request(Samples.order, id: "one", close: false)
            let second = try Self.request(Samples.order, id: "two")
            let answers = try await edge.send(first + second)
            #expect(answers.components(separatedBy: "HTTP/1.1 202 ").count == 3, "\(answers)")
            let whole = try Self.request(Samples.order, id: "three")
            let head = whole.replacing("Content-Length: \(Samples.order.utf8.count)\r\n\r\n\(Samples.order)", with: "")
            let bytes = Array(Samples.order.utf8)
            let chunked =
                head
                + "Transfer-Encoding: chunked\r\n\r\n\(String(bytes.count, radix: 16))\r\n\(Samples.order)\r\n0\r\n\r\n"
            let chunkedAnswer = try await edge.send(chunked)
            #expect(chunkedAnswer.hasPrefix("HTTP/1.1 202 "))
        }
        #expect(edge.broker.records(of: "channel.orders.v1").count == 3)
    }

    @Test func wooCommercesPingIsAnswered200() async throws {
        let edge = try LiveEdge()
        try await edge.run { _ in
            let ping =
                "POST /channels/blog-shop/messages HTTP/1.0\r\nHost: x\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\nContent-Length: 12\r\n\r\nwebhook_id=7"
            let pingAnswer = try await edge.send(ping)
            #expect(pingAnswer.contains(" 200 OK\r\n"))
        }
    }

    /// The broker is slow to begin; the end is asked for meanwhile.
    @Test func whatIsInHandIsAnsweredBeforeTheEnd() async throws {
        let edge = try LiveEdge()
        let pause = StopFlag()
        try await edge.run(publishingAfter: pause) { group in
            try await withThrowingTaskGroup(of: String.self) { tasks in
                let request = try Self.request(Samples.order)
                tasks.addTask { try await edge.send(request) }
                // The post has come in when somebody waits for the broker: then, and not before, the end is asked for.
                let deadline = ContinuousClock.now + .seconds(15)
                while !edge.isWaiting, .now < deadline { try await Task.sleep(for: .milliseconds(5)) }
                await group.triggerGracefulShutdown()
                while edge.health.isReady, .now < deadline { try await Task.sleep(for: .milliseconds(5)) }
                pause.request()
                let answer = try await tasks.next()
                #expect(answer?.hasPrefix("HTTP/1.1 202 ") == true, "\(answer ?? "nothing")")
            }
        }
        #expect(edge.broker.records(of: "channel.orders.v1").count == 1)
    }
}
