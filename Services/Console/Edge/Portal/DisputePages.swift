import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// Questions of members about what they earn: finance sees the why, and answers.
enum DisputePages {
    private static let pageLength = 50
    private static let reasonLength = 5...500

    static func list(_ visit: Visit) async throws -> Answer {
        let scope = visit.scope
        let place = visit.query["after"].flatMap { text -> (String, String)? in
            let parts = text.split(separator: "~", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        let found = try await visit.tools.database.read { connection in
            try EarningStoryRows.disputed(scope, after: place, limit: pageLength + 1, in: connection).map { earning in
                let facts = try EarningStoryRows.facts(of: earning.orderID, in: connection)
                return (earning, try EarningStory(of: earning.memberID, on: earning.orderID, facts))
            }
        }
        let shown = found.prefix(pageLength)
        var content: Content = [
            "rows": .list(shown.map { row($0.0, $0.1, visit) })
        ]
        if found.count > shown.count, let last = shown.last?.0 {
            content["next"] = .text("/disputes?after=\(PercentCoding.encoded("\(last.orderID)~\(last.memberID)"))")
        }
        return .page(
            Page(template: "disputes", title: visit.say("disputes.title"), content: content, styles: ["portal.css"]))
    }

    private static func row(_ earning: Earning, _ story: EarningStory, _ visit: Visit) -> Content {
        [
            "path": .text(path(earning.orderID, earning.memberID)), "order": .text(earning.orderID),
            "member": .text(earning.memberID), "question": .text(story.openQuestion?.reason),
            "asked": .text(story.openQuestion.map { visit.formats.time($0.at) }),
            "frozen": .text(visit.formats.money(earning.frozen, earning.currency)),
        ]
    }

    private static func path(_ orderID: String, _ member: String) -> String {
        "/disputes/\(PercentCoding.encoded(orderID))/\(PercentCoding.encoded(member))"
    }

    private struct Found: Sendable {
        let earning: Earning
        let story: EarningStory
        let pending: [CommandState]
    }

    private static func find(_ visit: Visit) async throws -> Found {
        let orderID = visit.path["order"] ?? ""
        let member = visit.path["member"] ?? ""
        let scope = visit.scope
        let actor = visit.viewer.name
        let found = try await visit.tools.database.read { connection -> Found? in
            guard let earning = try EarningStoryRows.find(orderID, member, scope, in: connection) else { return nil }
            return Found(
                earning: earning,
                story: try EarningStory(of: member, on: orderID, EarningStoryRows.facts(of: orderID, in: connection)),
                pending: try CommandRows.waiting(
                    about: EarningPages.subject(orderID, member), by: actor, in: connection))
        }
        guard let found else { throw SiteProblem.notFound }
        return found
    }

    static func show(_ visit: Visit) async throws -> Answer { .page(page(try await find(visit), [:], visit)) }

    private static func page(
        _ found: Found, _ complaints: [String: String], _ visit: Visit, _ status: HTTPResponse.Status = .ok
    ) -> Page {
        let earning = found.earning
        let path = path(earning.orderID, earning.memberID)
        let title = visit.say("disputes.one")
        var content: Content = [
            "path": .text(path),
            "earning": .content(EarningContent(earning: earning, story: found.story, visit: visit).content),
            "pending": .list(PortalWords(visit: visit).pending(found.pending, back: path)),
            "question": .text(found.story.openQuestion?.reason),
            "asked": .text(found.story.openQuestion.map { visit.formats.time($0.at) }),
            "can-answer": .flag(
                visit.viewer.may(.commissionDecide) && found.story.openQuestion != nil && found.pending.isEmpty),
            "typed": .text(visit.form["reason"]), "is-upheld": .flag(visit.form["answer"] == "upheld"),
            "is-dismissed": .flag(visit.form["answer"] == "dismissed"),
        ]
        for (field, complaint) in complaints { content["\(field)-fault"] = .text(visit.say(complaint)) }
        return Page(
            template: "dispute", title: title,
            crumbs: [Page.Crumb(visit.say("disputes.title"), "/disputes"), Page.Crumb(title)], content: content,
            status: status, styles: ["portal.css"])
    }

    static func answer(_ visit: Visit) async throws -> Answer {
        let found = try await find(visit)
        var reader = FormReader(visit.form)
        let reason = reader.text("reason", reasonLength)
        let answer = visit.form.text("answer").flatMap { DisputeAnswer(rawValue: $0) }
        if answer == nil { reader.complain("answer", "form.no-choice") }
        if found.story.openQuestion == nil || !found.pending.isEmpty {
            reader.complain("answer", "disputes.fault.answered")
        }
        guard reader.complaints.isEmpty, let answer, let entryID = found.story.entryID else {
            return .page(page(found, reader.complaints, visit, .unprocessableContent))
        }
        let earning = found.earning
        let id = try await visit.tools.commands.send(
            visit, to: "commission", about: EarningPages.subject(earning.orderID, earning.memberID), reason: reason
        ) { AnswerDispute(head: $0, memberID: earning.memberID, entryID: entryID, answer: answer) }
        return .redirect(CommandPages.path(id, back: "/disputes"))
    }
}
