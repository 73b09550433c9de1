import ArgumentParser
import Foundation
import Kafka

struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publishes a file of messages, a JSON object per line.",
        discussion: """
            A line is {"key": "wechat-mini/WX-1", "value": {…}} with optional "type", "id" and "headers". A text as
            value is sent as its characters, so that broken messages can be sent too; null is a tombstone. Every line
            that can be sent is sent. Exit status 65 when one was refused, also by the broker for its size.
            """)
    @Option(help: "The topic, like channel.orders.v1.") var topic: String
    @Option(help: "A file of lines, or - for standard input.") var file: String

    func run() throws {
        try Screen.run { try publish() }
    }

    private func publish() throws {
        let publisher = try RecordPublisher(OpsEnvironment())
        defer { publisher.close() }
        let input =
            try file == "-" ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(filePath: file))
        var refused = 0
        let lines = [UInt8](input).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
            do {
                publisher.send(try PublishLine.record(Array(line), topic: topic), number: index + 1)
            } catch {
                refused += 1
                Screen.complain("line \(index + 1): \(error)")
            }
        }
        let refusals = publisher.finish()
        for refusal in refusals {
            let size = lines[refusal.number - 1].count
            let reason =
                refusal.error.isMessageTooLarge
                ? "the record of \(size) bytes is above the broker's limit" : "\(refusal.error)"
            Screen.complain("line \(refusal.number): \(reason)")
        }
        print("\(publisher.acknowledged) published, \(refused + refusals.count) refused")
        let isInputAtFault = refused > 0 || refusals.contains { $0.error.isMessageTooLarge }
        if refused + refusals.count > 0 { throw ExitCode(isInputAtFault ? 65 : 1) }
    }
}
