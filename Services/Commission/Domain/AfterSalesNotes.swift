public import Contracts

/// What after-sales has told about an order: money paid back, and cases that are not over.
public struct AfterSalesNotes: JSONCoded, Equatable {
    public private(set) var refunds: [Refund] = []
    /// Sorted; each one holds the commission back.
    public private(set) var openCases: [String] = []

    /// Money paid back for pieces of one line, without freight.
    public struct Refund: JSONCoded, Equatable {
        public let refundID: String
        public let lineID: String
        public let amount: Int64
    }

    public init() {}

    /// Money paid back so far, by line.
    var refundedByLine: [String: Int64] {
        Dictionary(refunds.map { ($0.lineID, $0.amount) }, uniquingKeysWith: +)
    }

    func knows(refund refundID: String) -> Bool { refunds.contains { $0.refundID == refundID } }

    mutating func add(_ refund: Refund) { refunds.append(refund) }

    /// Answers whether the case was not open before.
    mutating func open(_ caseID: String) -> Bool {
        guard !openCases.contains(caseID) else { return false }
        openCases = (openCases + [caseID]).sorted()
        return true
    }

    /// Answers whether the case was open.
    mutating func close(_ caseID: String) -> Bool {
        guard let index = openCases.firstIndex(of: caseID) else { return false }
        openCases.remove(at: index)
        return true
    }
}

extension AfterSalesNotes {
    public init(_ json: JSONObject) throws(Fault) {
        refunds = try json.readList("refunds", atMost: .max)
        openCases = try json.texts("openCases", atMost: .max)
    }

    public func write(to json: inout JSONWriter) {
        json.field("refunds", list: refunds)
        json.field("openCases", texts: openCases)
    }
}

extension AfterSalesNotes.Refund {
    public init(_ json: JSONObject) throws(Fault) {
        refundID = try json.string("refundId", atMost: 64)
        lineID = try json.string("lineId")
        amount = try json.integer("amount")
    }

    public func write(to json: inout JSONWriter) {
        json.field("refundId", refundID)
        json.field("lineId", lineID)
        json.field("amount", amount)
    }
}
