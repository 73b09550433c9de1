import ConsoleDomain
import Contracts
import Postgres

/// One request in the hands of a page: who asks for what, and the tools to answer.
struct Visit: Sendable {
    let tools: SiteTools
    let viewer: Viewer
    /// Nil for somebody who is not signed in, and for a program with a token.
    let session: Session?
    let language: Language
    let theme: Theme
    let address: String
    let agent: String
    /// The machine's time.
    let now: Instant
    /// The mall's time: what orders, clocks and reports are compared with.
    let mallNow: Instant
    /// What its forms are bound to: a cookie's value.
    let formSecret: String
    /// What the page says on top: the key of a phrase.
    let flash: String?
    /// Cookies that go with whatever is answered.
    var cookies: [Cookie] = []
    let call: Call
    /// The values of the route's path.
    var path: [String: String] = [:]
    var query = FormFields()
    var form = FormFields()
    /// What stands at the side of its page.
    var queueCounts: [QueueCount] = []

    var formats: Formats { Formats(language, tools.calendar) }

    /// The viewer's part of the mall, for every question about the read tables.
    var scope: ScopeSQL { ScopeSQL(viewer.scope) }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        tools.phrases.text(key, language, values)
    }

    /// A value of the path that is a number of ours.
    ///
    /// - Throws: `SiteProblem.notFound` for any other text.
    func number(_ name: String) throws(SiteProblem) -> Int64 {
        guard let number = path[name].flatMap(Int64.init), number > 0 else { throw .notFound }
        return number
    }

    /// What the audit log says of something that this visit does.
    func entry(
        _ action: String, _ subject: String, before: [UInt8]? = nil, after: [UInt8]? = nil,
        outcome: AuditEntry.Outcome = .done, reason: String? = nil
    ) -> AuditEntry {
        AuditEntry(
            at: now, userID: viewer.userID, actor: viewer.name, address: address, action: action, subject: subject,
            before: before, after: after, outcome: outcome, reason: reason)
    }

    /// Puts down that personal data of a subject was looked at; to be called before it is shown.
    func noteLook(at subject: String) async throws {
        let entry = entry("personal.look", subject)
        try await tools.database.write { transaction in try AuditRows.add(entry, in: transaction) }
    }
}

/// What every page works with.
struct SiteTools: Sendable {
    let settings: ConsoleSettings
    let database: Database
    let phrases: Phrases
    let templates: Templates
    let assets: AssetShelf
    let navigation: [NavigationItem]
    let calendar: BusinessCalendar
    let clock: @Sendable () -> Instant
    let mallClock: @Sendable () -> Instant
    let passwords: PasswordDesk
    let commands: CommandDesk
    var live = LiveTools()
}
