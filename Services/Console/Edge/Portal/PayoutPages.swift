import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// A distributor's payouts, and the request for another one.
enum PayoutPages {
    private struct Found: Sendable {
        let balances: [String: MemberBalance]
        let terms: [String: PayoutTerms]
        let payouts: [MemberPayout]
        let pending: [CommandState]
    }

    private static func find(_ member: String, _ visit: Visit) async throws -> Found {
        let scope = visit.scope
        let now = visit.mallNow
        let actor = visit.viewer.name
        let place = visit.query["after"].flatMap { MemberPayout.Place(text: $0) }
        return try await visit.tools.database.read { connection in
            let balances = try BalanceRows.balances(of: member, scope, in: connection)
            var terms: [String: PayoutTerms] = [:]
            for currency in balances.keys {
                terms[currency] = try BalanceRows.terms(currency, at: now, in: connection)
            }
            return Found(
                balances: balances, terms: terms,
                payouts: try MemberPayoutRows.newest(of: member, scope, after: place, in: connection),
                pending: try CommandRows.waiting(about: subject(member), by: actor, in: connection))
        }
    }

    private static func subject(_ member: String) -> String { "member/\(member)/payout" }

    static func show(_ visit: Visit) async throws -> Answer {
        let member = try visit.ownMember()
        return .page(page(try await find(member, visit), [:], visit))
    }

    private static func page(
        _ found: Found, _ complaints: [String: String], _ visit: Visit, _ status: HTTPResponse.Status = .ok
    ) -> Page {
        let payable = found.balances.filter { found.terms[$0.key] != nil && $0.value.available > 0 }
        let shown = found.payouts.prefix(MemberPayoutRows.pageLength)
        var content: Content = [
            "tabs": PortalWords(visit: visit).tabs(PortalAddress.payouts),
            "balances": .list(
                found.balances.sorted { $0.key < $1.key }.map { balance($0.key, $0.value, found, visit) }),
            "payouts": .list(shown.map { payout($0, visit) }),
            "can-request": .flag(visit.viewer.may(.payoutsRequest) && !payable.isEmpty && found.pending.isEmpty),
            "pending": .list(PortalWords(visit: visit).pending(found.pending, back: PortalAddress.payouts)),
            "currencies": .list(
                payable.keys.sorted().map {
                    ["code": .text($0), "is-chosen": .flag($0 == visit.form["currency"])]
                }),
            "amount": .text(visit.form["amount"]), "note": .text(visit.form["note"]),
        ]
        if found.payouts.count > shown.count, let last = shown.last {
            content["next"] = .text(
                "\(PortalAddress.payouts)?after=\(PercentCoding.encoded(MemberPayout.Place(last).text))")
        }
        for (field, complaint) in complaints { content["\(field)-fault"] = .text(visit.say(complaint)) }
        return Page(
            template: "portal-payouts", title: visit.say("portal.payouts.title"),
            crumbs: [
                Page.Crumb(visit.say("portal.title"), PortalAddress.home),
                Page.Crumb(visit.say("portal.payouts.title")),
            ], content: content, status: status, styles: ["portal.css"])
    }

    private static func balance(
        _ currency: String, _ balance: MemberBalance, _ found: Found, _ visit: Visit
    ) -> Content {
        let formats = visit.formats
        let terms = found.terms[currency]
        return [
            "available": .text(formats.money(balance.available, currency)),
            "in-payout": .text(formats.money(balance.inPayout, currency)),
            "debt": .text(balance.debt == 0 ? nil : formats.money(balance.debt, currency)),
            "minimum": .text(terms.map { formats.money($0.minimum, currency) }),
            "fee": .text(terms.map { formats.percent(basisPoints: $0.feeBasisPoints) }),
        ]
    }

    private static func payout(_ payout: MemberPayout, _ visit: Visit) -> Content {
        let tone =
            switch payout.state {
            case "paid": "good"
            case "failed": "bad"
            default: "info"
            }
        let formats = visit.formats
        return [
            "id": .text(payout.payoutID), "amount": .text(formats.money(payout.amount, payout.currency)),
            "fee": .text(formats.money(payout.fee, payout.currency)),
            "tax": .text(formats.money(payout.tax, payout.currency)),
            "net": .text(formats.money(payout.amount - payout.fee - payout.tax, payout.currency)),
            "state": .content(["word": .text(visit.say("portal.payout-state.\(payout.state)")), "tone": .text(tone)]),
            "requested": .text(payout.requestedAt.map { formats.time($0) }),
            "ended": .text(payout.endedAt.map { formats.time($0) }), "reason": .text(payout.reason),
        ]
    }

    /// Shows what the request would come to, and sends it once that has been seen.
    static func request(_ visit: Visit) async throws -> Answer {
        let member = try visit.ownMember()
        let found = try await find(member, visit)
        var reader = FormReader(visit.form)
        let currency = visit.form.text("currency") ?? found.terms.keys.sorted().first ?? ""
        guard let balance = found.balances[currency], let terms = found.terms[currency] else {
            return .page(page(found, ["amount": "portal.payout.fault.no-plan"], visit, .unprocessableContent))
        }
        let amount = reader.money(
            "amount", in: 1...Int64(1) << 50, decimals: CurrencyDigits.of(currency))
        if amount > balance.available { reader.complain("amount", "portal.payout.fault.too-much") }
        if amount < terms.minimum { reader.complain("amount", "portal.payout.fault.too-little") }
        if !found.pending.isEmpty { reader.complain("amount", "portal.payout.fault.waiting") }
        let note = reader.text("note", 0...200)
        guard reader.complaints.isEmpty else {
            return .page(page(found, reader.complaints, visit, .unprocessableContent))
        }
        guard visit.form["confirmed"] == "yes" else {
            return .page(preview(amount, currency, balance, terms, note, visit))
        }
        let reason = note.isEmpty ? visit.say("portal.payout.reason") : note
        let id = try await visit.tools.commands.send(visit, to: "commission", about: subject(member), reason: reason) {
            RequestPayout(head: $0, memberID: member, amount: amount, currency: currency)
        }
        return .redirect(CommandPages.path(id, back: PortalAddress.payouts))
    }

    private static func preview(
        _ amount: Int64, _ currency: String, _ balance: MemberBalance, _ terms: PayoutTerms, _ note: String,
        _ visit: Visit
    ) -> Page {
        let formats = visit.formats
        let fee = Allocation.share(of: amount, basisPoints: terms.feeBasisPoints)
        return Page(
            template: "portal-payout", title: visit.say("portal.payout.confirm"),
            crumbs: [
                Page.Crumb(visit.say("portal.title"), PortalAddress.home),
                Page.Crumb(visit.say("portal.payouts.title"), PortalAddress.payouts),
                Page.Crumb(visit.say("portal.payout.confirm")),
            ],
            content: [
                "amount": .text(formats.money(amount, currency)), "fee": .text(formats.money(fee, currency)),
                "net": .text(formats.money(amount - fee, currency)),
                "left": .text(formats.money(balance.available - amount, currency)),
                "typed": .text(visit.form["amount"]), "currency": .text(currency), "note": .text(note),
            ])
    }
}
