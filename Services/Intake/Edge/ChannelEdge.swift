public import Contracts
import HTTPEdge
public import Pipeline

/// Intake's door for channels that cannot speak Kafka: `POST /channels/{channel}/messages`.
///
/// - Source: `openapi.yaml` beside this folder says what it answers.
public struct ChannelEdge: ServiceEdge, CustomStringConvertible {
    /// The external order id inside a platform's own payload, read as intake will; `nil` for a type it does not read.
    public typealias NativeReader =
        @Sendable (_ type: String, _ json: JSONObject, _ channel: String) throws(Fault) -> String?

    private let settings: EdgeSettings
    private let native: NativeReader

    /// Where it listens; never the secrets of its settings.
    public var description: String { "edge on \(settings.host):\(settings.port)" }

    /// Reads its settings; `nil` when it is off or `reader` has found defects.
    public init?(_ reader: inout SettingsReader, native: @escaping NativeReader) {
        guard let settings = EdgeSettings(&reader) else { return nil }
        self.settings = settings
        self.native = native
    }

    public func run(publisher: InboundPublisher, clock: any Clock, health: Health) async throws {
        let desk = PostDesk(
            channels: settings.channels, reader: MessageReader(native: native), clock: clock,
            publish: { await publisher.publish($0) })
        try await EdgeServer(host: settings.host, port: settings.port, prefix: "EDGE").run(
            EdgeResponder(desk: desk, meter: EdgeMeter()), health: health)
    }
}
