public import Contracts

/// As an accrual is stored: a leg as facts tell it, with what has become of it since. What is 0 or false is left out.
extension Accrual: JSONCoded {
    public init(_ json: JSONObject) throws(Fault) {
        // An order has at most 500 lines, and a line at most 10 legs.
        self.init(
            number: try json.integer("accrual"), legs: try json.readList("legs", atMost: 5000),
            pools: try json.readList("pools"))
        formerly = try json.readIfPresent("formerly")
    }

    public func write(to json: inout JSONWriter) {
        json.field("accrual", number)
        json.field("legs", list: legs)
        json.field("pools", list: pools)
        json.field("formerly", formerly)
    }
}

extension BookedLeg: JSONCoded {
    public init(_ json: JSONObject) throws(Fault) {
        self.init(
            try CommissionLeg(json), reversed: try json.integerIfPresent("reversed") ?? 0,
            isMatured: try json.bool("matured", default: false))
    }

    public func write(to json: inout JSONWriter) {
        leg.write(to: &json)
        json.field("reversed", reversed == 0 ? nil : reversed)
        json.field("matured", isMatured ? true : nil)
    }
}

extension BookedPool: JSONCoded {
    public init(_ json: JSONObject) throws(Fault) {
        self.init(
            lineID: try json.string("lineId"), paid: try json.integer("paid"), pool: try json.integer("pool"),
            companyShare: try json.integer("companyShare"), remainder: try json.integer("remainder"),
            companyShareReversed: try json.integerIfPresent("companyShareReversed") ?? 0,
            remainderReversed: try json.integerIfPresent("remainderReversed") ?? 0)
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("paid", paid)
        json.field("pool", pool)
        json.field("companyShare", companyShare)
        json.field("remainder", remainder)
        json.field("companyShareReversed", companyShareReversed == 0 ? nil : companyShareReversed)
        json.field("remainderReversed", remainderReversed == 0 ? nil : remainderReversed)
    }
}
