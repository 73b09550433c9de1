public import Contracts

/// Names one version of a plan; an order keeps it for ever.
public struct PlanName: Hashable, Comparable, Sendable {
    public let planID: String
    public let version: Int64

    public init(planID: String, version: Int64) {
        self.planID = planID
        self.version = version
    }

    public static func < (left: PlanName, right: PlanName) -> Bool {
        (left.planID, left.version) < (right.planID, right.version)
    }
}

/// One version of a plan with the time it holds.
public struct PlanVersion: Sendable, Equatable {
    public let plan: DistributionPlan
    public let effectiveFrom: Instant
    /// The plan was taken back then; orders placed later do not get it.
    public var endedAt: Instant?

    public init(plan: DistributionPlan, effectiveFrom: Instant, endedAt: Instant? = nil) {
        self.plan = plan
        self.effectiveFrom = effectiveFrom
        self.endedAt = endedAt
    }

    public var name: PlanName { PlanName(planID: plan.planID, version: plan.version) }
}

/// All versions of all plans.
public struct Plans: Sendable, Equatable {
    /// By name.
    public private(set) var versions: [PlanVersion]
    /// Some version shifts the levels when a distributor buys; asked of every message, so it is kept.
    let mayShift: Bool

    public init(_ versions: [PlanVersion] = []) {
        self.versions = versions.sorted { $0.name < $1.name }
        mayShift = versions.contains { $0.plan.selfPurchase == .shift }
    }

    public func version(named name: PlanName) -> PlanVersion? { versions.first { $0.name == name } }

    /// The plan of an order placed then: the one that began last; before the first began, that first one.
    ///
    /// - Returns: `nil` when no plan pays in that currency, or all that had begun were taken back.
    public func inForce(at placedAt: Instant, currency: String) -> PlanVersion? {
        let candidates = versions.filter { $0.plan.currency == currency }.sorted {
            ($0.effectiveFrom, $0.plan.version, $0.plan.planID) < ($1.effectiveFrom, $1.plan.version, $1.plan.planID)
        }
        let begun = candidates.filter { $0.effectiveFrom <= placedAt }
        guard !begun.isEmpty else { return candidates.first { $0.endedAt == nil } }
        return begun.last { version in version.endedAt.map { $0 > placedAt } ?? true }
    }

    mutating func add(_ version: PlanVersion) {
        self = Plans(versions + [version])
    }

    /// Takes a plan back with all its versions; answers whether that changes anything.
    mutating func end(_ planID: String, at instant: Instant) -> Bool {
        var isChanged = false
        for index in versions.indices where versions[index].plan.planID == planID && versions[index].endedAt == nil {
            versions[index].endedAt = instant
            isChanged = true
        }
        return isChanged
    }
}
