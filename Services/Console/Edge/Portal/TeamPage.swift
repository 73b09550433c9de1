import ConsoleDomain
import Contracts
import Postgres

/// The tree below a distributor, one level at a time; of names only their beginning is shown.
enum TeamPage {
    private struct Found: Sendable {
        let month: StatementMonth
        let top: TeamMember?
        let children: [TeamMember]
        let way: [String]
        let currency: String
    }

    static func show(_ visit: Visit) async throws -> Answer {
        let own = try visit.ownMember()
        let member = visit.query.text("member") ?? own
        let found = try await read(member, own, visit)
        guard let top = found.top else {
            if member == own { return .page(page(nil, found, own, visit)) }
            throw SiteProblem.notFound
        }
        return .page(page(top, found, own, visit))
    }

    private static func read(_ member: String, _ own: String, _ visit: Visit) async throws -> Found {
        let scope = visit.scope
        let place = visit.query["after"].flatMap { TeamRows.Place(text: $0) }
        return try await visit.tools.database.read { connection in
            let last = try PortalSalesRows.last(of: own, ofLine: true, in: connection)
            let currency = visit.query.text("currency") ?? last?.currency ?? "CNY"
            let month = visit.month(
                newest: try PortalSalesRows.newest(of: own, in: connection), lastSale: last?.day)
            let from = visit.start(of: month)
            let to = visit.start(of: month.next)
            let top = try TeamRows.top(member, scope, from: from, to: to, currency, in: connection)
            guard top != nil else { return Found(month: month, top: nil, children: [], way: [], currency: currency) }
            return Found(
                month: month, top: top,
                children: try TeamRows.children(
                    of: member, scope, from: from, to: to, currency, after: place, in: connection),
                way: try TeamRows.way(from: member, upTo: own, in: connection), currency: currency)
        }
    }

    private static func page(_ top: TeamMember?, _ found: Found, _ own: String, _ visit: Visit) -> Page {
        let shown = found.children.prefix(TeamRows.pageLength)
        let member = top?.memberID ?? own
        var content: Content = [
            "tabs": PortalWords(visit: visit).tabs(PortalAddress.team),
            "months": .content(
                PortalWords(visit: visit).months(
                    found.month, PortalAddress.team, "&member=\(PercentCoding.encoded(member))")),
            "member": .text(member), "rows": .list(shown.map { row($0, found, visit) }),
            "sees-own-only": .flag(visit.viewer.scope.kind == .own),
        ]
        if let top { content["top"] = .content(row(top, found, visit)) }
        if found.children.count > shown.count, let last = shown.last {
            let place = PercentCoding.encoded(TeamRows.Place(last).text)
            content["next"] = .text("\(PortalAddress.team(member, found.month))&after=\(place)")
        }
        let way = found.way.dropFirst().reversed().map { Page.Crumb($0, PortalAddress.team($0, found.month)) }
        let isOwn = member == own
        let start: [Page.Crumb] = [
            Page.Crumb(visit.say("portal.title"), PortalAddress.home),
            Page.Crumb(visit.say("portal.team.title"), isOwn ? nil : "\(PortalAddress.team)?month=\(found.month)"),
        ]
        return Page(
            template: "portal-team", title: visit.say("portal.team.title"),
            crumbs: start + (isOwn ? [] : way.dropFirst() + [Page.Crumb(member)]), content: content,
            styles: ["portal.css"])
    }

    private static func row(_ member: TeamMember, _ found: Found, _ visit: Visit) -> Content {
        let formats = visit.formats
        return [
            "id": .text(member.memberID), "name": .text(member.name.map(maskedName)), "grade": .text(member.grade),
            "is-disabled": .flag(!member.isActive), "joined": .text(member.joinedAt.map { formats.day($0) }),
            "children": .text(formats.number(member.children)), "size": .text(formats.number(member.size)),
            "own-orders": .text(formats.number(member.ownOrders)),
            "own-amount": .text(formats.money(member.ownAmount, found.currency)),
            "team-orders": .text(formats.number(member.teamOrders)),
            "team-amount": .text(formats.money(member.teamAmount, found.currency)),
            "path": .text(member.children > 0 ? PortalAddress.team(member.memberID, found.month) : nil),
        ]
    }
}
