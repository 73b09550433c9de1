import ArgumentParser
import EmbeddedBroker

struct BrokerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker", abstract: "Runs the embedded broker on 127.0.0.1 until SIGTERM or Ctrl-C.")
    @Option(help: "What clients connect to; 0 takes a free port.") var port: UInt16 = 9092
    @Option(help: "Where the records are kept.") var dataDir: String
    @Option(help: "The program noida-db out of the wheel noida-db 0.2.3.") var noida: String
    @Option(help: "The longest time an empty fetch waits, in milliseconds.") var maximumHoldMilliseconds = 500

    func run() throws {
        try Screen.run {
            try EmbeddedBroker.run(
                EmbeddedBroker.Settings(
                    port: port, dataDirectory: dataDir, noidaExecutable: noida,
                    maximumHoldMilliseconds: maximumHoldMilliseconds))
        }
    }
}
