public import Contracts

/// What distributors earn on an order, as commission told it last; previews say what of it would be taken back.
public struct OrderEarnings: Sendable, Equatable {
    public let orderID: OrderID
    public let legs: [Leg]

    public struct Leg: JSONCoded, Sendable, Equatable {
        public let lineID: String
        /// In minor units.
        public let amount: Int64

        public init(lineID: String, amount: Int64) {
            self.lineID = lineID
            self.amount = amount
        }

        public init(_ json: JSONObject) throws(Fault) {
            lineID = try json.externalID("lineId")
            amount = try json.integer("amount")
        }

        public func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("amount", amount)
        }
    }

    public init(orderID: OrderID, legs: [Leg]) {
        self.orderID = orderID
        self.legs = legs
    }

    public init(_ accrued: CommissionAccrued) {
        self.init(
            orderID: accrued.orderID, legs: accrued.legs.map { Leg(lineID: $0.lineID, amount: $0.amount) })
    }
}

/// Puts down what distributors earn; the newest word counts.
func keepEarnings(_ earnings: OrderEarnings, given state: State<AfterSalesAggregate>) -> Decision<AfterSalesChange> {
    state.earnings(earnings.orderID) == earnings ? .nothing : Decision(changes: [.earningsSet(earnings)])
}

extension OrderAccount {
    /// What commission would take back for these shares, by its own rule: of each leg in proportion to what of the line
    /// has been paid back, cumulative and rounded half up.
    ///
    /// - Source: the README of commission, "Refunds".
    func commission(of items: [CaseItem], _ shares: RefundShares, _ earnings: OrderEarnings?) -> Int64 {
        guard let earnings else { return 0 }
        let given = givenBack(countsOpen: false)
        let paid = Dictionary(placed.lines.map { ($0.lineID, $0.paid) }) { first, _ in first }
        var sum: Int64 = 0
        for (item, share) in zip(items, shares.lines) {
            guard let paid = paid[item.lineID], paid > 0 else { continue }
            let before = given[item.lineID]?.money ?? 0
            for leg in earnings.legs where leg.lineID == item.lineID {
                let after = min(paid, before + share)
                sum +=
                    Allocation.halfUp(Int128(leg.amount) * Int128(after), over: Int128(paid))
                    - Allocation.halfUp(Int128(leg.amount) * Int128(before), over: Int128(paid))
            }
        }
        return sum
    }
}
