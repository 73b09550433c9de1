import Foundation

/// Asks the process of the same settings whether it is ready: the health check of an image without curl.
///
/// - Source: DESIGN section 7, `/readyz`.
struct HealthProbe {
    /// How long connecting, sending and each receiving may take.
    private static let timeout = timeval(tv_sec: 2, tv_usec: 0)
    /// The report names each failing part; more than this is cut off.
    private static let longestAnswer = 16_384

    let address: HTTPAddress

    /// - Returns: Whether the answer was 200, and its body or why there was none.
    func ask() -> (isReady: Bool, text: String) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return (false, "no socket: \(Self.lastError)") }
        defer { close(socket) }
        guard connect(socket) else { return (false, "\(address.host):\(address.port): \(Self.lastError)") }
        let request = Array("GET /readyz HTTP/1.1\r\nHost: \(address.host)\r\nConnection: close\r\n\r\n".utf8)
        guard unsafe send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            return (false, "not sent: \(Self.lastError)")
        }
        let answer = receive(socket)
        let body = answer.range(of: "\r\n\r\n").map { String(answer[$0.upperBound...]) }
        return (answer.hasPrefix("HTTP/1.1 200 "), body ?? "no whole answer within 2 s")
    }

    private func connect(_ socket: Int32) -> Bool {
        var timeout = Self.timeout
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        var target = address.socketAddress
        return unsafe withUnsafePointer(to: &target) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe Glibc.connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Everything until the other side closes.
    private func receive(_ socket: Int32) -> String {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while answer.count < Self.longestAnswer {
            let count = unsafe recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer.append(contentsOf: buffer[..<count])
        }
        return String(decoding: answer, as: UTF8.self)
    }

    private static var lastError: String { unsafe String(cString: strerror(errno)) }
}
