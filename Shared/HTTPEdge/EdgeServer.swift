public import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import Pipeline
import ServiceLifecycle

/// Serves HTTP/1.1 for a service's edge until the lifecycle ends, and then as long as what is in hand takes.
///
/// - Errors: `EdgeFailure` when it cannot listen.
public struct EdgeServer: Sendable {
    /// An IPv4 address of this machine.
    public let host: String
    public let port: Int
    /// The settings that name them, for complaints: `EDGE` for `EDGE_HOST` and `EDGE_PORT`.
    public let prefix: String
    private static let part = "edge"

    public init(host: String, port: Int, prefix: String) {
        self.host = host
        self.port = port
        self.prefix = prefix
    }

    public func run<Responder: HTTPResponder>(_ responder: Responder, health: Health) async throws
    where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        // Made here: where the settings are read, logs do not go where they should yet.
        let logger = Logger(label: "edge")
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(EdgeLimits.idleSeconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8192, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: nil, backlog: 1024,
                availableConnectionsDelegate: .maximum(EdgeLimits.maximumConnections, logger: logger)),
            logger: logger)
        try await withGracefulShutdownHandler {
            try await serve(application)
        } onGracefulShutdown: {
            health.failing(Self.part, "closing")
        }
    }

    /// Serves until the end is asked for, and then as long as what is in hand takes, eight seconds at most.
    private func serve<Responder: HTTPResponder>(_ application: Application<Responder>) async throws
    where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await application.run()
                } catch {
                    throw EdgeFailure(description: "\(prefix)_HOST \(host), \(prefix)_PORT \(port): \(error)")
                }
            }
            group.addTask {
                try await gracefulShutdown()
                try await Task.sleep(for: .seconds(EdgeLimits.endSeconds))
            }
            try await group.next()
            group.cancelAll()
            // Whatever is cut off now ends by its cancellation, which says nothing new.
            while await group.nextResult() != nil {}
        }
    }
}

/// Why an edge does not serve.
struct EdgeFailure: Error, CustomStringConvertible {
    let description: String
}

/// What bounds a post.
public enum EdgeLimits {
    public static let maximumBodyBytes = 1_000_000
    /// Read and thrown away behind a body that is too large, so that its sender hears the answer.
    static let maximumDrainedBytes = 4_000_000
    /// Connections open at once; further ones wait to be accepted.
    static let maximumConnections = 2048
    static let idleSeconds: Int64 = 60
    /// How long the end waits for what is in hand.
    static let endSeconds: Int64 = 8
}
