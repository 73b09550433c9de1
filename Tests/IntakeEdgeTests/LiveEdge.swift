import Foundation
import Logging
@testable import Pipeline
import ServiceLifecycle
import Synchronization

@testable import IntakeEdge

/// The edge on a port of its own, with a broker in memory behind it.
final class LiveEdge: Sendable {
    struct NotListening: Error {}
    struct NoAnswer: Error {}

    let port: Int
    let broker = MemoryBroker(partitions: ["channel.orders.v1": 3])
    let health = Health()
    private let edge: ChannelEdge
    private let publisher = InboundPublisher()

    init() throws {
        port = try Self.freePort()
        var reader = SettingsReader(["EDGE_PORT": "\(port)", "EDGE_CHANNELS": Samples.accessText])
        guard let edge = ChannelEdge(&reader, native: { (_, _, _) in nil }) else { throw NotListening() }
        self.edge = edge
        health.started()
    }

    /// Serves while the body asks, then ends gracefully.
    ///
    /// - Parameter pause: Keeps the publisher's thread from starting until it is requested.
    func run(publishingAfter pause: StopFlag? = nil, _ body: @escaping @Sendable (ServiceGroup) async throws -> Void)
        async throws
    {
        let stop = StopFlag()
        let publisher = publisher
        let health = health
        let broker = broker
        let isDone = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            while let pause, !pause.isRequested { Thread.sleep(forTimeInterval: 0.005) }
            // A memory broker's sink cannot be refused.
            try? publisher.run(stop, health: health) { MemorySink(broker) }
            isDone.signal()
        }
        let part = Part(edge: edge, publisher: publisher, health: health)
        let group = ServiceGroup(configuration: .init(services: [.init(service: part)], logger: Logger(label: "edge")))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                try await self.awaitListening()
                try await body(group)
                await group.triggerGracefulShutdown()
            }
            for try await _ in tasks {}
        }
        stop.request()
        isDone.wait()
    }

    /// Somebody has handed a message to the publisher, who has not answered yet.
    var isWaiting: Bool { publisher.count > 0 }

    private struct Part: Service {
        let edge: ChannelEdge
        let publisher: InboundPublisher
        let health: Health
        func run() async throws { try await edge.run(publisher: publisher, clock: SystemClock(), health: health) }
    }

    private func awaitListening() async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while (try? await send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) == nil {
            guard ContinuousClock.now < deadline else { throw NotListening() }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Sends these bytes and answers everything that comes until the other side closes.
    func send(_ text: String) async throws -> String {
        let port = port
        return try await withCheckedThrowingContinuation { answer in
            Thread.detachNewThread { answer.resume(with: Result { try Self.exchange(port, Array(text.utf8)) }) }
        }
    }

    static func exchange(_ port: Int, _ bytes: [UInt8]) throws -> String {
        let socket = try connected(port)
        defer { close(socket) }
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received.append(contentsOf: buffer[..<count])
        }
        guard !received.isEmpty else { throw NoAnswer() }
        return String(decoding: received, as: UTF8.self)
    }

    private static func connected(_ port: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: 15, tv_usec: 0)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = loopback(port)
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(socket)
            throw NotListening()
        }
        return socket
    }

    private static func freePort() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0
            }
        }
        guard isBound else { throw NotListening() }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
