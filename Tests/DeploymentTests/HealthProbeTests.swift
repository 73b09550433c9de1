import Foundation
import Testing

@testable import Pipeline

@Suite("Health check without curl")
struct HealthProbeTests {
    @Test("the answer decides", arguments: [("200 OK", true), ("503 Service Unavailable", false)])
    func answerDecides(_ status: String, _ isReady: Bool) throws {
        let answer = try Self.ask { path in
            path == "/readyz" ? .init(status: status, type: "text/plain", body: Array("said".utf8)) : nil
        }
        #expect(answer.isReady == isReady)
        #expect(answer.text == "said")
    }

    @Test func nobodyListeningIsNotReady() throws {
        let server = try HealthServer(address: HTTPAddress(host: "127.0.0.1", port: 0)) { _ in nil }
        server.close()
        let answer = HealthProbe(address: HTTPAddress(host: "127.0.0.1", port: server.port)).ask()
        #expect(!answer.isReady)
        #expect(answer.text.contains("Connection refused"))
    }

    /// The system accepts the connection, the process never answers.
    @Test func silenceIsNotReady() throws {
        let server = try HealthServer(address: HTTPAddress(host: "127.0.0.1", port: 0)) { _ in nil }
        defer { server.close() }
        let answer = HealthProbe(address: HTTPAddress(host: "127.0.0.1", port: server.port)).ask()
        #expect(!answer.isReady)
    }

    @Test func everyAddressIsReachedOverLoopback() {
        #expect(HTTPAddress(host: "0.0.0.0", port: 80).local.host == "127.0.0.1")
        #expect(HTTPAddress(host: "127.0.0.2", port: 80).local.host == "127.0.0.2")
    }

    @Test(
        "an address is four numbers", arguments: [("0.0.0.0", true), ("localhost", false), ("::1", false), ("", false)])
    func addressIsFourNumbers(_ host: String, _ isAddress: Bool) {
        #expect(HTTPAddress.isIPv4(host) == isAddress)
    }

    /// Asks a server that listens on every address and serves one request on a thread of its own.
    private static func ask(
        _ answer: @escaping @Sendable (String) -> HealthServer.Answer?
    ) throws -> (isReady: Bool, text: String) {
        let server = try HealthServer(address: HTTPAddress(host: "0.0.0.0", port: 0), answer: answer)
        let thread = WorkerThread(name: "health") { server.step(waitMilliseconds: 5000) }
        defer { withExtendedLifetime(thread) { server.close() } }
        return HealthProbe(address: HTTPAddress(host: "0.0.0.0", port: server.port).local).ask()
    }
}
