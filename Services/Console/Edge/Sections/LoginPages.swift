import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// Signing in and out.
enum LoginPages {
    static let section = SiteSection(
        routes: [
            .get("/login", .anyone, show), .post("/login", .anyone, signIn),
            .get("/login/code", .anyone, showCode), .post("/login/code", .anyone, bringCode),
            .post("/logout", .anyone, signOut),
        ],
        templates: [
            "login": PackageResources.login_mustache, "login-code": PackageResources.login_code_mustache,
        ],
        phrases: [PackageResources.login_json])

    private static func show(_ visit: Visit) async throws -> Answer {
        if visit.viewer.isSignedIn { return .redirect("/") }
        return .page(form(visit, next: visit.query["next"]))
    }

    private static func form(
        _ visit: Visit, next: String?, user: String? = nil, complaint: String? = nil
    ) -> Page {
        Page(
            template: "login", title: visit.say("login.title"),
            content: ["next": .text(LocalPath.checked(next)), "user": .text(user), "complaint": .text(complaint)],
            status: complaint == nil ? .ok : .unprocessableContent)
    }

    private static func signIn(_ visit: Visit) async throws -> Answer {
        let name = String((visit.form.text("user") ?? "").prefix(64))
        let password = visit.form["password"] ?? ""
        let next = LocalPath.checked(visit.form["next"])
        func refused(_ complaint: String) -> Answer {
            .page(form(visit, next: next, user: name, complaint: complaint))
        }
        guard password.utf8.count <= PasswordRule.maximumBytes else { return refused(visit.say("login.wrong")) }
        let doors = [LoginDoor.user(name), LoginDoor.address(visit.address)]
        let now = visit.now
        if let end = try await visit.tools.database.write({ try LoginDoor.knock(doors, at: now, in: $0) }) {
            try await note(visit, name, reason: "locked")
            return refused(visit.say("login.locked", ["time": visit.formats.time(end)]))
        }
        let found = try await visit.tools.database.read { try UserRows.credentials(name, in: $0) }
        guard try await visit.tools.passwords.matches(password, found?.passwordHash), let found else {
            try await note(visit, name, reason: "wrong")
            return refused(visit.say("login.wrong"))
        }
        return try await open(found, visit, next: next)
    }

    /// Every sign-in has a new session; the one that the browser came with ends.
    private static func open(_ user: Credentials, _ visit: Visit, next: String) async throws -> Answer {
        let needsFactor = user.isFactorConfirmed
        let entry = entry(visit, user.userID, user.name, "login.password")
        let token = try await visit.tools.database.write { transaction in
            try LoginDoor.user(user.name).forget(in: transaction)
            try LoginDoor.address(visit.address).takeBack(in: transaction)
            try end(visit.session, in: transaction)
            try SessionRows.sweep(at: visit.now, in: transaction)
            try AuditRows.add(entry, in: transaction)
            return try SessionRows.open(user: user.userID, needsFactor: needsFactor, visit, in: transaction)
        }
        let path = needsFactor ? "/login/code?next=\(PercentCoding.encoded(next))" : next
        return Answer.redirect(path).setting(sessionCookie(visit, token))
    }

    private static func showCode(_ visit: Visit) async throws -> Answer {
        guard visit.session?.needsFactor == true else { return .redirect("/") }
        return .page(codeForm(visit, next: visit.query["next"]))
    }

    private static func codeForm(_ visit: Visit, next: String?, complaint: String? = nil) -> Page {
        Page(
            template: "login-code", title: visit.say("login.code.title"),
            content: ["next": .text(LocalPath.checked(next)), "complaint": .text(complaint)],
            status: complaint == nil ? .ok : .unprocessableContent)
    }

    private static func bringCode(_ visit: Visit) async throws -> Answer {
        guard let session = visit.session, session.needsFactor else { return .redirect("/login") }
        let next = LocalPath.checked(visit.form["next"])
        let code = (visit.form.text("code") ?? "").filter { !$0.isWhitespace }
        let door = LoginDoor.factor(session.userID)
        let now = visit.now
        if let end = try await visit.tools.database.write({ try LoginDoor.knock([door], at: now, in: $0) }) {
            return .page(
                codeForm(
                    visit, next: next, complaint: visit.say("login.locked", ["time": visit.formats.time(end)])))
        }
        let token = try await visit.tools.database.write { transaction -> String? in
            guard try takes(code, session, at: now, in: transaction) else { return nil }
            try door.forget(in: transaction)
            try end(session, in: transaction)
            return try SessionRows.open(user: session.userID, needsFactor: false, visit, in: transaction)
        }
        guard let token else {
            try await note(visit, "user-\(session.userID)", reason: "code")
            return .page(codeForm(visit, next: next, complaint: visit.say("login.code.wrong")))
        }
        return Answer.redirect(next).setting(sessionCookie(visit, token))
    }

    /// Uses up a code of the second factor, or one that stands in for it.
    private static func takes(
        _ code: String, _ session: Session, at now: Instant, in transaction: borrowing Transaction
    ) throws -> Bool {
        guard let user = try UserRows.credentials(session.userID, in: transaction), let factor = user.factor else {
            return false
        }
        if let step = factor.step(of: code, at: now, after: user.lastStep) {
            return try FactorRows.use(step, of: user.userID, in: transaction)
        }
        return try FactorRows.useRecovery(RecoveryCodes.hash(code), of: user.userID, in: transaction)
    }

    private static func signOut(_ visit: Visit) async throws -> Answer {
        let session = visit.session
        try await visit.tools.database.write { try end(session, in: $0) }
        return Answer.redirect("/login", say: "login.signed-out")
            .setting(Cookie(name: visit.tools.settings.sessionCookie, value: "", seconds: 0))
    }

    static func sessionCookie(_ visit: Visit, _ token: String) -> Cookie {
        Cookie(name: visit.tools.settings.sessionCookie, value: token)
    }

    private static func end(_ session: Session?, in transaction: borrowing Transaction) throws {
        guard let session else { return }
        try SessionRows.close(session.sessionID, of: session.userID, in: transaction)
    }

    private static func entry(_ visit: Visit, _ userID: Int64?, _ name: String, _ action: String) -> AuditEntry {
        AuditEntry(
            at: visit.now, userID: userID, actor: name, address: visit.address, action: action,
            subject: "user/\(name)", before: nil, after: nil, outcome: .done, reason: nil)
    }

    /// What was typed as a name may be a password: it is kept only when it is somebody's name.
    private static func note(_ visit: Visit, _ name: String, reason: String) async throws {
        let now = visit.now
        let address = visit.address
        try await visit.tools.database.write { transaction in
            let known = try UserRows.isName(name, in: transaction) ? name.lowercased() : "?"
            let entry = AuditEntry(
                at: now, userID: nil, actor: known, address: address, action: "login", subject: "user/\(known)",
                before: nil, after: nil, outcome: .refused, reason: reason)
            try AuditRows.add(entry, in: transaction)
        }
    }
}
