import Contracts

/// What the pieces of a case are worth to the buyer who gives them up.
///
/// Cumulative over an order line, so that any sequence of partial refunds of all its units sums to what the line cost;
/// freight, fees and tax go back with the last units of an order of which nothing ever left the house.
/// - Units: minor units.
/// - Source: DESIGN section 3; `Allocation.unitsShare`.
public struct RefundShares: Sendable, Equatable {
    /// One per item, in their order.
    public let lines: [Int64]
    /// Freight, fees and tax that is not part of the prices.
    public let freight: Int64

    public var goods: Int64 { lines.reduce(0, +) }
    public var total: Int64 { goods + freight }

    init(lines: [Int64], freight: Int64) {
        self.lines = lines
        self.freight = freight
    }

    /// The same split of a smaller amount, in proportion to the shares.
    ///
    /// - Parameter amount: At most `total`.
    public func reduced(to amount: Int64) -> RefundShares {
        precondition(amount >= 0 && amount <= total, "\(amount) of shares of \(total)")
        guard amount < total else { return self }
        let parts = Allocation.split(amount, by: lines + [freight])
        return RefundShares(lines: Array(parts.dropLast()), freight: parts.last ?? 0)
    }
}

extension RefundShares {
    /// The shares of what is asked for, where that is less than the whole.
    func upTo(_ amount: Int64) -> RefundShares { amount < total && amount >= 0 ? reduced(to: amount) : self }

    /// With what the merchant pays for sending the goods back.
    func adding(freight more: Int64) -> RefundShares { RefundShares(lines: lines, freight: freight + more) }
}

/// What of an order line was given back before: units that count, and money.
public struct GivenBack: Sendable, Equatable {
    public var units: Int64 = 0
    public var money: Int64 = 0

    public init() {}
}

extension OrderAccount {
    /// What of each line was given back.
    ///
    /// - Parameter countsOpen: Units of open cases count too, as if these were paid back first.
    public func givenBack(countsOpen: Bool) -> [String: GivenBack] {
        var given: [String: GivenBack] = [:]
        for former in cases {
            let countsUnits = countsOpen ? former.takesUnits : former.usesUpUnits
            guard countsUnits || former.isCommitted else { continue }
            for item in former.items {
                if countsUnits { given[item.lineID, default: GivenBack()].units += item.quantity }
                given[item.lineID, default: GivenBack()].money += item.refund
            }
        }
        return given
    }

    /// The whole share of these items, or `nil` when a line has fewer units left.
    ///
    /// Items without pieces share what is left of their line's money.
    public func shares(of items: [CaseItem], after given: [String: GivenBack]) -> RefundShares? {
        let placedLines = Dictionary(placed.lines.map { ($0.lineID, $0) }) { first, _ in first }
        let isMoneyOnly = items.allSatisfy { $0.quantity == 0 }
        var lines: [Int64] = []
        var leftUnits = placed.lines.reduce(0) { $0 + $1.quantity - (given[$1.lineID]?.units ?? 0) }
        for item in items {
            guard let line = placedLines[item.lineID] else { return nil }
            let before = given[item.lineID] ?? GivenBack()
            guard before.units + item.quantity <= line.quantity else { return nil }
            let ofUnits = Allocation.unitsShare(
                of: line.paid, count: item.quantity, given: before.units, units: line.quantity)
            let share = isMoneyOnly ? line.paid : ofUnits
            lines.append(max(0, min(share, line.paid - before.money)))
            leftUnits -= item.quantity
        }
        let takesRest = leftUnits == 0 && dispatches.isEmpty && !isMoneyOnly
        let goods = placed.lines.reduce(0) { $0 + $1.paid }
        return RefundShares(lines: lines, freight: takesRest ? max(0, placed.total - goods) : 0)
    }
}
