import Contracts
import Foundation
import Pipeline

/// What the site reads from the environment.
///
/// - Source: DESIGN section 7.
struct ConsoleSettings: Sendable {
    /// `CONSOLE_HOST`, an IPv4 address to listen on, default 127.0.0.1.
    let host: String
    /// `CONSOLE_PORT`, 0 to 65535, default 0: off.
    let port: Int
    /// `CONSOLE_BASE_URL`, `https://console.example.com`: how browsers call it; default `http://` and what they say.
    /// With https its cookies are sent over nothing else.
    let baseURL: String
    /// `CONSOLE_TRUSTED_PROXIES`, IPv4 addresses with commas, default none: whose `X-Forwarded-For` counts.
    let trustedProxies: Set<String>
    /// `DATABASE_URL`, as the service has it; secret.
    let databaseURL: String
    /// `CONSOLE_CONNECTIONS`, 1 to 32, default 4: to the database.
    let connections: Int
    /// `BUSINESS_TIME_ZONE`, as the service has it.
    let calendar: BusinessCalendar
    /// `CONSOLE_SESSION_IDLE_MINUTES`, 1 to 1440, default 30; `CONSOLE_SESSION_HOURS`, 1 to 168, default 12.
    let sessions: SessionLimits
    /// `CONSOLE_PASSWORD_COST`, 10 to 20, default 15: the binary logarithm of scrypt's n.
    let passwordCost: Int
    /// `CONSOLE_BOOTSTRAP`, `CONSOLE_CHART`: folders of Debian's packages libjs-bootstrap5 and libjs-chart.js.
    let bootstrapFolder: String
    let chartFolder: String
    /// `CONSOLE_SHARE_URL`, `https://mall.example.com/?from={memberId}`, default none: what distributors share.
    let shareURL: String
    /// `CONSOLE_EXPORT_FOLDER`: where reports are written by themselves; nil when nowhere.
    let exportFolder: String?

    var isSecure: Bool { baseURL.hasPrefix("https://") }

    /// With `__Host-` a browser takes it over https alone, and from this very host.
    var sessionCookie: String { isSecure ? "__Host-session" : CookieName.session }

    /// Reads everything; `nil` when the site is off or `reader` has found defects.
    init?(_ reader: inout SettingsReader) {
        let before = reader.defects.count
        host = reader.address("CONSOLE_HOST")
        port = reader.integer("CONSOLE_PORT", in: 0...65535, default: 0)
        baseURL = reader.text("CONSOLE_BASE_URL", default: "") { text in
            text.wholeMatch(of: /https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?/) == nil
                ? "is not like https://console.example.com" : nil
        }
        let proxies = reader.text("CONSOLE_TRUSTED_PROXIES", default: "") { text in
            text.wholeMatch(of: /\s*[0-9]{1,3}(\.[0-9]{1,3}){3}\s*(,\s*[0-9]{1,3}(\.[0-9]{1,3}){3}\s*)*/) == nil
                ? "'\(text)' is not a list of IPv4 addresses" : nil
        }
        trustedProxies = Set(proxies.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        databaseURL = reader.secret("DATABASE_URL")
        connections = reader.integer("CONSOLE_CONNECTIONS", in: 1...32, default: 4)
        let zone = reader.text("BUSINESS_TIME_ZONE", default: "Asia/Shanghai")
        // A wrong one is the process's own defect.
        calendar = BusinessCalendar(timeZoneIdentifier: zone) ?? .shanghai
        sessions = SessionLimits(
            idle: .minutes(Int64(reader.integer("CONSOLE_SESSION_IDLE_MINUTES", in: 1...1440, default: 30))),
            whole: .hours(Int64(reader.integer("CONSOLE_SESSION_HOURS", in: 1...168, default: 12))))
        passwordCost = reader.integer(
            "CONSOLE_PASSWORD_COST", in: PasswordHash.costs, default: PasswordHash.defaultCost)
        bootstrapFolder = reader.text("CONSOLE_BOOTSTRAP", default: "/usr/share/javascript/bootstrap5")
        chartFolder = reader.text("CONSOLE_CHART", default: "/usr/share/javascript/chart.js")
        shareURL = reader.text("CONSOLE_SHARE_URL", default: "", check: ShareLink.complaint(about:))
        exportFolder = ExportFolder.read(&reader)
        if port == 0 || reader.defects.count > before { return nil }
    }
}
