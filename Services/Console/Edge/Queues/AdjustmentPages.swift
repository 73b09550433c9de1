import ConsoleDomain
import Contracts
import Foundation
import HTTPTypes
import Postgres

/// The form by which somebody proposes to correct a member's money.
enum AdjustmentPages {
    private static let path = "/queues/adjustments/new"

    static let routes: [Route] = [
        .get(path, .may(.commissionAdjust)) { visit in .page(form(visit, FormReader(FormFields()), isFresh: true)) },
        .post(path, .may(.commissionAdjust), send),
    ]

    private static func form(_ visit: Visit, _ reader: FormReader, isFresh: Bool) -> Page {
        let names = ["member", "amount", "currency", "order", "reason"]
        var content: Content = ["path": .text(path)]
        content["inputs"] = .list(
            names.map { name in
                let typed = isFresh ? (name == "currency" ? "CNY" : visit.query[name]) : reader.form[name]
                return [
                    "id": .text(name), "name": .text(name), "value": .text(typed),
                    "label": .text(visit.say("queues.adjust.\(name)")), "is-required": .flag(name != "order"),
                    "fault": .text(reader.complaints[name].map { visit.say($0) }),
                ]
            })
        return Page.styled(
            template: "adjustment", title: visit.say("queues.adjustments.new"),
            crumbs: [
                Page.Crumb(visit.say("queues.title"), "/queues"),
                Page.Crumb(visit.say("queues.adjustments"), AdjustmentQueue.adjustments.path),
                Page.Crumb(visit.say("queues.adjustments.new")),
            ], content: content, status: isFresh ? .ok : .unprocessableContent)
    }

    private static func send(_ visit: Visit) async throws -> Answer {
        var reader = FormReader(visit.form)
        let memberID = reader.text("member", 1...64)
        let currency = reader.text("currency", 3...3).uppercased()
        let amount = reader.money(
            "amount", in: -999_999_999_999...999_999_999_999, decimals: CurrencyDigits.of(currency))
        let reason = reader.text("reason", 1...500)
        let orderText = reader.form.text("order")
        let orderID = orderText.flatMap { OrderID($0) }
        if orderText != nil, orderID == nil { reader.complain("order", "queues.fault.no-order") }
        if reader.complaints["amount"] == nil, amount == 0 { reader.complain("amount", "form.out-of-range") }
        let scope = visit.scope
        let isKnown = try await visit.tools.database.read { connection in
            try !connection.rows(
                "SELECT 1 FROM members m WHERE m.member_id = \(memberID) AND \(scope.members("m"))"
            ).isEmpty
        }
        if !isKnown { reader.complain("member", "queues.fault.no-member") }
        guard reader.complaints.isEmpty else { return .page(form(visit, reader, isFresh: false)) }
        let adjustmentID = "ADJ-\(UUID().uuidString.prefix(13))"
        let id = try await visit.tools.commands.send(
            visit, to: "commission", about: "adjustment/\(adjustmentID)", reason: reason
        ) {
            AdjustCommission(
                head: $0, memberID: memberID, adjustmentID: adjustmentID, orderID: orderID, amount: amount,
                currency: currency)
        }
        return .redirect(CommandPages.path(id, back: AdjustmentQueue.adjustments.path))
    }
}
