import Contracts
import Postgres

/// One invariant of DESIGN section 5 as a question to the database.
///
/// - Shape: the statement answers one row: how many rows were looked at, how many break the rule, and up to five of
///   those by name.
struct AuditCheck: Sendable {
    let invariant: String
    let title: String
    let sql: StaticString

    init(_ invariant: String, _ title: String, _ sql: StaticString) {
        self.invariant = invariant
        self.title = title
        self.sql = sql
    }

    /// Every check, in the order of the invariants.
    static let all =
        StockAudit.checks + MoneyAudit.checks + OrderAudit.checks + DeliveryAudit.checks + orphans
        + PrivacyAudit.checks
}

/// What one check found.
struct AuditFinding: Encodable, Equatable {
    let invariant: String
    let title: String
    let checked: Int64
    let violations: Int64
    let examples: [String]

    init(_ check: AuditCheck, _ row: Row) {
        invariant = check.invariant
        title = check.title
        checked = row.int64(0)
        violations = row.int64(1)
        examples = row.textOrNil(2).map { $0.split(separator: "\n").map(String.init) } ?? []
    }
}

/// Asks all checks about one and the same moment.
enum Audit {
    static func run(
        _ connection: Connection, checks: [AuditCheck] = AuditCheck.all
    ) throws -> [AuditFinding] {
        try connection.transaction { transaction in
            try transaction.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            var findings: [AuditFinding] = []
            for check in checks {
                guard let row = try transaction.query(check.sql).first else { continue }
                findings.append(AuditFinding(check, row))
            }
            return findings
        }
    }
}
