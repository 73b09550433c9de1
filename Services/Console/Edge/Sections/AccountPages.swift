import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// What everybody sets for themselves: the password, and where they are signed in.
enum AccountPages {
    static let section = SiteSection(
        routes: [
            .get("/account", .signedIn, show),
            .get("/account/password", .signedIn, showPassword), .post("/account/password", .signedIn, changePassword),
            .post("/account/sessions/{id}/end", .signedIn, endSession),
            .post("/account/sessions/end-others", .signedIn, endOthers),
        ] + FactorPages.routes + TokenPages.routes,
        templates: [
            "account": PackageResources.account_mustache, "password": PackageResources.password_mustache,
            "factor": PackageResources.factor_mustache, "factor-codes": PackageResources.factor_codes_mustache,
            "tokens": PackageResources.tokens_mustache, "token-made": PackageResources.token_made_mustache,
        ],
        phrases: [PackageResources.account_json])

    private static func show(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID else { throw SiteProblem.forbidden }
        let now = visit.now
        let (user, sessions) = try await visit.tools.database.read { connection in
            (
                try UserRows.find(userID, in: connection),
                try SessionRows.all(of: userID, at: now, in: connection)
            )
        }
        guard let user else { throw SiteProblem.notFound }
        return .page(
            Page(
                template: "account", title: visit.say("account.title"),
                content: [
                    "name": .text(user.name), "display-name": .text(user.displayName),
                    "roles": .text(AccessWords.roles(user.roles, visit)),
                    "scope": .text(AccessWords.scope(user.scope, visit)), "has-factor": .flag(user.hasFactor),
                    "sessions": .list(sessions.map { session($0, visit) }),
                    "has-others": .flag(sessions.count > 1),
                ]))
    }

    private static func session(_ session: OpenSession, _ visit: Visit) -> Content {
        [
            "id": "\(session.sessionID)", "address": .text(session.address), "agent": .text(session.agent),
            "since": .text(visit.formats.time(session.createdAt)), "seen": .text(visit.formats.time(session.seenAt)),
            "is-this": .flag(session.sessionID == visit.session?.sessionID),
        ]
    }

    private static func showPassword(_ visit: Visit) async throws -> Answer { .page(passwordForm(visit, [:])) }

    private static func passwordForm(_ visit: Visit, _ complaints: [String: String]) -> Page {
        Page(
            template: "password", title: visit.say("password.title"),
            crumbs: [Page.Crumb(visit.say("account.title"), "/account"), Page.Crumb(visit.say("password.title"))],
            content: [
                "user": .text(visit.viewer.name), "is-forced": .flag(visit.viewer.mustChangePassword),
                "minimum": "\(PasswordRule.minimumCharacters)",
                "current-fault": .text(complaints["current"].map { visit.say($0) }),
                "new-fault": .text(complaints["new"].map { visit.say($0) }),
                "again-fault": .text(complaints["again"].map { visit.say($0) }),
            ], status: complaints.isEmpty ? .ok : .unprocessableContent)
    }

    /// A new password ends every session, this one too, which goes on under a new token.
    private static func changePassword(_ visit: Visit) async throws -> Answer {
        let viewer = visit.viewer
        guard let userID = viewer.userID, visit.session != nil else { throw SiteProblem.forbidden }
        let (current, new) = (visit.form["current"] ?? "", visit.form["new"] ?? "")
        var complaints: [String: String] = [:]
        complaints["new"] = PasswordRule.complaint(about: new, user: viewer.name)
        if new != visit.form["again"] { complaints["again"] = "password.fault.differs" }
        guard complaints.isEmpty else { return .page(passwordForm(visit, complaints)) }
        guard try await isOwnPassword(current, visit) else {
            return .page(passwordForm(visit, ["current": "password.fault.wrong"]))
        }
        if new == current { return .page(passwordForm(visit, ["new": "password.fault.same"])) }
        let hash = try await visit.tools.passwords.hash(new)
        let entry = visit.entry("account.password", "user/\(viewer.name)")
        let token = try await visit.tools.database.write { transaction in
            try UserRows.setPassword(hash, mustChange: false, of: userID, in: transaction)
            try SessionRows.closeAll(of: userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
            return try SessionRows.open(user: userID, needsFactor: false, visit, in: transaction)
        }
        return Answer.redirect("/account", say: "password.changed").setting(LoginPages.sessionCookie(visit, token))
    }

    /// Asked again before something that somebody at a foreign keyboard must not do; guesses count as they do at the
    /// door.
    static func isOwnPassword(_ password: String, _ visit: Visit) async throws -> Bool {
        guard password.utf8.count <= PasswordRule.maximumBytes else { return false }
        let name = visit.viewer.name
        let door = LoginDoor.user(name)
        let now = visit.now
        let shut = try await visit.tools.database.write { try LoginDoor.knock([door], at: now, in: $0) }
        guard shut == nil else { return false }
        let found = try await visit.tools.database.read { try UserRows.credentials(name, in: $0) }
        guard try await visit.tools.passwords.matches(password, found?.passwordHash) else { return false }
        try await visit.tools.database.write { try door.takeBack(in: $0) }
        return true
    }

    private static func endSession(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID else { throw SiteProblem.forbidden }
        let sessionID = try visit.number("id")
        let entry = visit.entry("account.session-ended", "user/\(visit.viewer.name)")
        try await visit.tools.database.write { transaction in
            try SessionRows.close(sessionID, of: userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .redirect("/account", say: "account.session-ended")
    }

    private static func endOthers(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID else { throw SiteProblem.forbidden }
        let own = visit.session?.sessionID ?? 0
        let entry = visit.entry("account.session-ended", "user/\(visit.viewer.name)")
        try await visit.tools.database.write { transaction in
            try SessionRows.closeOthers(than: own, of: userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .redirect("/account", say: "account.session-ended")
    }
}
