import HTTPEdge
public import Pipeline

/// Fulfilment's door for the pushes of aggregators: `POST /callbacks/kuaidi100` and `POST /callbacks/kdniao`.
///
/// What it takes stands on `carrier.scans.v1`, as if the carrier had published it there.
/// - Source: `openapi.yaml` beside this folder says what it answers.
public struct CallbackEdge: ServiceEdge, CustomStringConvertible {
    private let settings: CallbackSettings

    /// Where it listens; never the secrets of its settings.
    public var description: String { "edge on \(settings.host):\(settings.port)" }

    /// Reads its settings; `nil` when it is off or `reader` has found defects.
    public init?(_ reader: inout SettingsReader) {
        guard let settings = CallbackSettings(&reader) else { return nil }
        self.settings = settings
    }

    public func run(publisher: InboundPublisher, clock: any Clock, health: Health) async throws {
        let desk = CallbackDesk(
            accounts: settings.accounts, clock: clock, publish: { await publisher.publish($0) })
        try await EdgeServer(host: settings.host, port: settings.port, prefix: "CALLBACK").run(
            CallbackResponder(desk: desk), health: health)
    }
}
