/// A file that breaks one rule once, and one like it that does not.
struct Sample: Sendable, CustomStringConvertible {
    let rule: String
    let path: String
    let bad: String
    let good: String
    /// Where the good one stands, when the place is what the rule is about.
    var goodPath: String?

    var description: String { "\(rule) in \(path)" }
}

enum Samples {
    private static let domain = "Services/Intake/Domain/Order.swift"

    static let all: [Sample] = [
        Sample(rule: "imports", path: domain, bad: "import Pipeline", good: "import Contracts"),
        Sample(rule: "imports", path: domain, bad: "internal import Logging", good: "// import Logging"),
        Sample(
            rule: "imports", path: "Services/Intake/App/Main.swift", bad: "import InventoryDomain",
            good: "import IntakeDomain"),
        Sample(rule: "imports", path: "Services/Intake/App/Main.swift", bad: "import Kafka", good: "import Postgres"),
        Sample(
            rule: "imports", path: "Services/Intake/App/Main.swift", bad: "import Hummingbird",
            good: "import IntakeEdge"),
        Sample(
            rule: "imports", path: "Services/Intake/Edge/Delivery.swift", bad: "import Postgres",
            good: "import Hummingbird"),
        Sample(
            rule: "imports", path: "Services/Intake/Edge/Delivery.swift", bad: "import Mustache",
            good: "import Crypto"),
        Sample(
            rule: "imports", path: "Services/Console/Edge/Routing/Site.swift", bad: "import IntakeDomain",
            good: "import Postgres"),
        Sample(
            rule: "imports", path: "Services/Fulfilment/App/Main.swift", bad: "import AsyncHTTPClient",
            good: "import FulfilmentProviders"),
        Sample(
            rule: "imports", path: "Services/Fulfilment/Providers/Signing.swift", bad: "import Pipeline",
            good: "import Crypto"),
        Sample(
            rule: "imports", path: "Services/Ops/App/Main.swift", bad: "import NIOCore", good: "import ArgumentParser"),
        Sample(
            rule: "imports", path: "Shared/Pipeline/Flow/Lane.swift", bad: "import CLibpq", good: "import Postgres"),
        Sample(
            rule: "imports", path: "Tests/ConsoleEdgeTests/X.swift", bad: "import CZlib",
            good: "@testable import ConsoleEdge"),
        Sample(
            rule: "imports", path: "Tests/KafkaTests/X.swift", bad: "@testable import CLibrdkafka",
            good: "@testable import Kafka"),
        Sample(
            rule: "imports", path: "Shared/Contracts/X.swift", bad: "public import struct Kafka.KafkaRecord",
            good: "import Foundation"),
        Sample(
            rule: "pure domain", path: domain, bad: "let now = Date()", good: "let text = \"Date()\"  // Date()"),
        Sample(rule: "pure domain", path: domain, bad: "let id = UUID()", good: "let id = order.id"),
        Sample(rule: "pure domain", path: domain, bad: "Task { work() }", good: "decideTask(work)"),
        Sample(rule: "pure domain", path: domain, bad: "print(order)", good: "blueprint(order)"),
        Sample(rule: "pure domain", path: domain, bad: "func f() async {}", good: "func asynchronous() {}"),
        Sample(
            rule: "file length", path: domain, bad: String(repeating: "let x = 1\n", count: 301),
            good: String(repeating: "let x = 1\n", count: 300)),
        Sample(rule: "function length", path: domain, bad: function(lines: 71), good: function(lines: 70)),
        Sample(
            rule: "unchecked", path: "Shared/Pipeline/Store/X.swift", bad: "final class X: @unchecked Sendable {}",
            good: "/// Not @unchecked."),
        Sample(
            rule: "unknown topics", path: domain, bad: "let topic = \"intake.oders.v1\"",
            good: "let topic = \"intake.orders.v1\""),
        Sample(rule: "unfinished work", path: domain, bad: "// TODO: later", good: "// Todos are rows."),
        Sample(
            rule: "file names", path: "Shared/Kafka/KafkaHelpers.swift", bad: "", good: "",
            goodPath: "Shared/Kafka/KafkaRecord.swift"),
    ]

    private static func function(lines: Int) -> String {
        "    func f() {\n" + String(repeating: "        x += 1\n", count: lines - 2) + "    }\n"
    }
}
