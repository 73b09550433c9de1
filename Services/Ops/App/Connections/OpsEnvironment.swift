import Contracts
import Foundation
import Pipeline
import Privacy

/// The settings of this command: the environment, and behind it what `deploy/up` wrote down.
struct OpsEnvironment {
    private let values: [String: String]

    /// - Parameter runFile: Lines of `NAME=value`; a variable that is set already wins over its line.
    init(
        _ environment: [String: String] = ProcessInfo.processInfo.environment, runFile: String = ".run/env"
    ) {
        // Without the file everything comes from the environment.
        let text = (try? String(contentsOfFile: runFile, encoding: .utf8)) ?? ""
        values = Self.lines(text).merging(environment) { _, set in set }
    }

    static func lines(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
        }
        return values
    }

    subscript(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Everything, for a program that this one starts.
    var all: [String: String] { values }

    /// - Throws: `OpsFailure` naming the variable that is missing.
    func required(_ name: String) throws -> String {
        guard let value = self[name] else {
            throw OpsFailure("\(name) is not set, and .run/env does not name it", status: .usage)
        }
        return value
    }

    /// Before the name of every topic and group.
    var topicPrefix: String { self["TOPIC_PREFIX"] ?? "" }

    /// librdkafka's properties, as the services set them.
    ///
    /// - Throws: `OpsFailure` naming every defect of the settings.
    func adminProperties() throws -> [String: String] { try kafka().admin(client: "ops") }
    func producerProperties() throws -> [String: String] { try kafka().producer(client: "ops") }
    func readerProperties() throws -> [String: String] { try kafka().reader(client: "ops") }

    /// To be read as a service reads its own.
    var settings: SettingsReader { SettingsReader(values) }

    /// What opens personal data.
    ///
    /// - Throws: `OpsFailure` that quotes nothing of a key.
    func masterKeys() throws -> MasterKeys {
        var reader = settings
        let text = reader.secret("PARTIES_MASTER_KEY")
        if let defect = reader.defects.first { throw OpsFailure(defect, status: .usage) }
        return try MasterKeys(text)
    }

    /// Days and months as the services count them.
    func calendar() throws -> BusinessCalendar {
        let zone = values["BUSINESS_TIME_ZONE"] ?? "Asia/Shanghai"
        guard let calendar = BusinessCalendar(timeZoneIdentifier: zone) else {
            throw OpsFailure("BUSINESS_TIME_ZONE '\(zone)' is not a time zone this machine knows", status: .usage)
        }
        return calendar
    }

    private func kafka() throws -> KafkaSettings {
        var values = values
        values["DATABASE_URL"] = values["DATABASE_URL"] ?? "unused"
        values["HTTP_PORT"] = nil
        var reader = SettingsReader(values)
        guard let settings = ProcessSettings(&reader) else {
            throw OpsFailure(reader.defects.joined(separator: "\n"), status: .usage)
        }
        return KafkaSettings(settings)
    }
}

/// Why a command could not do its work, in words for the person who typed it.
struct OpsFailure: Error, CustomStringConvertible {
    enum Status: Int32 {
        case failed = 1
        /// EX_USAGE.
        case usage = 64
        /// EX_DATAERR.
        case data = 65
    }

    let description: String
    let status: Status

    init(_ description: String, status: Status = .failed) {
        self.description = description
        self.status = status
    }
}
