import ConsoleDomain
import Contracts
import Postgres

extension CommandRows {
    /// A user's own about one subject that nobody has answered yet.
    static func waiting(
        about subject: String, by actor: String, in connection: Connection
    ) throws(PostgresError) -> [CommandState] {
        try all(about: subject, in: connection).filter { $0.actor == actor && $0.outcome == nil }
    }
}

extension Visit {
    /// The member that the viewer is; granting refuses the permissions of the portal to anybody else.
    func ownMember() throws(SiteProblem) -> String {
        guard let member = viewer.scope.member else { throw .forbidden }
        return member
    }

    /// The month of the query, else the present one or that of the newest entry, should that be later.
    func month(newest: Instant?) -> StatementMonth {
        if let month = query["month"].flatMap({ StatementMonth($0) }) { return month }
        let latest = max(newest ?? now, now)
        return StatementMonth(of: tools.calendar.day(of: latest))
    }

    /// The month of the query, else the present one; when nothing was sold for a year, that of the last sale.
    func month(newest: Instant?, lastSale: CivilDay?) -> StatementMonth {
        let present = month(newest: newest)
        guard query["month"] == nil, let lastSale, lastSale + 365 < present.first else { return present }
        return StatementMonth(of: lastSale)
    }

    func start(of month: StatementMonth) -> Instant { tools.calendar.start(of: month.first) }
}

/// Addresses of the portal.
enum PortalAddress {
    static let home = "/portal"
    static let team = "/portal/team"
    static let statement = "/portal/statement"
    static let payouts = "/portal/payouts"

    static func earning(_ orderID: String) -> String { "/portal/earnings/\(PercentCoding.encoded(orderID))" }

    static func team(_ member: String, _ month: StatementMonth) -> String {
        "\(team)?member=\(PercentCoding.encoded(member))&month=\(month)"
    }
}

/// What several pages of the portal show in the same way.
struct PortalWords {
    let visit: Visit

    /// The pages of the portal, and which of them this is.
    func tabs(_ path: String) -> ContentValue {
        let pages = [
            ("portal.title", PortalAddress.home), ("portal.statement.title", PortalAddress.statement),
            ("portal.team.title", PortalAddress.team), ("portal.payouts.title", PortalAddress.payouts),
        ]
        return .list(
            pages.map { phrase, address in
                ["name": .text(visit.say(phrase)), "path": .text(address), "is-here": .flag(address == path)]
            })
    }

    /// What a page of months offers: the one before, this one and the one after.
    func months(_ month: StatementMonth, _ path: String, _ more: String = "") -> Content {
        [
            "month": .text(month.description), "former": .text("\(path)?month=\(month.former)\(more)"),
            "former-name": .text(month.former.description), "next": .text("\(path)?month=\(month.next)\(more)"),
            "next-name": .text(month.next.description),
        ]
    }

    /// `+12.5%`; nothing to compare with is nothing to say.
    func change(from former: Int64, to now: Int64) -> String? {
        changeBasisPoints(from: former, to: now).map { points in
            (points > 0 ? "+" : "") + visit.formats.percent(basisPoints: points)
        }
    }

    /// `+¥1.00`, `-¥1.00`.
    func signed(_ amount: Int64, _ currency: String) -> String {
        (amount > 0 ? "+" : "") + visit.formats.money(amount, currency)
    }

    func kind(_ kind: StatementEntry.Kind) -> Content {
        let tone =
            switch kind {
            case .accrued, .payoutRequested: "info"
            case .matured, .settled, .payoutPaid: "good"
            case .reversed, .payoutFailed: "bad"
            case .adjusted: "warn"
            }
        return ["word": .text(visit.say("portal.kind.\(kind.rawValue)")), "tone": .text(tone)]
    }

    /// The commands about something that nobody has answered yet, for a line above its page.
    func pending(_ commands: [CommandState], back: String) -> [Content] {
        commands.map { command in
            [
                "path": .text(CommandPages.path(command.commandID, back: back)),
                "reason": .text(command.reason), "at": .text(visit.formats.time(command.issuedAt)),
            ]
        }
    }
}
