import HTTPTypes
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// New orders, states and queues on pages that are open, without reloading.
enum LivePages {
    static let section = SiteSection(
        routes: [.get("/live", .signedIn, open)], phrases: [PackageResources.live_json],
        assets: ["live.js": PackageResources.live_js])

    /// Ends when the service does, when the browser has gone, and now and then by itself: the browser comes again.
    private static func open(_ visit: Visit) async throws -> Answer {
        guard let place = visit.tools.live.door.enter() else { throw SiteProblem.busy }
        return .stream(type: "text/event-stream") { writer in
            var stream = LiveStream(visit)
            while !Task.isShuttingDownGracefully, let text = try await stream.look() {
                if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                try await Task.sleep(for: visit.tools.live.pause)
            }
            withExtendedLifetime(place) {}
            try await writer.finish(nil)
        }
    }
}
