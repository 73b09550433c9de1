import Barcodes
import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// The second factor: set up, shown once, taken away.
enum FactorPages {
    static let routes: [Route] = [
        .get("/account/factor", .signedIn, show), .post("/account/factor/begin", .signedIn, begin),
        .post("/account/factor/confirm", .signedIn, confirm), .post("/account/factor/remove", .signedIn, remove),
    ]

    private static func show(_ visit: Visit) async throws -> Answer { .page(try await form(visit)) }

    private static func form(_ visit: Visit, complaint: String? = nil) async throws -> Page {
        let name = visit.viewer.name
        let user = try await visit.tools.database.read { try UserRows.credentials(name, in: $0) }
        let isConfirmed = user?.isFactorConfirmed == true
        // Once it counts nobody sees its secret any more.
        let pending = isConfirmed ? nil : user?.factor
        let link = pending?.link(user: name)
        let picture = link.flatMap { QRCode($0) }
        return Page(
            template: "factor", title: visit.say("factor.title"), crumbs: crumbs(visit),
            content: [
                "is-on": .flag(isConfirmed), "is-pending": .flag(pending != nil), "secret": .text(pending?.groups),
                "link": .text(link), "has-picture": .flag(picture != nil), "picture": .text(picture?.path),
                "side": .text(picture.map { "\($0.side)" }), "complaint": .text(complaint.map { visit.say($0) }),
            ], status: complaint == nil ? .ok : .unprocessableContent)
    }

    private static func crumbs(_ visit: Visit) -> [Page.Crumb] {
        [Page.Crumb(visit.say("account.title"), "/account"), Page.Crumb(visit.say("factor.title"))]
    }

    private static func begin(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID, visit.session != nil else { throw SiteProblem.forbidden }
        guard try await AccountPages.isOwnPassword(visit.form["password"] ?? "", visit) else {
            return .page(try await form(visit, complaint: "password.fault.wrong"))
        }
        let factor = SecondFactor.make()
        try await visit.tools.database.write { try FactorRows.begin(factor, of: userID, in: $0) }
        return .redirect("/account/factor")
    }

    /// A right code turns it on; every other session ends, and this one goes on under a new token.
    private static func confirm(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID, visit.session != nil else { throw SiteProblem.forbidden }
        let code = (visit.form.text("code") ?? "").filter { !$0.isWhitespace }
        let codes = RecoveryCodes.make()
        let hashes = codes.map(RecoveryCodes.hash)
        let entry = visit.entry("account.factor-on", "user/\(visit.viewer.name)")
        let token = try await visit.tools.database.write { transaction -> String? in
            guard let user = try UserRows.credentials(userID, in: transaction), !user.isFactorConfirmed,
                let step = user.factor?.step(of: code, at: visit.now, after: nil)
            else { return nil }
            try FactorRows.confirm(userID, step: step, codes: hashes, at: visit.now, in: transaction)
            try SessionRows.closeAll(of: userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
            return try SessionRows.open(user: userID, needsFactor: false, visit, in: transaction)
        }
        guard let token else { return .page(try await form(visit, complaint: "factor.fault.code")) }
        return Answer.page(
            Page(
                template: "factor-codes", title: visit.say("factor.codes.title"), crumbs: crumbs(visit),
                content: ["codes": .list(codes.map { ["code": .text($0)] })])
        ).setting(LoginPages.sessionCookie(visit, token))
    }

    private static func remove(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID, visit.session != nil else { throw SiteProblem.forbidden }
        guard try await AccountPages.isOwnPassword(visit.form["password"] ?? "", visit) else {
            return .page(try await form(visit, complaint: "password.fault.wrong"))
        }
        let entry = visit.entry("account.factor-off", "user/\(visit.viewer.name)")
        try await visit.tools.database.write { transaction in
            try FactorRows.remove(userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .redirect("/account", say: "factor.off")
    }
}
