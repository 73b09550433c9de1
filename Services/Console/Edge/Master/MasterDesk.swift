import ConsoleDomain
import Contracts
import Foundation
import Pipeline

/// Publishes master records for users, each written down before it leaves.
enum MasterDesk {
    /// So many are on their way at once.
    private static let batch = 50

    /// - Parameter before: The present versions by key.
    /// - Returns: The keys that the broker has not taken.
    static func publish(
        _ records: [MasterRecord], before: [String: [UInt8]], reason: String, _ visit: Visit
    ) async throws -> [String] {
        let entries = records.map { record in
            visit.entry(
                "master.\(record.kind.rawValue)", subject(record), before: before[record.key], after: record.body,
                reason: reason)
        }
        try await visit.tools.database.write { transaction in
            for entry in entries { try AuditRows.add(entry, in: transaction) }
        }
        var unsent: [MasterRecord] = []
        for start in stride(from: 0, to: records.count, by: batch) {
            unsent += await send(records[start..<min(start + batch, records.count)], visit)
        }
        if !unsent.isEmpty {
            let failures = unsent.map {
                visit.entry("master.\($0.kind.rawValue)", subject($0), outcome: .failed, reason: reason)
            }
            try await visit.tools.database.write { transaction in
                for failure in failures { try AuditRows.add(failure, in: transaction) }
            }
        }
        return unsent.map(\.key)
    }

    private static func subject(_ record: MasterRecord) -> String { "\(record.kind.rawValue)/\(record.key)" }

    /// A batch holds no key twice, so their order does not matter.
    private static func send(_ records: ArraySlice<MasterRecord>, _ visit: Visit) async -> [MasterRecord] {
        await withTaskGroup(of: MasterRecord?.self) { group in
            for record in records {
                let message = OutsideMessage(
                    topic: record.kind.topic, key: record.key, value: record.body,
                    envelope: Envelope(
                        id: UUID().uuidString.lowercased(), type: record.type, source: "/console",
                        subject: record.key, time: visit.mallNow))
                let publish = visit.tools.commands.publish
                group.addTask { await publish(message) == .acknowledged ? nil : record }
            }
            var unsent: [MasterRecord] = []
            for await record in group { if let record { unsent.append(record) } }
            return unsent
        }
    }

    /// The button of the preview: publishes what it has shown, unless somebody else was faster.
    static func publishOne(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        if visit.form["ends"] == "true" { return try await MasterEnding.publish(kind, visit) }
        let scope = MasterScope(kind, visit)
        var reader = FormReader(visit.form)
        let reason = reader.text("reason", 1...500)
        let body = visit.form["body"] ?? ""
        let (found, tree, record) = try await read(kind, scope, body, visit)
        do throws(Fault) {
            var tree = tree
            guard scope.mayChange(record.key) else { throw Fault(visit.say("master.fault.scope")) }
            guard found.map({ "\($0.offset)" }) == visit.form.text("offset") else {
                throw Fault(visit.say("master.fault.moved"))
            }
            guard reader.complaints.isEmpty else { throw Fault(visit.say("form.missing"), field: "reason") }
            try MasterImport.check(record, over: found?.body, &tree)
        } catch {
            return try MasterRecordPage.again(kind, found, error, visit)
        }
        let unsent = try await publish(
            [record], before: found.map { [$0.key: $0.body] } ?? [:], reason: reason, visit)
        return .redirect(
            found == nil ? kind.path : kind.path(of: record.key),
            say: unsent.isEmpty ? "master.published" : "master.unsent")
    }

    /// The body came from our own preview: one that cannot be read was put together by hand.
    private static func read(
        _ kind: MasterKind, _ scope: MasterScope, _ body: String, _ visit: Visit
    ) async throws -> (MasterRows.Found?, MemberTree, MasterRecord) {
        let record: MasterRecord
        do {
            record = try kind.record(JSONDocument.object(Array(body.utf8)))
        } catch {
            throw SiteProblem.badRequest
        }
        let (found, tree) = try await visit.tools.database.read { connection in
            (
                try MasterRows.find(scope, record.key, in: connection),
                try MasterRows.tree(kind, naming: record.memberIDs, in: connection)
            )
        }
        return (found, tree, record)
    }
}
