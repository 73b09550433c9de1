public import Contracts

/// The topics of the trivial service: named counters that are opened, added to, and rest when nobody adds.
extension Topic {
    public static let testCounters = Topic("test.counters.v1", .inbound, defaultType: OpenCounter.type)
    public static let testAdds = Topic("test.adds.v1", .inbound, defaultType: AddToCounter.type)
    public static let testRules = Topic("test.rules.v1", .reference, defaultType: CounterRule.type)
    public static let testTotals = Topic("test.totals.v1", .fact)
}

/// Makes a counter; with a rule it waits for that rule, with a parent every change is added to the parent too.
public struct OpenCounter: Message, Equatable {
    public static let type = "test.open.v1"

    public let counter: String
    public let nickname: String?
    public let rule: String?
    public let parent: String?

    public init(_ counter: String, nickname: String? = nil, rule: String? = nil, parent: String? = nil) {
        self.counter = counter
        self.nickname = nickname
        self.rule = rule
        self.parent = parent
    }

    public init(_ json: JSONObject) throws(Fault) {
        counter = try json.string("counter")
        nickname = try json.stringIfPresent("nickname")
        rule = try json.stringIfPresent("rule")
        parent = try json.stringIfPresent("parent")
    }

    public func write(to json: inout JSONWriter) {
        json.field("counter", counter)
        json.field("nickname", nickname)
        json.field("rule", rule)
        json.field("parent", parent)
    }
}

/// Adds to a counter, which may be given by its nickname; below 0 is a fault, 0 changes nothing.
public struct AddToCounter: Message, Equatable {
    public static let type = "test.add.v1"

    public let counter: String
    public let amount: Int64
    /// A second counter that gets as much, and without which nothing is added.
    public let also: String?

    public init(_ counter: String, _ amount: Int64, also: String? = nil) {
        self.counter = counter
        self.amount = amount
        self.also = also
    }

    public init(_ json: JSONObject) throws(Fault) {
        counter = try json.string("counter")
        amount = try json.integer("amount")
        also = try json.stringIfPresent("also")
    }

    public func write(to json: inout JSONWriter) {
        json.field("counter", counter)
        json.field("amount", amount)
        json.field("also", also)
    }
}

/// Stops a counter's timer.
public struct HushCounter: Message, Equatable {
    public static let type = "test.hush.v1"

    public let counter: String

    public init(_ counter: String) { self.counter = counter }
    public init(_ json: JSONObject) throws(Fault) { counter = try json.string("counter") }
    public func write(to json: inout JSONWriter) { json.field("counter", counter) }
}

/// Reference data: by what the amounts of counters opened under the rule are multiplied.
public struct CounterRule: Message, Equatable {
    public static let type = "test.rule.v1"

    public let rule: String
    public let factor: Int64

    public init(_ rule: String, factor: Int64) {
        self.rule = rule
        self.factor = factor
    }

    public init(_ json: JSONObject) throws(Fault) {
        rule = try json.string("rule")
        factor = try json.integer("factor")
    }

    public func write(to json: inout JSONWriter) {
        json.field("rule", rule)
        json.field("factor", factor)
    }
}

/// What the trivial service tells: one fact per change of a counter.
public struct CounterChanged: Fact, Equatable {
    public static let topic = Topic.testTotals
    public static let type = "tributary.test.totals.CounterChanged.v1"

    public enum What: String, CaseIterable, Sendable { case opened, added, rested }

    public let counter: String
    public let what: What
    public let total: Int64
    public var version: Int64

    public var key: String { counter }

    public init(_ counter: String, _ what: What, total: Int64, version: Int64 = 0) {
        self.counter = counter
        self.what = what
        self.total = total
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        counter = try json.string("counter")
        what = try json.word("what")
        total = try json.integer("total")
        version = try json.integer("version")
    }

    public func write(to json: inout JSONWriter) {
        json.field("counter", counter)
        json.field("what", what.rawValue)
        json.field("total", total)
        json.field("version", version)
    }
}
