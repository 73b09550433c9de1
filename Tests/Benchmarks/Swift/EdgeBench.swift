import Contracts
import Foundation
import IntakeDomain

/// Posts signed messages to intake's edge over kept connections, from one thread, and measures how long answers take.
///
/// With a rate, posts fall due at fixed moments whether or not earlier ones are answered, and an answer's time counts
/// from then, so that a stall is seen by every post it delays. Without one, every connection posts as soon as it may.
struct EdgeBench {
    enum Kind: String {
        /// Nobody handles it yet: edge and broker alone.
        case visit
        /// Intake's lanes handle it at the same time.
        case order
        /// A platform's payload with one to three faults; some are refused at once, some only by the lanes.
        case mutant
    }

    let port: UInt16
    let secret: [UInt8]
    let kind: Kind
    /// Posts per second; 0 is as fast as they are answered.
    let rate: Int
    let count: Int
    let connections: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 6, let port = UInt16(arguments[0]), let kind = Kind(rawValue: arguments[2]),
            let secret = Data(base64Encoded: String(arguments[1].dropFirst("whsec_".count))),
            let rate = Int(arguments[3]), let count = Int(arguments[4]), let connections = Int(arguments[5])
        else { throw EdgeBenchError(reason: "edge PORT SECRET visit|order|mutant RATE COUNT CONNECTIONS") }
        self.port = port
        self.secret = Array(secret)
        self.kind = kind
        self.rate = rate
        self.count = count
        self.connections = connections
    }

    func run() throws {
        let run = UInt32.random(in: 0 ... .max)
        let timestamp = Int(Date().timeIntervalSince1970)
        var mutants = Mutants(seed: 2)
        let posts = (0..<count).map { number in
            let (type, body) = message(run: run, number: number, &mutants)
            return request("\(run)-\(number)", type, body, timestamp: timestamp)
        }
        let clients = try (0..<connections).map { _ in try EdgeConnection(port: port) }
        defer { for client in clients { client.close() } }
        let start = ContinuousClock.now
        var next = 0
        var latencies: [Duration] = []
        latencies.reserveCapacity(count)
        var refused = 0
        var failed = 0
        while latencies.count < count {
            let now = ContinuousClock.now
            guard now - start < .seconds(300) else { throw EdgeBenchError(reason: "not done after 300 s") }
            for client in clients where !client.isBusy && next < count {
                let due = rate == 0 ? now : start + .nanoseconds(Int64(next) * 1_000_000_000 / Int64(rate))
                guard due <= now else { break }
                try client.post(posts[next], due: due)
                next += 1
            }
            EdgeConnection.wait(clients, milliseconds: 1)
            for client in clients where client.isBusy {
                guard let (status, due) = try client.answer() else { continue }
                latencies.append(ContinuousClock.now - due)
                if (400..<500).contains(status) { refused += 1 } else if status != 202 { failed += 1 }
            }
        }
        report(
            latencies.sorted(), seconds: (ContinuousClock.now - start) / .seconds(1), refused: refused, failed: failed)
    }

    private func report(_ sorted: [Duration], seconds: Double, refused: Int, failed: Int) {
        func milliseconds(_ part: Double) -> Double {
            sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] / .milliseconds(1)
        }
        print(
            "{\"posts\":\(sorted.count),\"refused\":\(refused),\"failed\":\(failed),\"seconds\":\(seconds),"
                + "\"postsPerSecond\":\(Double(sorted.count) / seconds),\"p50Milliseconds\":\(milliseconds(0.5)),"
                + "\"p99Milliseconds\":\(milliseconds(0.99)),\"maxMilliseconds\":\(milliseconds(1))}")
    }

    private func request(_ id: String, _ type: String, _ body: [UInt8], timestamp: Int) -> [UInt8] {
        let code = authenticationCode(Array("\(id).\(timestamp).".utf8) + body)
        let head = """
            POST /channels/bench/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
            Content-Length: \(body.count)\r\nce-type: \(type)\r\nwebhook-id: \(id)\r\nwebhook-timestamp: \(timestamp)\r\n\
            webhook-signature: v1,\(Data(code).base64EncodedString())\r\n\r\n
            """
        return Array(head.utf8) + body
    }

    private func message(run: UInt32, number: Int, _ mutants: inout Mutants) -> (type: String, body: [UInt8]) {
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        switch kind {
        case .visit:
            let visit = ChannelVisit(channel: "bench", visitorID: "v-\(number)", memberID: "M1", sku: "B-1", at: now)
            return (ChannelVisit.type, visit.jsonBytes)
        case .order:
            return (ChannelOrder.type, OrderFeed.order("E-\(run)-\(number)", number, placedAt: now).jsonBytes)
        case .mutant:
            let (native, bytes) = mutants.next()
            return (native.rawValue, bytes)
        }
    }

    /// HMAC-SHA256.
    ///
    /// - Source: RFC 2104; the secret is shorter than a block.
    private func authenticationCode(_ message: [UInt8]) -> [UInt8] {
        let key = secret + [UInt8](repeating: 0, count: 64 - secret.count)
        let inner = SHA256.digest(key.map { $0 ^ 0x36 } + message)
        return Array(SHA256.digest(key.map { $0 ^ 0x5C } + inner))
    }
}

struct EdgeBenchError: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

/// One kept connection with at most one post on its way.
final class EdgeConnection {
    private let socket: Int32
    private var due: ContinuousClock.Instant?
    private var received: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 4096)

    init(port: UInt16) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        unsafe setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw EdgeBenchError(reason: "127.0.0.1:\(port) does not answer") }
    }

    var isBusy: Bool { due != nil }

    func post(_ request: [UInt8], due: ContinuousClock.Instant) throws {
        // A request is smaller than any socket's buffer, and the one before has been answered.
        guard unsafe send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw EdgeBenchError(reason: "a post could not be sent")
        }
        self.due = due
    }

    /// The status of a whole answer, and when its post was due; `nil` while it is not all there.
    func answer() throws -> (status: Int, due: ContinuousClock.Instant)? {
        let count = unsafe recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count < 0 { return nil }
        guard count > 0 else { throw EdgeBenchError(reason: "the edge closed a connection") }
        received.append(contentsOf: buffer[..<count])
        let text = String(decoding: received, as: UTF8.self)
        guard let due, let end = text.range(of: "\r\n\r\n"),
            let length = text[..<end.lowerBound].firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap({ Int($0.1) }),
            text[end.upperBound...].utf8.count >= length
        else { return nil }
        received = []
        self.due = nil
        return (Int(text.dropFirst(9).prefix(3)) ?? 0, due)
    }

    /// Waits until one of the busy connections has something to read.
    static func wait(_ clients: [EdgeConnection], milliseconds: Int32) {
        var entries = clients.filter(\.isBusy).map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        _ = unsafe poll(&entries, nfds_t(entries.count), milliseconds)
    }

    func close() { Glibc.close(socket) }
}
