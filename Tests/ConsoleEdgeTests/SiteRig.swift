import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Support
import Synchronization

@testable import Console
@testable import ConsoleEdge

/// The whole site in process, over a schema of its own, with a broker that only takes notes.
final class SiteRig: Sendable {
    /// 2026-11-18 06:26:40 UTC.
    static let start = Instant(milliseconds: 1_794_983_200_000)

    let site: Site
    private let database: TestDatabase
    private let notes: Notes

    private init(
        _ database: TestDatabase, _ sections: [SiteSection]?, _ environment: [String: String]
    ) throws {
        self.database = database
        var variables = [
            "CONSOLE_PORT": "1", "DATABASE_URL": database.url, "CONSOLE_PASSWORD_COST": "10",
            "CONSOLE_CONNECTIONS": "2",
        ]
        variables.merge(environment) { _, own in own }
        var reader = SettingsReader(variables)
        guard let settings = ConsoleSettings(&reader) else {
            throw SiteDefect(reader.defects.joined(separator: "\n"))
        }
        let notes = Notes()
        self.notes = notes
        let material = try sections.map { try SiteMaterial($0, settings) } ?? Self.material.get()
        var builder = SiteBuilder(settings: settings, material: material) { notes.take($0) }
        builder.clock = { notes.now }
        site = builder.build()
    }

    /// Of the whole site: to read it takes longer than most tests.
    static let material = Result { () throws -> SiteMaterial in
        var reader = SettingsReader(["CONSOLE_PORT": "1", "DATABASE_URL": "postgresql://127.0.0.1/none"])
        guard let settings = ConsoleSettings(&reader) else {
            throw SiteDefect(reader.defects.joined(separator: "\n"))
        }
        return try SiteMaterial(SiteSections.all, settings)
    }

    /// Runs a test with a site of its own.
    ///
    /// - Parameters:
    ///   - sections: All of them when nil.
    ///   - environment: Settings beside those of the rig.
    static func with(
        sections: [SiteSection]? = nil, environment: [String: String] = [:],
        _ body: (SiteRig) async throws -> Void
    ) async throws {
        await places.take()
        defer { places.give() }
        let database = try databases.take()
        defer { databases.give(database) }
        let rig = try SiteRig(database, sections, environment)
        defer { rig.site.close() }
        try await body(rig)
    }

    static let places = Places(6)
    static let databases = SiteDatabases()

    /// The site's time; set by hand.
    var now: Instant {
        get { notes.now }
        set { notes.now = newValue }
    }

    func wait(_ duration: Duration) { now = now + duration }

    /// What was published.
    var sent: [OutsideMessage] { notes.messages }

    /// What the broker says to everything from now on.
    func answer(_ outcome: PublishOutcome) { notes.outcome = outcome }

    /// A connection of the administrator, for rows that no page writes.
    func connect() throws -> Connection {
        try Connection(database.administratorURL, parameters: ["options": "-c search_path=\(database.name)"])
    }

    /// Runs statements as the administrator.
    func run(_ script: String) throws {
        let connection = try connect()
        defer { connection.close() }
        try connection.run(script: script)
    }

    /// One number of a query.
    func number(_ sql: SQL) throws -> Int64 {
        let connection = try connect()
        defer { connection.close() }
        return try connection.rows(sql)[0].int64(0)
    }

    /// One text of a query; nil when there is no row.
    func text(_ sql: SQL) throws -> String? {
        let connection = try connect()
        defer { connection.close() }
        return try connection.rows(sql).first?.textOrNil(0)
    }

    static let password = "correct horse battery"
    private static let passwordHash = Result { try PasswordHash(of: password, cost: 10).text }

    /// Makes a user who signs in with `password`.
    @discardableResult
    func addUser(
        _ name: String, roles: [String], scope: DataScope = .all, displayName: String? = nil, mustChange: Bool = false
    ) async throws -> Int64 {
        let hash = try Self.passwordHash.get()
        return try await site.tools.database.write { transaction in
            try UserRows.add(
                name, displayName ?? name, passwordHash: hash, mustChange: mustChange, roles: roles, scope,
                in: transaction)
        }
    }

    /// A browser in which a new user of a ready role has signed in.
    ///
    /// - Parameter scope: As the role needs it when nil: a distributor is the member `M1`.
    func signIn(_ role: ReadyRole, name: String? = nil, scope: DataScope? = nil) async throws -> Browser {
        let name = name ?? "\(role.rawValue)-\(Int.random(in: 1...1_000_000_000))"
        let own: DataScope = role == .distributor ? .own("M1") : .all
        try await addUser(name, roles: [role.rawValue], scope: scope ?? own)
        let browser = Browser(site)
        try await browser.signIn(name)
        return browser
    }
}

/// So many sites stand at once: each has threads, connections and a schema of its own. Tests start all together.
final class Places: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: count)) }

    func take() async {
        await withCheckedContinuation { (place: CheckedContinuation<Void, Never>) in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(place)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { place.resume() }
        }
    }

    /// Whoever waits longest comes next.
    func give() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}

/// Schemas that one site leaves to the next, emptied: to make the console's tables takes longer than most tests. What
/// remains at the end goes with the run's PostgreSQL.
final class SiteDatabases: Sendable {
    private let free = Mutex<[TestDatabase]>([])

    func take() throws -> TestDatabase {
        try free.withLock { $0.popLast() } ?? TestDatabase(ConsoleTables.migrations)
    }

    func give(_ database: TestDatabase) {
        do {
            try database.empty()
            free.withLock { $0.append(database) }
        } catch {
            database.drop()
        }
    }
}

/// What the rig's clock and broker know.
private final class Notes: Sendable {
    private struct State {
        var now = SiteRig.start
        var messages: [OutsideMessage] = []
        var outcome = PublishOutcome.acknowledged
    }

    private let state = Mutex(State())

    var now: Instant {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }

    var messages: [OutsideMessage] { state.withLock { $0.messages } }

    var outcome: PublishOutcome {
        get { state.withLock { $0.outcome } }
        set { state.withLock { $0.outcome = newValue } }
    }

    func take(_ message: OutsideMessage) -> PublishOutcome {
        state.withLock { state in
            if state.outcome == .acknowledged { state.messages.append(message) }
            return state.outcome
        }
    }
}
