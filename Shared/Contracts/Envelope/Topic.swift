/// A topic of Tributary; the names are listed in `Topics.swift`, the partitions in `deploy/kafka/topics`.
public struct Topic: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// The outside publishes here; an unknown type is a fault.
        case inbound
        /// Reference data, one partition, kept for ever; a record without a value makes its key inactive.
        case reference
        /// One service publishes here what it decided; an unknown type comes from a newer publisher and is ignored.
        case fact
        /// Operators and the console ask here; an unknown type is a fault.
        case command
        /// What the pipeline itself writes: dead letters, answers to commands, the shifted clock.
        case operation
    }

    public let name: String
    public let kind: Kind
    /// The type of a record without `ce_type`, on inbound topics.
    public let defaultType: String?

    public init(_ name: String, _ kind: Kind, defaultType: String? = nil) {
        self.name = name
        self.kind = kind
        self.defaultType = defaultType
    }

    /// The name without its version: `intake.orders` of `intake.orders.v1`.
    public var stem: String {
        guard let dot = name.lastIndex(of: ".") else { return name }
        return String(name[..<dot])
    }

    /// Records here are what a service has put aside, with the reason in their headers.
    public var holdsDeadLetters: Bool { kind == .operation && stem.hasSuffix(".dead-letters") }

    public var description: String { name }

    public static func == (left: Topic, right: Topic) -> Bool { left.name == right.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
