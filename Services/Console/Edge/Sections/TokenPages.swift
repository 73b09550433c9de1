import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// Tokens by which programs act for their owner.
enum TokenPages {
    static let routes: [Route] = [
        .get("/account/tokens", .signedIn, show), .post("/account/tokens", .signedIn, make),
        .post("/account/tokens/{id}/revoke", .signedIn, revoke), .get("/api/me", .signedIn, tellOwn),
    ]
    private static let daysOfLife: ClosedRange<Int64> = 1...365
    private static let maximumCount = 20

    private static func show(_ visit: Visit) async throws -> Answer { .page(try await list(visit, [:])) }

    private static func list(_ visit: Visit, _ complaints: [String: String]) async throws -> Page {
        let tokens = try await own(visit)
        return Page(
            template: "tokens", title: visit.say("tokens.title"), crumbs: crumbs(visit),
            content: [
                "tokens": .list(tokens.map { row($0, visit) }),
                "permissions": .list(
                    visit.viewer.permissions.sorted().map {
                        [
                            "code": .text($0.rawValue), "name": .text(visit.say("permission.\($0.rawValue)")),
                            "is-chosen": .flag(visit.form.all("permission").contains($0.rawValue)),
                        ]
                    }),
                "name": .text(visit.form["name"]), "days": .text(visit.form["days"] ?? "90"),
                "name-fault": .text(complaints["name"].map { visit.say($0) }),
                "days-fault": .text(complaints["days"].map { visit.say($0) }),
                "permission-fault": .text(complaints["permission"].map { visit.say($0) }),
            ], status: complaints.isEmpty ? .ok : .unprocessableContent)
    }

    private static func row(_ token: APIToken, _ visit: Visit) -> Content {
        [
            "id": "\(token.tokenID)", "name": .text(token.name),
            "permissions": .text(token.permissions.sorted().map(\.rawValue).joined(separator: ", ")),
            "until": .text(visit.formats.day(token.endsAt)),
            "used": .text(token.usedAt.map { visit.formats.time($0) } ?? visit.say("tokens.never-used")),
        ]
    }

    private static func crumbs(_ visit: Visit) -> [Page.Crumb] {
        [Page.Crumb(visit.say("account.title"), "/account"), Page.Crumb(visit.say("tokens.title"))]
    }

    private static func own(_ visit: Visit) async throws -> [APIToken] {
        guard let userID = visit.viewer.userID else { throw SiteProblem.forbidden }
        let now = visit.now
        return try await visit.tools.database.read { try TokenRows.all(of: userID, at: now, in: $0) }
    }

    /// A token is made by a person at a page, not by another token.
    private static func make(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID, visit.session != nil else { throw SiteProblem.forbidden }
        var reader = FormReader(visit.form)
        let name = reader.text("name", 1...100)
        let days = reader.integer("days", in: daysOfLife)
        let permissions = Set(visit.form.all("permission").compactMap(Permission.init(rawValue:)))
        if permissions.isEmpty { reader.complain("permission", "tokens.fault.none") }
        if !permissions.isSubset(of: visit.viewer.permissions) {
            reader.complain("permission", "users.fault.more-than-own")
        }
        if try await own(visit).count >= maximumCount { reader.complain("name", "tokens.fault.too-many") }
        guard reader.complaints.isEmpty else { return .page(try await list(visit, reader.complaints)) }
        let token = TokenRows.prefix + Secret.token()
        let after = JSONWriter.object { json in
            json.field("name", name)
            json.array("permissions") { array in permissions.sorted().forEach { array.element($0.rawValue) } }
        }
        let entry = visit.entry("account.token-made", "user/\(visit.viewer.name)", after: after)
        try await visit.tools.database.write { transaction in
            try TokenRows.add(
                token, named: name, permissions, of: userID, at: visit.now, until: visit.now + .days(days),
                in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .page(
            Page(
                template: "token-made", title: visit.say("tokens.made.title"), crumbs: crumbs(visit),
                content: ["token": .text(token), "name": .text(name)]))
    }

    private static func revoke(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID, visit.session != nil else { throw SiteProblem.forbidden }
        let tokenID = try visit.number("id")
        let entry = visit.entry("account.token-revoked", "token/\(tokenID)")
        try await visit.tools.database.write { transaction in
            try TokenRows.revoke(tokenID, of: userID, at: visit.now, in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .redirect("/account/tokens", say: "tokens.revoked")
    }

    /// Who a token acts for, and what it may.
    private static func tellOwn(_ visit: Visit) async throws -> Answer {
        .json(
            JSONWriter.object { json in
                json.field("user", visit.viewer.name)
                json.field("scope", visit.viewer.scope.kind.rawValue)
                json.array("permissions") { array in
                    visit.viewer.permissions.sorted().forEach { array.element($0.rawValue) }
                }
            })
    }
}
