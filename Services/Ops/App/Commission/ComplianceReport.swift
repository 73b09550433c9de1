import CommissionDomain
import Contracts
import Postgres

/// What a mall should know before somebody else asks: plans that need an answer, and organisations near the law's limit.
///
/// - Source: 国务院令第444号, art. 7; 公通字〔2013〕37号, parts 1 and 7: 30 people in 3 levels, whoever leads them and
///   that level counted in both numbers.
struct ComplianceReport: Encodable {
    static let aboutPlans = "禁止传销条例（国务院令第444号）第七条"
    static let aboutOrganisations = "关于办理组织领导传销活动刑事案件适用法律若干问题的意见（公通字〔2013〕37号）第一条、第七条"
    static let peopleAtLimit: Int64 = 30
    static let levelsAtLimit: Int64 = 3
    /// From here on an organisation is near the limit.
    static let peopleNear: Int64 = 25
    /// Rows of organisations, the largest first.
    static let rowLimit: Int32 = 1000

    let plans: [Plan]
    /// How many organisations are near the limit, or at it.
    let organisationsFound: Int64
    let organisations: [Organisation]

    struct Plan: Encodable, Equatable {
        let planID: String
        let version: Int64
        let effectiveFrom: String
        let endedAt: String?
        let acknowledged: Bool
        let risks: [String]
        let source: String
    }

    struct Organisation: Encodable, Equatable {
        let memberID: String
        /// The member counts.
        let people: Int64
        let levels: Int64
        let isAtLimit: Bool
        let source: String
    }

    /// - Parameter now: Which records of members hold.
    init(_ connection: Connection, at now: Instant) throws {
        plans = try Self.plans(connection)
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        parameters.append(Self.peopleNear)
        parameters.append(Self.levelsAtLimit)
        parameters.append(Self.rowLimit)
        let rows = try connection.transaction { transaction in
            // A million members are sorted in memory instead of on disk.
            try transaction.run("SET LOCAL work_mem = '256MB'")
            return try transaction.query(MemberTree.organisations, parameters)
        }
        organisationsFound = rows.first?.int64(3) ?? 0
        organisations = rows.map { row in
            let (people, levels) = (row.int64(1), row.int64(2))
            return Organisation(
                memberID: row.text(0), people: people, levels: levels,
                isAtLimit: people >= Self.peopleAtLimit && levels >= Self.levelsAtLimit,
                source: Self.aboutOrganisations)
        }
    }

    private static func plans(_ connection: Connection) throws -> [Plan] {
        let rows = try connection.query(
            "SELECT effective_from, ended_at, terms FROM commission.plans ORDER BY plan_id, version")
        return try rows.compactMap { row in
            let plan: DistributionPlan = try BookedOrderRows.read(row.text(2))
            let risks = planRisks(of: plan)
            guard !risks.isEmpty else { return nil }
            return Plan(
                planID: plan.planID, version: plan.version, effectiveFrom: row.instant(0).description,
                endedAt: row.instantOrNil(1)?.description, acknowledged: plan.acknowledgeLevels, risks: risks,
                source: aboutPlans)
        }
    }

    var text: String {
        let plans = plans.map {
            [
                $0.planID, "\($0.version)", $0.effectiveFrom, $0.endedAt ?? "", $0.acknowledged ? "yes" : "no",
                $0.risks.joined(separator: ", "),
            ]
        }
        let organisations = organisations.map {
            [$0.memberID, "\($0.people)", "\($0.levels)", $0.isAtLimit ? "at the limit" : "near it"]
        }
        var parts = ["plans that somebody must answer for: \(plans.count) (\(Self.aboutPlans))"]
        if !plans.isEmpty {
            parts.append(Screen.table(["plan", "version", "from", "until", "acknowledged", "what for"], plans))
        }
        parts.append(
            "organisations of \(Self.peopleNear) people or more in \(Self.levelsAtLimit) levels or more: "
                + "\(organisationsFound); the limit is \(Self.peopleAtLimit) people, their organiser counted "
                + "(\(Self.aboutOrganisations))")
        if !organisations.isEmpty {
            parts.append(Screen.table(["member", "people", "levels", "where it stands"], organisations))
        }
        if organisations.count < organisationsFound { parts.append("the largest \(organisations.count) are shown") }
        return parts.joined(separator: "\n")
    }
}
