import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// What a distributor earns on one order and why, and the question that it may ask about it.
enum EarningPages {
    private struct Found: Sendable {
        let earning: Earning
        let story: EarningStory
        let pending: [CommandState]
    }

    static let questionLength = 5...500

    static func show(_ visit: Visit) async throws -> Answer { .page(page(try await find(visit), [:], visit)) }

    private static func find(_ visit: Visit) async throws -> Found {
        let member = try visit.ownMember()
        let orderID = visit.path["order"] ?? ""
        let scope = visit.scope
        let actor = visit.viewer.name
        let found = try await visit.tools.database.read { connection -> Found? in
            guard let earning = try EarningStoryRows.find(orderID, member, scope, in: connection) else { return nil }
            return Found(
                earning: earning,
                story: try EarningStory(of: member, on: orderID, EarningStoryRows.facts(of: orderID, in: connection)),
                pending: try CommandRows.waiting(about: subject(orderID, member), by: actor, in: connection))
        }
        guard let found else { throw SiteProblem.notFound }
        return found
    }

    /// What commands about it are filed under.
    static func subject(_ orderID: String, _ member: String) -> String { "earning/\(orderID)/\(member)" }

    private static func page(
        _ found: Found, _ complaints: [String: String], _ visit: Visit, _ status: HTTPResponse.Status = .ok
    ) -> Page {
        let title = visit.say("portal.earning.title")
        let path = PortalAddress.earning(found.earning.orderID)
        var content: Content = [
            "tabs": PortalWords(visit: visit).tabs(""), "path": .text(path),
            "earning": .content(EarningContent(earning: found.earning, story: found.story, visit: visit).content),
            "pending": .list(PortalWords(visit: visit).pending(found.pending, back: path)),
            "question": .text(found.story.openQuestion?.reason),
            "can-ask": .flag(refusal(found, visit) == nil), "typed": .text(visit.form["reason"]),
            "has-matured": .flag(found.earning.frozen <= 0),
        ]
        for (field, complaint) in complaints { content["\(field)-fault"] = .text(visit.say(complaint)) }
        return Page(
            template: "portal-earning", title: title,
            crumbs: [
                Page.Crumb(visit.say("portal.title"), PortalAddress.home),
                Page.Crumb(visit.say("portal.statement.title"), PortalAddress.statement), Page.Crumb(title),
            ], content: content, status: status, styles: ["portal.css"])
    }

    /// Why no question can be asked; the key of a phrase.
    private static func refusal(_ found: Found, _ visit: Visit) -> String? {
        guard visit.viewer.may(.ownDispute) else { return "portal.ask.not-allowed" }
        if found.story.openQuestion != nil || !found.pending.isEmpty { return "portal.ask.is-open" }
        return found.earning.rest > 0 && found.story.entryID != nil ? nil : "portal.ask.nothing-left"
    }

    static func ask(_ visit: Visit) async throws -> Answer {
        let found = try await find(visit)
        var reader = FormReader(visit.form)
        let reason = reader.text("reason", questionLength)
        if let refusal = refusal(found, visit) { reader.complain("reason", refusal) }
        guard reader.complaints.isEmpty, let entryID = found.story.entryID else {
            return .page(page(found, reader.complaints, visit, .unprocessableContent))
        }
        let earning = found.earning
        let id = try await visit.tools.commands.send(
            visit, to: "commission", about: subject(earning.orderID, earning.memberID), reason: reason
        ) { DisputeEntry(head: $0, memberID: earning.memberID, entryID: entryID) }
        return .redirect(CommandPages.path(id, back: PortalAddress.earning(earning.orderID)))
    }
}
