import ConsoleDomain
import Contracts
import HTTPTypes
import Logging
import Postgres

/// The whole site: takes a call, finds its page, and answers whatever happens.
final class Site: Sendable {
    let tools: SiteTools
    let routes: [Route]
    private let gate: Gate
    private let logger = Logger(label: "site")

    init(tools: SiteTools, routes: [Route]) {
        self.tools = tools
        self.routes = routes
        gate = Gate(tools: tools)
    }

    func answer(_ call: Call) async -> Reply {
        var reply = tools.assets.reply(call)
        if reply == nil { reply = await page(call) }
        guard var reply else { return Reply(.notFound) }
        reply.compress(for: call)
        SecurityHeaders.add(to: &reply, isSecure: tools.settings.isSecure)
        if call.method == .head { reply.body = .bytes([]) }
        return reply
    }

    /// The most bytes that a call may bring.
    func limit(_ method: HTTPRequest.Method, _ path: String) -> Int {
        guard method == .post else { return 0 }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return routes.first { $0.method == method && $0.path.match(parts) != nil }?.limit ?? 0
    }

    /// The answer to a call whose body is too large to be read.
    func tooLarge(_ call: Call) -> Reply {
        var reply = Layout.reply(.tooLarge, gate.stranger(call, at: tools.clock()))
        SecurityHeaders.add(to: &reply, isSecure: tools.settings.isSecure)
        return reply
    }

    func close() {
        tools.database.close()
        tools.passwords.close()
    }

    private func page(_ call: Call) async -> Reply {
        var visit = gate.stranger(call, at: tools.clock())
        do {
            visit = try await gate.visit(call)
            visit.query = try FormFields(urlEncoded: call.query)
            let route = try find(call, &visit)
            if let elsewhere = elsewhere(visit, route) { return Layout.reply(elsewhere, visit) }
            guard route.admits(visit.viewer) else {
                throw visit.viewer.isSignedIn ? SiteProblem.forbidden : SiteProblem.unauthorised
            }
            if !call.isSafe { try read(call, &visit) }
            let answer = try await route.handler(visit)
            visit.queueCounts = await queueCounts(answer, visit)
            return Layout.reply(answer, visit)
        } catch let problem as SiteProblem {
            return Layout.reply(problem, visit)
        } catch let error as PostgresError where error.isRetriable {
            logger.warning("database is away", metadata: ["error": "\(error)"])
            return Layout.reply(.unavailable, visit)
        } catch {
            logger.error("page failed", metadata: ["path": "\(call.path)", "error": "\(error)"])
            return Layout.reply(.failed, visit)
        }
    }

    private func queueCounts(_ answer: Answer, _ visit: Visit) async -> [QueueCount] {
        guard case .page = answer.kind, visit.viewer.isSignedIn, !visit.viewer.mustChangePassword else { return [] }
        // The page is there already: it is better without these numbers than not at all.
        return (try? await tools.live.counts.shown(tools.live.pageCountAge, for: visit)) ?? []
    }

    private func find(_ call: Call, _ visit: inout Visit) throws(SiteProblem) -> Route {
        let method = call.method == .head ? .get : call.method
        let parts = call.path.split(separator: "/", omittingEmptySubsequences: false)
        var isKnown = false
        for route in routes {
            guard let values = route.path.match(parts) else { continue }
            isKnown = true
            guard route.method == method else { continue }
            visit.path = values
            return route
        }
        throw isKnown ? .methodNotAllowed : .notFound
    }

    /// Where somebody has to go first: to sign in, to bring the second factor, to change the password.
    private func elsewhere(_ visit: Visit, _ route: Route) -> Answer? {
        if visit.viewer.isSignedIn {
            let isExempt = ["/account/password", "/logout", "/preferences"].contains(route.path.description)
            return visit.viewer.mustChangePassword && !isExempt ? .redirect("/account/password") : nil
        }
        if route.access == .anyone || visit.call.wantsJSON { return nil }
        if visit.session?.needsFactor == true { return .redirect("/login/code") }
        guard visit.call.isSafe, visit.call.path != "/" else { return .redirect("/login") }
        let target = visit.call.path + (visit.call.query.isEmpty ? "" : "?\(visit.call.query)")
        return .redirect("/login?next=\(PercentCoding.encoded(target))")
    }

    /// Reads the form of a call that changes something, and makes sure that it is one of ours.
    private func read(_ call: Call, _ visit: inout Visit) throws(SiteProblem) {
        let type = call.headers[.contentType] ?? ""
        if type.hasPrefix("application/x-www-form-urlencoded") {
            visit.form = try FormFields(urlEncoded: String(decoding: call.body, as: UTF8.self))
        } else if type.hasPrefix("multipart/form-data") {
            visit.form = try MultipartForm.read(call.body, type)
        } else if !call.body.isEmpty, !type.hasPrefix("application/json") {
            throw .badRequest
        }
        // A program that has a token was not led here by somebody else's page.
        if call.headers[.authorization] != nil { return }
        guard isFromHere(call), FormToken.matches(visit.form["csrf"] ?? call.headers[.formToken], visit.formSecret)
        else { throw .staleForm }
    }

    /// - Source: RFC 6454; Fetch Metadata. Old browsers send neither header, and have the form's token to show.
    private func isFromHere(_ call: Call) -> Bool {
        if call.headers[.fetchSite] == "cross-site" { return false }
        guard let origin = call.headers[.origin] else { return true }
        let own = tools.settings.baseURL
        if !own.isEmpty { return origin == own }
        return origin == "http://\(call.authority)"
    }
}

extension HTTPField.Name {
    static let formToken = Self.named("x-csrf-token")
    static let fetchSite = Self.named("sec-fetch-site")
    static let forwardedFor = Self.named("x-forwarded-for")

    /// A literal of this file: it is a field's name.
    private static func named(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("\(text) is no name of a field") }
        return name
    }
}
