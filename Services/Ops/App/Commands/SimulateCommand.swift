import ArgumentParser
import Contracts
import Foundation

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Plays what has not happened: purchases, or another plan.",
        subcommands: [SimulateOrdersCommand.self, SimulatePlanCommand.self],
        defaultSubcommand: SimulateOrdersCommand.self)
}

struct SimulateOrdersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders", abstract: "Lets real purchases live through the whole mall.",
        discussion: """
            Reads CDNOW_master (customer, day, pieces, dollars), publishes each purchase as a channel's order, and plays
            buyers, carriers, warehouses and the payment provider. Moves the mall's clock, so the services need
            CLOCK_SHIFT_ALLOWED=true. The same seed ends the same way. Exit status 1 when an order is left over.
            """)
    @Option(help: "The file CDNOW_master.txt.") var orders: String
    @Option(help: "How many purchases, from the file's beginning.") var limit = 500
    @Option(help: "Draws who pays, cancels and returns.") var seed: UInt64 = 1
    @Flag(help: "For programs.") var json = false

    struct Report: Encodable {
        let orders: Int
        let seed: UInt64
        let seconds: Int64
        let wishes: [String: Int]
        let fates: [String: Int]
    }

    func validate() throws {
        if !(1...1_000_000).contains(limit) { throw ValidationError("--limit is 1 to 1000000.") }
    }

    func run() throws {
        try Screen.run {
            let started = ContinuousClock.now
            let file = try String(contentsOfFile: orders, encoding: .utf8)
            let script = DemoScript(try Purchase.read(file, limit: limit), seed: seed)
            let simulation = try Simulation(script, OpsEnvironment())
            defer { simulation.close() }
            try simulation.run()
            let report = Report(
                orders: script.orders.count, seed: seed, seconds: (ContinuousClock.now - started).components.seconds,
                wishes: count(script.orders.map(\.fate.rawValue)), fates: count(simulation.world.fates.values))
            print(json ? try JSONText.document(report) : text(report))
        }
    }

    private func count(_ words: some Sequence<String>) -> [String: Int] {
        Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    }

    private func text(_ report: Report) -> String {
        func rows(_ counts: [String: Int]) -> [[String]] {
            counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { [$0.key, "\($0.value)"] }
        }
        return """
            \(report.orders) orders have met their fate in \(report.seconds) s (seed \(report.seed))

            \(Screen.table(["what the buyer did", "orders"], rows(report.wishes)))

            \(Screen.table(["what became of the order", "orders"], rows(report.fates)))
            """
    }
}
