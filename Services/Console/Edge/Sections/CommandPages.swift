import ConsoleDomain
import Contracts

/// What has become of a command.
enum CommandPages {
    static let section = SiteSection(
        routes: [
            .get("/commands/{id}", .signedIn, show), .get("/api/commands/{id}", .signedIn, tell),
        ],
        templates: ["command": PackageResources.command_mustache],
        phrases: [PackageResources.commands_json],
        assets: ["command.js": PackageResources.command_js])

    /// Where the result of a command is shown, and from there the way back.
    static func path(_ id: String, back: String) -> String { "/commands/\(id)?back=\(PercentCoding.encoded(back))" }

    private static func find(_ visit: Visit) async throws -> CommandState {
        let id = visit.path["id"] ?? ""
        guard let command = try await visit.tools.database.read({ try CommandRows.find(id, in: $0) }),
            command.actor == visit.viewer.name || visit.viewer.may(.auditView)
        else { throw SiteProblem.notFound }
        return command
    }

    private static func show(_ visit: Visit) async throws -> Answer {
        let command = try await find(visit)
        let state = command.outcome ?? "waiting"
        return .page(
            Page(
                template: "command", title: visit.say("commands.title"),
                content: [
                    "id": .text(command.commandID), "name": .text(CommandDesk.shortName(command.type)),
                    "subject": .text(command.subject), "reason": .text(command.reason),
                    "actor": .text(command.actor), "service": .text(command.service),
                    "issued": .text(visit.formats.exactTime(command.issuedAt)),
                    "answered": .text(command.answeredAt.map { visit.formats.exactTime($0) }),
                    "state": .text(visit.say("commands.state.\(state)")), "is-waiting": .flag(state == "waiting"),
                    "is-accepted": .flag(state == "accepted"), "answer": .text(command.answer),
                    "back": .text(LocalPath.checked(visit.query["back"])),
                ], scripts: state == "waiting" ? ["command.js"] : []))
    }

    private static func tell(_ visit: Visit) async throws -> Answer {
        let command = try await find(visit)
        return .json(
            JSONWriter.object { json in
                json.field("commandId", command.commandID)
                json.field("service", command.service)
                json.field("type", command.type)
                json.field("subject", command.subject)
                json.field("issuedAt", command.issuedAt)
                json.field("outcome", orNull: command.outcome)
                json.field("answer", command.answer)
                json.field("answeredAt", command.answeredAt)
            })
    }
}
