import Foundation
@testable import Pipeline
import Synchronization
import Testing

@Suite("Health over HTTP") struct HealthServerTests {
    /// Serves `requests` on a thread of its own while the body asks.
    private static func serve(_ body: (Int) throws -> Void) throws {
        let server = try HealthServer(address: .anyPort) { path in
            path == "/livez" ? .init(status: "200 OK", type: "text/plain", body: Array("alive\n".utf8)) : nil
        }
        let stop = StopFlag()
        let thread = OwnThread { while !stop.isRequested { server.step(waitMilliseconds: 20) } }
        defer { server.close() }
        try body(server.port)
        stop.request()
        try thread.join()
    }

    @Test(arguments: [
        ("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK", "alive\n"),
        ("GET /livez?verbose HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK", "alive\n"),
        ("GET /elsewhere HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found", ""),
        ("POST /livez HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed", ""),
        ("nonsense\r\n\r\n", "HTTP/1.1 405 Method Not Allowed", ""),
    ])
    func requestsAreAnswered(_ request: String, _ status: String, _ body: String) throws {
        try Self.serve { port in
            let answer = try ask(port, request)
            #expect(answer.hasPrefix(status + "\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n" + body))
            #expect(answer.contains("Content-Length: \(body.utf8.count)\r\n"))
        }
    }

    @Test func clientThatSaysNothingIsLeftAfterASecond() throws {
        try Self.serve { port in
            let silent = try connect(port)
            defer { Glibc.close(silent) }
            let start = ContinuousClock.now
            #expect(try ask(port, "GET /livez HTTP/1.1\r\n\r\n").hasPrefix("HTTP/1.1 200"))
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test func takenPortIsAnErrorThatNamesIt() throws {
        try Self.serve { port in
            let error = #expect(throws: HealthServerError.self) {
                try HealthServer(address: HTTPAddress(host: "127.0.0.1", port: port)) { _ in nil }
            }
            #expect(error?.description.contains("HTTP_PORT \(port) cannot be listened on: ") == true)
        }
    }
}

@Suite("Health") struct HealthTests {
    @Test func readyNeedsAStartAndNoFailure() {
        let health = Health()
        #expect(!health.isReady)
        health.started()
        #expect(health.isReady)
        health.failing("lane-0", "database \"away\"")
        #expect(!health.isReady)
        #expect(
            String(decoding: health.report, as: UTF8.self)
                == #"{"ready":false,"started":true,"failing":[{"part":"lane-0","reason":"database \"away\""}]}"#)
        health.recovered("lane-0")
        #expect(health.isReady)
    }
}

extension HTTPAddress {
    /// Any free port of this machine.
    static let anyPort = HTTPAddress(host: "127.0.0.1", port: 0)
}

struct NoAnswer: Error {}

/// Asks a server of this machine and answers all it says until it closes.
func ask(_ port: Int, _ request: String) throws -> String {
    let socket = try connect(port)
    defer { Glibc.close(socket) }
    let bytes = Array(request.utf8)
    guard unsafe send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw NoAnswer() }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
        let count = unsafe recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        answer.append(contentsOf: buffer[..<count])
    }
    return String(decoding: answer, as: UTF8.self)
}

func connect(_ port: Int) throws -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
            unsafe connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
    guard isConnected else {
        Glibc.close(socket)
        throw NoAnswer()
    }
    return socket
}
