import CommissionDomain
import Contracts
import Postgres

/// The table `plans`: every version of every plan.
enum PlanRows {
    static func load(in transaction: borrowing Transaction) throws -> Plans {
        let rows = try transaction.query("SELECT effective_from, ended_at, terms FROM plans")
        return Plans(
            try rows.map { row in
                PlanVersion(
                    plan: try DistributionPlan(column: row.text(2)), effectiveFrom: row.instant(0),
                    endedAt: row.instantOrNil(1))
            })
    }

    static func save(_ plans: Plans, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(plans.versions.map(\.plan.planID))
        parameters.append(plans.versions.map(\.plan.version))
        parameters.appendTimestamps(plans.versions.map(\.effectiveFrom.milliseconds))
        parameters.appendTimestamps(plans.versions.map { $0.endedAt?.milliseconds })
        parameters.append(plans.versions.map(\.plan.column))
        try transaction.run(
            """
            INSERT INTO plans (plan_id, version, effective_from, ended_at, terms)
            SELECT n.plan_id, n.version, n.effective_from, n.ended_at, n.terms::json
            FROM unnest($1::text[], $2::int8[], $3::timestamptz[], $4::timestamptz[], $5::text[])
                AS n(plan_id, version, effective_from, ended_at, terms)
            ON CONFLICT (plan_id, version) DO UPDATE SET ended_at = EXCLUDED.ended_at
            """, parameters)
    }
}
