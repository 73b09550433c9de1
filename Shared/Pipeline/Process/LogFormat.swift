import Contracts
import Foundation
public import Logging

/// Writes one line per event to standard error, as JSON for programs or as text for people.
public struct LineLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let label: String
    private let service: String
    private let writesJSON: Bool

    public init(label: String, service: String, level: Logger.Level, writesJSON: Bool) {
        self.label = label
        self.service = service
        self.writesJSON = writesJSON
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
        let time = SystemClock().machineNow
        var line: [UInt8]
        if writesJSON {
            line = JSONWriter.object { json in
                json.field("time", time)
                json.field("level", event.level.rawValue)
                json.field("service", service)
                json.field("part", label)
                json.field("message", event.message.description)
                json.object("fields") { fields in
                    for (key, value) in all { fields.field(named: key, value.description) }
                }
            }
        } else {
            let fields = all.map { " \($0.key)=\($0.value)" }.joined()
            line = Array("\(time) \(event.level.rawValue) \(service)/\(label): \(event.message)\(fields)".utf8)
        }
        line.append(UInt8(ascii: "\n"))
        FileHandle.standardError.write(Data(line))
    }
}
