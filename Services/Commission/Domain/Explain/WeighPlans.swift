import Contracts

/// One version of a plan, and why an order is, or is not, paid by it.
public struct PlanStanding: Sendable {
    public let version: PlanVersion
    /// The order is paid by it.
    public let isTheOne: Bool
    public let reason: String
}

extension Plans {
    /// Says of every version why it is, or is not, the one of an order; the choice itself is `inForce`'s.
    ///
    /// - Parameter kept: The version that the order keeps since commission was booked on it.
    func standings(at placedAt: Instant, currency: String, kept: PlanName?) -> [PlanStanding] {
        let holding = inForce(at: placedAt, currency: currency)
        let one = kept ?? holding?.name
        return versions.map { version in
            guard version.name == one else {
                return PlanStanding(
                    version: version, isTheOne: false,
                    reason: version.weakness(at: placedAt, currency: currency, beside: one))
            }
            let reason =
                if let holding, holding.name != one {
                    "held when commission was booked; \(holding.name.text) would hold by what is known today"
                } else if version.effectiveFrom > placedAt {
                    "none had begun, and it was the first to begin"
                } else {
                    "began last before the order was placed"
                }
            return PlanStanding(version: version, isTheOne: true, reason: reason)
        }
    }
}

extension PlanVersion {
    fileprivate func weakness(at placedAt: Instant, currency: String, beside one: PlanName?) -> String {
        if plan.currency != currency { return "pays in \(plan.currency), the order is in \(currency)" }
        if effectiveFrom > placedAt { return "began only \(effectiveFrom)" }
        if let endedAt, endedAt <= placedAt { return "was taken back \(endedAt)" }
        return one.map { "\($0.text) began later" } ?? "does not hold"
    }
}

extension PlanName {
    /// For people: `2026 version 3`.
    public var text: String { "\(planID) version \(version)" }
}
