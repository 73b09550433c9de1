import Contracts
import Pipeline

/// What the edge reads from the environment.
struct CallbackSettings: Sendable {
    /// `CALLBACK_HOST`, an IPv4 address to listen on, default 127.0.0.1.
    let host: String
    /// `CALLBACK_PORT`, 0 to 65535, default 0: off.
    let port: Int
    /// `CALLBACK_ACCOUNTS`, the JSON text of `CallbackAccounts`; secret, also as `CALLBACK_ACCOUNTS_FILE`. Required when
    /// the edge is on.
    let accounts: CallbackAccounts

    /// Reads everything; `nil` when the edge is off or `reader` has found defects.
    init?(_ reader: inout SettingsReader) {
        host = reader.address("CALLBACK_HOST")
        port = reader.integer("CALLBACK_PORT", in: 0...65535, default: 0)
        guard let text = reader.optionalSecret("CALLBACK_ACCOUNTS") else {
            if port != 0 {
                reader.defect("CALLBACK_ACCOUNTS", "is missing: an edge needs to know by what pushes are signed")
            }
            return nil
        }
        do throws(Fault) {
            accounts = try CallbackAccounts(Array(text.utf8))
        } catch {
            reader.defect("CALLBACK_ACCOUNTS", "\(error)")
            return nil
        }
        if port == 0 { return nil }
    }
}
