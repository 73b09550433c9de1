import ArgumentParser
import Contracts
import Foundation
import Kafka

struct TailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Shows the records of a topic as they come, until Ctrl-C.")

    enum Start: String, ExpressibleByArgument { case beginning, end }

    @Option(help: "The topic, like intake.orders.v1.") var topic: String
    @Option(help: "Where to begin: beginning or end.") var from = Start.end
    @Option(help: "Only records of this key.") var key: String?
    @Option(help: "Stops after so many records.") var limit: Int?
    @Flag(help: "Stops at the end instead of waiting for more.") var once = false
    @Flag(help: "A JSON object per record.") var json = false

    func run() throws {
        try Screen.run { try tail() }
    }

    private func tail() throws {
        let reader = try TopicReader([topic], from: from == .end ? .end : .beginning, OpsEnvironment())
        defer { reader.close() }
        var left = limit ?? .max
        // Bounded by --limit, --once or the person's Ctrl-C.
        while left > 0 {
            let records = try reader.next(timeoutMilliseconds: 500)
            for record in records where left > 0 {
                let shown = ShownRecord(record)
                if let key, shown.key != key { continue }
                print(json ? try JSONText.line(shown) : shown.text)
                left -= 1
            }
            if once, records.isEmpty, reader.isAtEnd { return }
        }
    }
}

/// A record as people and programs see it.
struct ShownRecord: Encodable {
    let topic: String
    let partition: Int32
    let offset: Int64
    let time: String
    let key: String?
    let type: String?
    let id: String?
    let value: String?
    let headers: [String: String]

    init(_ record: KafkaRecord) {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        topic = record.topic
        partition = record.partition
        offset = record.offset
        time = Instant(milliseconds: record.timestampMilliseconds).description
        key = record.key.map(text)
        type = record.header("ce_type").map(text)
        id = record.header("ce_id").map(text)
        value = record.value.map(text)
        headers = Dictionary(record.headers.map { ($0.name, text($0.value)) }) { _, last in last }
    }

    var text: String {
        "\(partition)/\(offset) \(time) \(type ?? "-") \(key ?? "-") \(value ?? "(no value)")"
    }
}
