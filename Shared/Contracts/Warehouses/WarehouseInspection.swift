/// What a warehouse found in a return; units of one line may have several outcomes.
public struct WarehouseInspection: Message, Equatable {
    public static let type = "warehouse.inspection.v1"

    public let caseID: String
    public let warehouse: String
    public let lines: [Line]
    public let inspectedAt: Instant

    public init(caseID: String, warehouse: String, lines: [Line], inspectedAt: Instant) {
        self.caseID = caseID
        self.warehouse = warehouse
        self.lines = lines
        self.inspectedAt = inspectedAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        caseID = try json.ownID("caseId")
        warehouse = try json.ownID("warehouse")
        lines = try json.readList("lines")
        inspectedAt = try json.instant("inspectedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("caseId", caseID)
        json.field("warehouse", warehouse)
        json.field("lines", list: lines)
        json.field("inspectedAt", inspectedAt)
    }

    /// Units of one order line and where they go.
    public struct Line: JSONCoded, Equatable {
        public enum Outcome: String, CaseIterable, Sendable {
            case restock, secondGrade = "second-grade", scrap, supplier
        }

        public let lineID: String
        public let quantity: Int64
        public let outcome: Outcome
        /// Who bears it; absent: nobody has said.
        public let liability: Liability?

        public init(lineID: String, quantity: Int64, outcome: Outcome, liability: Liability? = nil) {
            self.lineID = lineID
            self.quantity = quantity
            self.outcome = outcome
            self.liability = liability
        }

        public init(_ json: JSONObject) throws(Fault) {
            lineID = try json.externalID("lineId")
            quantity = try json.quantity("quantity")
            outcome = try json.word("outcome")
            liability = try json.wordIfPresent("liability")
        }

        public func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("quantity", quantity)
            json.field("outcome", outcome.rawValue)
            json.field("liability", liability?.rawValue)
        }
    }
}
