import ConsoleDomain
import Contracts
import Foundation
import Pipeline
import Postgres

/// Publishes commands for users: each is written down with who wants it and why before it leaves.
///
/// The service that owns the matter decides; its answer comes back as a fact and ends up beside the command.
struct CommandDesk: Sendable {
    let database: Database
    /// Hands a message to the broker; the publisher's.
    let publish: @Sendable (OutsideMessage) async -> PublishOutcome

    /// - Parameters:
    ///   - service: Whose command topic it goes to.
    ///   - subject: What the audit log says it is about: `order/…`.
    ///   - hidesBody: It carries personal data, so nobody but the service sees it.
    ///   - make: The command with its head.
    /// - Returns: The command's id, for `/commands/{id}`.
    func send<Command: HeadedCommand>(
        _ visit: Visit, to service: String, about subject: String, reason: String, hidesBody: Bool = false,
        _ make: (CommandHead) throws -> Command
    ) async throws -> String {
        let id = UUID().uuidString.lowercased()
        let head = CommandHead(commandID: id, actor: visit.viewer.name, reason: reason, issuedAt: visit.mallNow)
        let command = try make(head)
        let type = Command.type
        let body = command.jsonBytes
        let shown = hidesBody ? JSONWriter.object { $0.field("hidden", true) } : body
        let entry = visit.entry("command.\(Self.shortName(type))", subject, after: shown, reason: reason)
        try await database.write { transaction in
            try AuditRows.add(entry, in: transaction)
            try CommandRows.add(
                id, service: service, type: type, subject: subject, head, shown, in: transaction)
        }
        let message = OutsideMessage(
            topic: .commands(of: service), key: command.key, value: body,
            envelope: Envelope(id: id, type: type, source: "/console", subject: command.key, time: visit.mallNow))
        let outcome = await publish(message)
        if outcome != .acknowledged {
            try await database.write { try CommandRows.failed(id, outcome, at: visit.mallNow, in: $0) }
        }
        return id
    }

    /// Publishes an ordinary message, as whoever keeps the master data would, and puts it down in the audit log.
    ///
    /// - Throws: `SiteProblem.unavailable` when the broker has not taken it, `tooLarge` when it never will.
    func publish(
        _ visit: Visit, _ message: OutsideMessage, action: String, subject: String, before: [UInt8]? = nil,
        after: [UInt8]? = nil, reason: String? = nil
    ) async throws {
        let outcome = await publish(message)
        let entry = visit.entry(
            action, subject, before: before, after: after, outcome: outcome == .acknowledged ? .done : .failed,
            reason: reason)
        try await database.write { try AuditRows.add(entry, in: $0) }
        switch outcome {
        case .acknowledged: return
        case .tooLarge: throw SiteProblem.tooLarge
        case .unavailable: throw SiteProblem.unavailable
        }
    }

    /// `HoldOrder` of `tributary.intake.commands.HoldOrder.v1`.
    static func shortName(_ type: String) -> String {
        let parts = type.split(separator: ".")
        return parts.count > 2 ? String(parts[parts.count - 2]) : type
    }
}
