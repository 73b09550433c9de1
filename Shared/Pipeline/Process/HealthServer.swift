import Contracts
import Foundation

/// Answers four paths about the process on one thread: `/livez`, `/readyz`, `/metrics`, `/version`; GET only.
///
/// Small on purpose: only executables that serve people link an HTTP framework.
final class HealthServer: Sendable {
    struct Answer {
        let status: String
        let type: String
        let body: [UInt8]
    }

    private let socket: Int32
    let port: Int
    private let answer: @Sendable (String) -> Answer?

    /// - Parameter address: Port 0 takes a free one.
    init(address listening: HTTPAddress, answer: @escaping @Sendable (String) -> Answer?) throws {
        self.answer = answer
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        unsafe setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = listening.socketAddress
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(socket, generic, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, generic, &length) == 0
            }
        }
        guard bound else {
            let code = errno
            Glibc.close(socket)
            throw HealthServerError(address: listening, code: code)
        }
        self.socket = socket
        self.port = Int(in_port_t(bigEndian: address.sin_port))
    }

    /// Serves one request, if one comes within the time.
    func step(waitMilliseconds: Int32) {
        guard isReadable(socket, waitMilliseconds) else { return }
        let client = accept(socket, nil, nil)
        guard client >= 0 else { return }
        defer { Glibc.close(client) }
        guard let request = read(client) else { return }
        let parts = request.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[0] == "GET" else {
            return write(client, Answer(status: "405 Method Not Allowed", type: "text/plain", body: []))
        }
        let path = String(parts[1].prefix { $0 != "?" })
        write(client, answer(path) ?? Answer(status: "404 Not Found", type: "text/plain", body: []))
    }

    func close() { Glibc.close(socket) }

    private func isReadable(_ descriptor: Int32, _ milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }

    /// The head of the request: at most 4 KB within a second, because one slow client keeps all others waiting.
    private func read(_ client: Int32) -> String? {
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        let deadline = ContinuousClock.now + .seconds(1)
        while head.count < 4096 {
            let left = (deadline - .now).milliseconds
            guard left > 0, isReadable(client, Int32(left)) else { return nil }
            let count = unsafe recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            head.append(contentsOf: buffer[..<count])
            if String(decoding: head.suffix(4), as: UTF8.self) == "\r\n\r\n" { break }
        }
        return String(decoding: head, as: UTF8.self)
    }

    private func write(_ client: Int32, _ answer: Answer) {
        let head = """
            HTTP/1.1 \(answer.status)\r\nContent-Type: \(answer.type)\r\n\
            Content-Length: \(answer.body.count)\r\nConnection: close\r\n\r\n
            """
        let bytes = Array(head.utf8) + answer.body
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            let count = unsafe send(client, rest, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return }
            sent += count
        }
    }
}

struct HealthServerError: Error, CustomStringConvertible {
    let address: HTTPAddress
    let code: Int32

    var description: String {
        let reason = unsafe String(cString: strerror(code))
        return "HTTP_HOST \(address.host), HTTP_PORT \(address.port) cannot be listened on: \(reason)"
    }
}
