public import Contracts
import Foundation

/// What every service reads from its environment, once; all defects are found together.
///
/// - Source: DESIGN section 7.
public struct ProcessSettings: Sendable {
    /// `KAFKA_BOOTSTRAP_SERVERS`, host:port list, default 127.0.0.1:9092.
    public let bootstrapServers: String
    /// `KAFKA_CONFIG_<PROPERTY>`: any librdkafka property, dots as underscores; may hold secrets.
    public let kafkaProperties: [String: String]
    /// `TOPIC_PREFIX`, at most 40 of `a–z 0–9 . -`, default empty; also before group and instance ids.
    public let topicPrefix: String
    /// `DATABASE_URL`, libpq URI of the service's own role; secret, also as `DATABASE_URL_FILE`.
    public let databaseURL: String
    /// `INSTANCE_ID`, default the host's name.
    public let instanceID: String
    /// `GROUP_MEMBERSHIP`, static (default) or dynamic.
    public let usesStaticMembership: Bool
    /// `HTTP_HOST`, an IPv4 address to listen on, default 127.0.0.1; 0.0.0.0 lets others ask, in a container say.
    public let httpHost: String
    /// `HTTP_PORT`, 0 to 65535, default 0: a free port, logged at start.
    public let httpPort: Int
    /// `LANES`, 1 to 16, default 2.
    public let laneCount: Int
    /// `CLOCK_SHIFT_ALLOWED`, true or false (default): follows `ops.clock.v1`; for demos and tests.
    public let isClockShiftAllowed: Bool
    /// `BUSINESS_TIME_ZONE`, an IANA name, default Asia/Shanghai.
    public let calendar: BusinessCalendar
    /// `LOG_LEVEL`, trace … critical, default info.
    public let logLevel: String
    /// `LOG_FORMAT`, json (default) or text.
    public let logsJSON: Bool
    /// `JOURNAL_RETENTION_DAYS`, 2 to 3650, default 30: how long inbox and outbox days,
    /// waits and the messages of dead letters are kept.
    public let journalRetentionDays: Int

    /// Reads everything; `nil` when `reader` has found defects.
    public init?(_ reader: inout SettingsReader) {
        bootstrapServers = reader.text("KAFKA_BOOTSTRAP_SERVERS", default: "127.0.0.1:9092")
        kafkaProperties = reader.prefixed("KAFKA_CONFIG_")
        topicPrefix = reader.text("TOPIC_PREFIX", default: "") { text in
            text.utf8.count <= 40 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }
                ? nil : "may hold 40 of a-z 0-9 . - at most"
        }
        databaseURL = reader.secret("DATABASE_URL")
        instanceID = reader.text("INSTANCE_ID", default: ProcessInfo.processInfo.hostName)
        usesStaticMembership =
            reader.word("GROUP_MEMBERSHIP", of: ["static", "dynamic"], default: "static") == "static"
        httpHost = reader.address("HTTP_HOST")
        httpPort = reader.integer("HTTP_PORT", in: 0...65535, default: 0)
        laneCount = reader.integer("LANES", in: 1...16, default: 2)
        isClockShiftAllowed = reader.word("CLOCK_SHIFT_ALLOWED", of: ["true", "false"], default: "false") == "true"
        let zone = reader.text("BUSINESS_TIME_ZONE", default: "Asia/Shanghai")
        let calendar = BusinessCalendar(timeZoneIdentifier: zone)
        if calendar == nil { reader.defect("BUSINESS_TIME_ZONE", "is not a time zone this machine knows") }
        self.calendar = calendar ?? .shanghai
        let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        logLevel = reader.word("LOG_LEVEL", of: levels, default: "info")
        logsJSON = reader.word("LOG_FORMAT", of: ["json", "text"], default: "json") == "json"
        journalRetentionDays = reader.integer("JOURNAL_RETENTION_DAYS", in: 2...3650, default: 30)
        if !reader.defects.isEmpty { return nil }
    }
}
