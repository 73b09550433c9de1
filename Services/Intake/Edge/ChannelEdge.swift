public import Contracts
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import Pipeline
import ServiceLifecycle

/// Intake's door for channels that cannot speak Kafka: `POST /channels/{channel}/messages`.
///
/// - Source: `openapi.yaml` beside this folder says what it answers.
public struct ChannelEdge: ServiceEdge, CustomStringConvertible {
    /// The external order id inside a platform's own payload, read as intake will; `nil` for a type it does not read.
    public typealias NativeReader =
        @Sendable (_ type: String, _ json: JSONObject, _ channel: String) throws(Fault) -> String?

    private let settings: EdgeSettings
    private let native: NativeReader
    private static let part = "edge"

    /// Where it listens; never the secrets of its settings.
    public var description: String { "edge on \(settings.host):\(settings.port)" }

    /// Reads its settings; `nil` when it is off or `reader` has found defects.
    public init?(_ reader: inout SettingsReader, native: @escaping NativeReader) {
        guard let settings = EdgeSettings(&reader) else { return nil }
        self.settings = settings
        self.native = native
    }

    public func run(publisher: InboundPublisher, health: Health) async throws {
        // Made here: where the settings are read, logs do not go where they should yet.
        let logger = Logger(label: "edge")
        let desk = PostDesk(
            channels: settings.channels, reader: MessageReader(native: native), clock: SystemClock(),
            publish: { await publisher.publish($0) })
        let application = Application(
            responder: EdgeResponder(desk: desk, meter: EdgeMeter()),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(EdgeLimits.idleSeconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8192, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 1024,
                availableConnectionsDelegate: .maximum(EdgeLimits.maximumConnections, logger: logger)),
            logger: logger)
        try await withGracefulShutdownHandler {
            try await serve(application)
        } onGracefulShutdown: {
            health.failing(Self.part, "closing")
        }
    }

    /// Serves until the end is asked for, and then as long as what is in hand takes, eight seconds at most.
    private func serve(_ application: Application<EdgeResponder>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await application.run()
                } catch {
                    throw EdgeFailure(host: settings.host, port: settings.port, reason: "\(error)")
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

/// Why the edge does not serve.
struct EdgeFailure: Error, CustomStringConvertible {
    let host: String
    let port: Int
    let reason: String

    var description: String { "EDGE_HOST \(host), EDGE_PORT \(port): \(reason)" }
}
