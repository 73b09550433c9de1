import ConsoleDomain
import Contracts
import HTTPTypes

/// One after-sales case: what is asked, what it would do, how long its clock runs, and what may be done.
enum CasePages {
    static let routes: [Route] =
        [
            .get("/cases", .may(.casesView)) { _ in .redirect(CaseQueue.cases.path) },
            .get("/cases/{id}", .may(.casesView), show),
        ]
        + CaseDeeds.all.map { deed in
            .post("/cases/{id}/\(deed.name)", .may(deed.permission)) { visit in try await send(deed, visit) }
        }

    private static func show(_ visit: Visit) async throws -> Answer {
        .page(page(try await find(visit), nil, FormReader(FormFields()), visit))
    }

    private static func find(_ visit: Visit) async throws -> CaseStory {
        let (id, scope) = (visit.path["id"] ?? "", visit.scope)
        guard let story = try await visit.tools.database.read({ try CaseRows.find(id, scope, in: $0) }) else {
            throw SiteProblem.notFound
        }
        return story
    }

    private static func send(_ deed: CaseDeed, _ visit: Visit) async throws -> Answer {
        let story = try await find(visit)
        guard deed.allows(story) else {
            return .redirect("/cases/\(PercentCoding.encoded(story.found.caseID))", say: "cases.moved-on")
        }
        var reader = FormReader(visit.form)
        let typed = CaseForm.read(deed, story, &reader)
        guard reader.complaints.isEmpty else { return .page(page(story, deed, reader, visit)) }
        let id = try await deed.send(visit, story, typed)
        return .redirect(
            CommandPages.path(id, back: "/cases/\(PercentCoding.encoded(story.found.caseID))"))
    }

    private static func page(_ story: CaseStory, _ tried: CaseDeed?, _ reader: FormReader, _ visit: Visit) -> Page {
        let found = story.found
        var content = facts(found, visit).merging(CaseContent.story(story, visit))
        content["deeds"] = .list(
            CaseDeeds.all.filter { visit.viewer.may($0.permission) && $0.allows(story) }.map {
                CaseContent.deed($0, story, $0.name == tried?.name ? reader : nil, visit)
            })
        return Page.styled(
            template: "case", title: visit.say("cases.title", ["id": found.caseID]),
            crumbs: [
                Page.Crumb(visit.say("queues.title"), "/queues"),
                Page.Crumb(visit.say("queues.cases"), CaseQueue.cases.path), Page.Crumb(found.caseID),
            ], content: content, status: tried == nil ? .ok : .unprocessableContent)
    }

    private static func facts(_ found: CaseRead, _ visit: Visit) -> Content {
        let clock = found.clock(visit)
        let state = found.stateTag(visit)
        let money = { (amount: Int64?) in amount.map { visit.formats.money($0, found.currency) } }
        return [
            "id": .text(found.caseID), "order": .text(found.orderID),
            "order-path": .text("/orders/\(PercentCoding.encoded(found.orderID))"),
            "external": .text(found.externalOrderID), "channel": .text(found.channel),
            "kind": .text(visit.say("queues.case-kind.\(found.kind)")),
            "reason": .text(visit.buyerReason(found.reason)),
            "state": .text(state.text), "tone": .text(state.tone), "amount": .text(money(found.amount)),
            "refunded": .text(found.refunded > 0 ? money(found.refunded) : nil),
            "outcome": .text(found.outcome.map { CaseContent.outcome($0, visit) }),
            "decided-by": .text(found.decidedBy), "rule": .text(found.rule), "carrier": .text(found.carrier),
            "waybill": .text(found.waybill), "replacement": .text(found.replacement),
            "replacement-path": .text(found.replacement.map { "/orders/\(PercentCoding.encoded($0))" }),
            "clock": .text(clock?.act), "clock-time": .text(clock?.time), "clock-tag": .text(clock?.tag?.text),
            "clock-tone": .text(clock?.tag?.tone), "clock-reason": .text(clock?.reason),
            "preview": .list(found.preview.map { CaseContent.preview($0, found.currency, visit) } ?? []),
            "lines": .list(
                found.lines.map {
                    [
                        "line": .text($0.lineID), "sku": .text($0.sku),
                        "quantity": .text(visit.formats.number($0.quantity)), "exchange": .text($0.exchangeSku),
                    ]
                }),
        ]
    }
}
