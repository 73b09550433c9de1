extension DistributionPlan {
    /// The rates of one level: 1 is the buyer's own distributor.
    ///
    /// - Errors: `Fault` when two rates have the same conditions.
    public struct Level: JSONCoded, Equatable {
        public let level: Int64
        public let rates: [Rate]

        public init(level: Int64, rates: [Rate]) {
            self.level = level
            self.rates = rates
        }

        public init(_ json: JSONObject) throws(Fault) {
            level = try json.integer("level", within: 1...100)
            rates = try json.readList("rates")
            for (index, rate) in rates.enumerated()
            where rates[..<index].contains(where: { $0.hasConditions(of: rate) }) {
                throw json.fault("rates[\(index)] has the conditions of an earlier rate", field: "rates")
            }
        }

        public func write(to json: inout JSONWriter) {
            json.field("level", level)
            json.field("rates", list: rates)
        }
    }
}

extension DistributionPlan {
    /// What a level earns under conditions; the most specific rate wins: SKU, class and grade, class, grade, none.
    ///
    /// - Errors: `Fault` unless exactly one of `rateBasisPoints` and `amountPerUnit` is given.
    public struct Rate: JSONCoded, Equatable {
        public enum Reward: Equatable, Sendable {
            case basisPoints(Int64)
            /// Minor units for each piece; it wins over any rate, 0 too.
            case amountPerUnit(Int64)
        }

        public let grade: String?
        public let commissionClass: String?
        public let sku: String?
        public let reward: Reward

        public init(_ reward: Reward, grade: String? = nil, commissionClass: String? = nil, sku: String? = nil) {
            self.grade = grade
            self.commissionClass = commissionClass
            self.sku = sku
            self.reward = reward
        }

        public init(_ json: JSONObject) throws(Fault) {
            grade = try json.stringIfPresent("grade")
            commissionClass = try json.stringIfPresent("commissionClass")
            sku = try json.externalIDIfPresent("sku")
            switch (try json.basisPointsIfPresent("rateBasisPoints"), try json.amountIfPresent("amountPerUnit")) {
            case (let rate?, nil): reward = .basisPoints(rate)
            case (nil, let amount?): reward = .amountPerUnit(amount)
            case (nil, nil): throw json.fault("is missing, and so is amountPerUnit", field: "rateBasisPoints")
            default: throw json.fault("stands beside rateBasisPoints", field: "amountPerUnit")
            }
        }

        public func write(to json: inout JSONWriter) {
            json.field("grade", grade)
            json.field("commissionClass", commissionClass)
            json.field("sku", sku)
            switch reward {
            case .basisPoints(let rate): json.field("rateBasisPoints", rate)
            case .amountPerUnit(let amount): json.field("amountPerUnit", amount)
            }
        }

        func hasConditions(of other: Rate) -> Bool {
            grade == other.grade && commissionClass == other.commissionClass && sku == other.sku
        }
    }
}

extension DistributionPlan {
    /// The team bonus from a monthly turnover on.
    public struct TeamTier: JSONCoded, Equatable {
        public let monthlyTurnover: Int64
        public let rateBasisPoints: Int64

        public init(monthlyTurnover: Int64, rateBasisPoints: Int64) {
            self.monthlyTurnover = monthlyTurnover
            self.rateBasisPoints = rateBasisPoints
        }

        public init(_ json: JSONObject) throws(Fault) {
            monthlyTurnover = try json.amount("monthlyTurnover")
            rateBasisPoints = try json.basisPoints("rateBasisPoints")
        }

        public func write(to json: inout JSONWriter) {
            json.field("monthlyTurnover", monthlyTurnover)
            json.field("rateBasisPoints", rateBasisPoints)
        }
    }
}

extension DistributionPlan {
    /// What a piece costs a member of a grade; without a grade, every other member.
    public struct SupplyPrice: JSONCoded, Equatable {
        public let sku: String
        public let grade: String?
        public let price: Int64

        public init(sku: String, grade: String? = nil, price: Int64) {
            self.sku = sku
            self.grade = grade
            self.price = price
        }

        public init(_ json: JSONObject) throws(Fault) {
            sku = try json.externalID("sku")
            grade = try json.stringIfPresent("grade")
            price = try json.amount("price")
        }

        public func write(to json: inout JSONWriter) {
            json.field("sku", sku)
            json.field("grade", grade)
            json.field("price", price)
        }
    }
}
