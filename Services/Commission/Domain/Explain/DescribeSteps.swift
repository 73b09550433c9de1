import Contracts

extension LegReckoning {
    /// The arithmetic for people: `10000 × 10 % = 1000, less 300 below = 700, cut to 650.5, rounded 651`.
    public var text: String {
        guard let steps else { return "\(leg.amount)" }
        let rate = leg.rateBasisPoints.map { "\(leg.base) × \(exactText(of: Int128($0) * 100)) %" }
        var text = "\(rate ?? "\(leg.amountPerUnit ?? 0) a piece") = \(exactText(of: steps.own))"
        let claim = max(0, steps.own - steps.below)
        if steps.below > 0 { text += ", less \(exactText(of: steps.below)) below = \(exactText(of: claim))" }
        if steps.fitting < claim { text += ", cut to \(exactText(of: steps.fitting)) by the pool" }
        if steps.fitting % 10_000 != 0 { text += ", rounded \(steps.rounded)" }
        if leg.amount < steps.rounded { text += ", \(steps.rounded - leg.amount) given back to the pool" }
        return text
    }
}
