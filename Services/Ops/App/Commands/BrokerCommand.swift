import ArgumentParser
import EmbeddedBroker

struct BrokerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker", abstract: "Runs the embedded broker on 127.0.0.1 until SIGTERM or Ctrl-C.")
    @Option(help: "What clients connect to; 0 takes a free port.") var port: UInt16 = 9092
    @Option(help: "Where the records are kept.") var dataDir: String
    @Option(help: "The program noida-db out of the wheel noida-db 0.2.3.") var noida: String
    @Option(help: "The longest time an empty fetch waits, in milliseconds.") var maximumHoldMilliseconds = 500

    @Option(help: "Above it the oldest records that all groups have handled are deleted; 0 keeps all.")
    var keepMegabytes: Int64 = 40

    func validate() throws {
        if !(0...100_000).contains(keepMegabytes) { throw ValidationError("--keep-megabytes is 0 to 100000.") }
    }

    func run() throws {
        try Screen.run {
            let settings = EmbeddedBroker.Settings(
                port: port, dataDirectory: dataDir, noidaExecutable: noida,
                maximumHoldMilliseconds: maximumHoldMilliseconds)
            try EmbeddedBroker.run(settings) { port in
                guard keepMegabytes > 0 else { return {} }
                let trimmer = TrimmerThread(
                    servers: "127.0.0.1:\(port)", snapshot: "\(dataDir)/kafka.json", limitBytes: keepMegabytes << 20)
                return { trimmer.stop() }
            }
        }
    }
}
