import Contracts
import Foundation
@testable import Pipeline
import Testing

@Suite("Settings") struct SettingsTests {
    private static let least = ["DATABASE_URL": "postgresql://intake@db/tributary"]

    private static func read(_ environment: [String: String]) -> (settings: ProcessSettings?, defects: [String]) {
        var reader = SettingsReader(environment)
        let settings = ProcessSettings(&reader)
        return (settings, reader.defects)
    }

    @Test func theDatabaseIsAllThatMustBeGiven() throws {
        let settings = try #require(Self.read(Self.least).settings)
        #expect(settings.bootstrapServers == "127.0.0.1:9092")
        #expect(settings.topicPrefix == "")
        #expect(settings.usesStaticMembership)
        #expect(settings.httpHost == "127.0.0.1")
        #expect(settings.laneCount == 2)
        #expect(!settings.isClockShiftAllowed)
        #expect(settings.logsJSON)
        #expect(settings.journalRetentionDays == 30)
        #expect(!settings.instanceID.isEmpty)
    }

    /// A service and its edge read the zone of the mall each.
    @Test func keyThatIsReadTwiceIsHelpedWithOnce() {
        var reader = SettingsReader(Self.least)
        for _ in 1...2 { _ = ProcessSettings(&reader) }
        #expect(reader.keys.count { $0.name == "BUSINESS_TIME_ZONE" } == 1)
    }

    @Test func everyDefectIsFoundAtOnce() {
        let (settings, defects) = Self.read([
            "TOPIC_PREFIX": "no spaces", "HTTP_PORT": "abc", "HTTP_HOST": "localhost", "LANES": "0",
            "GROUP_MEMBERSHIP": "loose", "CLOCK_SHIFT_ALLOWED": "yes", "BUSINESS_TIME_ZONE": "Mars/Olympus",
            "LOG_LEVEL": "loud", "LOG_FORMAT": "xml", "JOURNAL_RETENTION_DAYS": "1",
        ])
        #expect(settings == nil)
        #expect(
            defects.map { String($0.prefix { $0 != ":" }) } == [
                "TOPIC_PREFIX", "DATABASE_URL", "GROUP_MEMBERSHIP", "HTTP_HOST", "HTTP_PORT", "LANES",
                "CLOCK_SHIFT_ALLOWED", "BUSINESS_TIME_ZONE", "LOG_LEVEL", "LOG_FORMAT", "JOURNAL_RETENTION_DAYS",
            ])
        #expect(defects.contains("HTTP_PORT: 'abc' is not a whole number from 0 to 65535"))
        #expect(defects.contains("DATABASE_URL: is missing"))
    }

    @Test(arguments: [
        ("TOPIC_PREFIX", String(repeating: "a", count: 40), true),
        ("TOPIC_PREFIX", String(repeating: "a", count: 41), false), ("TOPIC_PREFIX", "a_b", false),
        ("HTTP_PORT", "0", true), ("HTTP_PORT", "65535", true), ("HTTP_PORT", "65536", false),
        ("HTTP_PORT", "-1", false), ("HTTP_HOST", "0.0.0.0", true), ("HTTP_HOST", "256.0.0.1", false),
        ("HTTP_HOST", "1.2.3", false), ("LANES", "16", true), ("LANES", "17", false),
        ("JOURNAL_RETENTION_DAYS", "2", true), ("LOG_LEVEL", "", true),
    ])
    func boundsAreChecked(_ name: String, _ value: String, isGood: Bool) {
        let (settings, defects) = Self.read(Self.least.merging([name: value]) { _, new in new })
        #expect((settings != nil) == isGood)
        #expect(defects.isEmpty == isGood)
    }

    @Test func secretMayStandInAFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try "postgresql://from-a-file\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }  // The system clears what is left there.
        #expect(Self.read(["DATABASE_URL_FILE": file.path]).settings?.databaseURL == "postgresql://from-a-file")
        let missing = Self.read(["DATABASE_URL_FILE": "/nowhere/secret"]).defects
        #expect(missing == ["DATABASE_URL_FILE: names a file that cannot be read: /nowhere/secret"])
    }

    @Test func kafkaPropertiesAreTakenWithTheirDots() {
        let settings = Self.read(
            Self.least.merging(["KAFKA_CONFIG_SASL_MECHANISM": "PLAIN", "KAFKA_CONFIG_LINGER_MS": "7"]) { $1 }
        ).settings
        #expect(settings?.kafkaProperties == ["sasl.mechanism": "PLAIN", "linger.ms": "7"])
        let producer = settings.map { KafkaSettings($0).producer(client: "x") }
        #expect(producer?["linger.ms"] == "7", "what is given wins")
        #expect(producer?["enable.idempotence"] == "true")
    }

    @Test func helpNamesEveryKeyAndNoValue() {
        var reader = SettingsReader(["DATABASE_URL": "postgresql://u:secret@db/x"])
        _ = ProcessSettings(&reader)
        let names = reader.keys.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("HTTP_HOST") && names.contains("KAFKA_CONFIG_…"))
        #expect(!reader.keys.contains { $0.note.contains("secret@") })
    }
}
