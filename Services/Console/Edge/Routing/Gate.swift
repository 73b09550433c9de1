import ConsoleDomain
import Contracts
import HTTPTypes

/// Finds out who asks: by the cookie of a session, or by a token.
struct Gate: Sendable {
    let tools: SiteTools

    /// - Throws: `SiteProblem.unauthorised` for a token that does not count; outages of the database.
    func visit(_ call: Call) async throws -> Visit {
        let now = tools.clock()
        if let header = call.headers[.authorization] {
            let viewer = try await viewer(ofToken: header, at: now)
            return visit(call, now, viewer: viewer, session: nil, formSecret: "")
        }
        let token = call.cookie(tools.settings.sessionCookie)
        if let token, let known = try await session(token, at: now) {
            return visit(
                call, now, viewer: known.viewer, session: known.session, language: known.language,
                theme: known.theme, formSecret: token)
        }
        return stranger(call, at: now)
    }

    /// Somebody who is not signed in; also whoever asks while the database is away.
    func stranger(_ call: Call, at now: Instant) -> Visit {
        if let visitor = call.cookie(CookieName.visitor), visitor.utf8.count == 43 {
            return visit(call, now, viewer: .nobody, session: nil, formSecret: visitor)
        }
        let visitor = Secret.token()
        var visit = visit(call, now, viewer: .nobody, session: nil, formSecret: visitor)
        visit.cookies.append(Cookie(name: CookieName.visitor, value: visitor))
        return visit
    }

    private func visit(
        _ call: Call, _ now: Instant, viewer: Viewer, session: Session?, language: Language? = nil,
        theme: Theme? = nil, formSecret: String
    ) -> Visit {
        let flash = call.cookie(CookieName.flash).flatMap { tools.phrases.has($0) ? $0 : nil }
        return Visit(
            tools: tools, viewer: viewer, session: session,
            language: language ?? call.cookie(CookieName.language).flatMap(Language.init(rawValue:))
                ?? Language.preferred(call.headers[.acceptLanguage] ?? ""),
            theme: theme ?? call.cookie(CookieName.theme).flatMap(Theme.init(rawValue:)) ?? .auto,
            address: call.address, agent: call.headers[.userAgent] ?? "", now: now, mallNow: tools.mallClock(),
            formSecret: formSecret, flash: flash, call: call)
    }

    private func session(_ token: String, at now: Instant) async throws -> KnownSession? {
        let limits = tools.settings.sessions
        guard
            let known = try await tools.database.read({ connection in
                try SessionRows.find(token, at: now, limits, in: connection)
            })
        else { return nil }
        let session = known.session
        if now - session.seenAt >= SessionLimits.sight {
            try await tools.database.write { try SessionRows.see(session.sessionID, at: now, in: $0) }
        }
        return known
    }

    private func viewer(ofToken header: String, at now: Instant) async throws -> Viewer {
        guard header.hasPrefix("Bearer ") else { throw SiteProblem.unauthorised }
        let token = String(header.dropFirst(7)).trimmed
        let viewer = try await tools.database.write { try TokenRows.use(token, at: now, in: $0) }
        guard let viewer else { throw SiteProblem.unauthorised }
        return viewer
    }
}
