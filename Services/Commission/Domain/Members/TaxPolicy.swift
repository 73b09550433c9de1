public import Contracts

/// What is withheld from a member's payouts for the tax office.
///
/// - Units: minor units, basis points.
/// - Source: 个人所得税法实施条例: income from labour is taxed by payment, after an allowance, with quick deductions.
public struct TaxPolicy: JSONCoded, Equatable {
    public enum Mode: String, CaseIterable, Sendable {
        case off
        case perPayment = "per-payment"
        /// By all that was paid since the first of January, less what was withheld.
        case cumulative
    }

    public let mode: Mode
    /// Up to `fixedUpTo` so much is free; above it a share of the whole.
    public let fixedUpTo: Int64
    public let fixedAllowance: Int64
    public let allowanceBasisPoints: Int64
    /// Ascending; each holds above its amount.
    public let brackets: [Bracket]

    public struct Bracket: JSONCoded, Equatable {
        public let above: Int64
        public let rateBasisPoints: Int64
        public let quickDeduction: Int64
    }

    public static let off = TaxPolicy(
        mode: .off, fixedUpTo: 0, fixedAllowance: 0, allowanceBasisPoints: 0, brackets: [])

    init(
        mode: Mode, fixedUpTo: Int64, fixedAllowance: Int64, allowanceBasisPoints: Int64, brackets: [Bracket]
    ) {
        self.mode = mode
        self.fixedUpTo = fixedUpTo
        self.fixedAllowance = fixedAllowance
        self.allowanceBasisPoints = allowanceBasisPoints
        self.brackets = brackets
    }

    /// What is withheld from a payment.
    ///
    /// - Parameter before: What was paid in the same year, of which cumulative tax takes account.
    public func withheld(from amount: Int64, before: YearIncome?) -> Int64 {
        switch mode {
        case .off: return 0
        case .perPayment: return tax(on: amount)
        case .cumulative:
            let due = tax(on: amount + (before?.amount ?? 0)) - (before?.tax ?? 0)
            return min(max(0, due), amount)
        }
    }

    private func tax(on income: Int64) -> Int64 {
        let allowance =
            income <= fixedUpTo ? fixedAllowance : Allocation.share(of: income, basisPoints: allowanceBasisPoints)
        let taxable = max(0, income - allowance)
        guard let bracket = brackets.last(where: { $0.above < taxable }) else { return 0 }
        return max(0, Allocation.share(of: taxable, basisPoints: bracket.rateBasisPoints) - bracket.quickDeduction)
    }
}

extension TaxPolicy {
    public init(_ json: JSONObject) throws(Fault) {
        mode = try json.word("mode")
        fixedUpTo = try json.amountIfPresent("fixedUpTo") ?? 0
        fixedAllowance = try json.amountIfPresent("fixedAllowance") ?? 0
        allowanceBasisPoints = try json.basisPointsIfPresent("allowanceBasisPoints") ?? 0
        brackets = try json.readListIfPresent("brackets")
        guard fixedAllowance <= fixedUpTo || fixedUpTo == 0 else {
            throw Fault("is more than fixedUpTo", field: "fixedAllowance")
        }
        guard mode == .off || !brackets.isEmpty else { throw Fault("is missing", field: "brackets") }
        for (index, pair) in zip(brackets, brackets.dropFirst()).enumerated() where pair.0.above >= pair.1.above {
            throw Fault("does not ascend", field: "brackets[\(index + 1)].above")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.field("mode", mode.rawValue)
        json.field("fixedUpTo", fixedUpTo)
        json.field("fixedAllowance", fixedAllowance)
        json.field("allowanceBasisPoints", allowanceBasisPoints)
        json.field("brackets", list: brackets)
    }
}

extension TaxPolicy.Bracket {
    public init(_ json: JSONObject) throws(Fault) {
        above = try json.amount("above")
        rateBasisPoints = try json.basisPoints("rateBasisPoints")
        quickDeduction = try json.amountIfPresent("quickDeduction") ?? 0
    }

    public func write(to json: inout JSONWriter) {
        json.field("above", above)
        json.field("rateBasisPoints", rateBasisPoints)
        json.field("quickDeduction", quickDeduction)
    }
}
