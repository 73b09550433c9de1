import Contracts
import Postgres

/// One line of the audit log: who did or saw what, when, from where, and what came of it.
struct AuditEntry: Sendable, Equatable {
    enum Outcome: String, CaseIterable, Sendable { case done, refused, failed }

    let at: Instant
    let userID: Int64?
    let actor: String
    let address: String
    /// `users.create`, `personal.look`: the area and what was done.
    let action: String
    /// What it was done to: `user/anna`, `order/…`.
    let subject: String
    /// JSON objects; no passwords, no personal data.
    let before: [UInt8]?
    let after: [UInt8]?
    let outcome: Outcome
    let reason: String?
}

enum AuditRows {
    static func add(_ entry: AuditEntry, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: entry.at.milliseconds)
        parameters.append(entry.userID)
        parameters.append(entry.actor)
        parameters.append(entry.address)
        parameters.append(entry.action)
        parameters.append(entry.subject)
        parameters.append(entry.before.map { String(decoding: $0, as: UTF8.self) })
        parameters.append(entry.after.map { String(decoding: $0, as: UTF8.self) })
        parameters.append(entry.outcome.rawValue)
        parameters.append(entry.reason)
        try transaction.run(
            """
            INSERT INTO audit_log (at, user_id, actor, address, action, subject, before, after, outcome, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7::json, $8::json, $9, $10)
            """, parameters)
    }
}
