import Contracts
import Pipeline

/// What the edge reads from the environment.
///
/// - Source: DESIGN section 7.
struct EdgeSettings: Sendable {
    /// `EDGE_HOST`, an IPv4 address to listen on, default 127.0.0.1.
    let host: String
    /// `EDGE_PORT`, 0 to 65535, default 0: off.
    let port: Int
    /// `EDGE_CHANNELS`, the JSON text of `ChannelAccess.read`; secret, also as `EDGE_CHANNELS_FILE`. Required when the
    /// edge is on.
    let channels: [String: ChannelAccess]

    /// Reads everything; `nil` when the edge is off or `reader` has found defects.
    init?(_ reader: inout SettingsReader) {
        let before = reader.defects.count
        host = reader.address("EDGE_HOST")
        port = reader.integer("EDGE_PORT", in: 0...65535, default: 0)
        let text = reader.optionalSecret("EDGE_CHANNELS")
        var channels: [String: ChannelAccess] = [:]
        if let text {
            do throws(Fault) {
                channels = try ChannelAccess.read(Array(text.utf8))
            } catch {
                reader.defect("EDGE_CHANNELS", "\(error)")
            }
        } else if port != 0 {
            reader.defect("EDGE_CHANNELS", "is missing: an edge needs to know who may post")
        }
        self.channels = channels
        if port == 0 || reader.defects.count > before { return nil }
    }
}
