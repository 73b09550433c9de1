import Contracts

/// The smallest service there is: numbers arrive, totals are told.
struct BenchAdd: Message {
    static let type = "bench.add.v1"
    static let topic = Topic("bench.adds.v1", .inbound, defaultType: "bench.add.v1")
    let counter: String
    let amount: Int64
    let note: String

    init(counter: String, amount: Int64, note: String) {
        self.counter = counter
        self.amount = amount
        self.note = note
    }

    init(_ json: JSONObject) throws(Fault) {
        counter = try json.string("counter")
        amount = try json.integer("amount")
        note = try json.string("note", atMost: 2000)
    }

    func write(to json: inout JSONWriter) {
        json.field("counter", counter)
        json.field("amount", amount)
        json.field("note", note)
    }
}

struct BenchAdded: Fact {
    static let type = "tributary.bench.totals.BenchAdded.v1"
    static let topic = Topic("bench.totals.v1", .fact)
    let counter: String
    let total: Int64
    let note: String
    var version: Int64 = 0
    var key: String { counter }

    init(counter: String, total: Int64, note: String) {
        self.counter = counter
        self.total = total
        self.note = note
    }

    init(_ json: JSONObject) throws(Fault) {
        counter = try json.string("counter")
        total = try json.integer("total")
        note = try json.string("note", atMost: 2000)
        version = try json.integer("version")
    }

    func write(to json: inout JSONWriter) {
        json.field("counter", counter)
        json.field("version", version)
        json.field("total", total)
        json.field("note", note)
    }
}
