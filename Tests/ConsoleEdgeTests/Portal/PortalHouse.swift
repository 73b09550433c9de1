import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Support
import Synchronization

@testable import Console
@testable import ConsoleEdge

/// A site of its own over read tables that are filled by facts, as the service fills them.
final class PortalHouse {
    /// What the site has handed to the broker.
    final class Post: Sendable {
        private let kept = Mutex<[OutsideMessage]>([])
        var messages: [OutsideMessage] { kept.withLock { $0 } }
        func keep(_ message: OutsideMessage) { kept.withLock { $0.append(message) } }
    }

    let database: TestDatabase
    let connection: Connection
    let site: Site
    let post = Post()
    private let harness = ServiceHarness(ConsoleHandler(calendar: .shanghai))
    static let now: Instant = .sample + .days(2)

    private init(_ database: TestDatabase) throws {
        self.database = database
        connection = try database.connect()
        var reader = SettingsReader([
            "CONSOLE_PORT": "1", "DATABASE_URL": database.url, "CONSOLE_PASSWORD_COST": "10",
            "CONSOLE_CONNECTIONS": "1", "CONSOLE_SHARE_URL": "https://mall.example.com/?from={memberId}",
        ])
        guard let settings = ConsoleSettings(&reader) else { preconditionFailure("\(reader.defects)") }
        var builder = SiteBuilder(settings: settings, material: try SiteRig.material.get()) { [post] message in
            post.keep(message)
            return .acknowledged
        }
        builder.clock = { Self.now }
        site = builder.build()
    }

    static func with(_ body: (PortalHouse) async throws -> Void) async throws {
        await SiteRig.places.take()
        defer { SiteRig.places.give() }
        let database = try SiteRig.databases.take()
        defer { SiteRig.databases.give(database) }
        let house = try PortalHouse(database)
        defer {
            house.site.close()
            house.connection.close()
        }
        try await body(house)
    }

    /// Brings facts and reference data into the tables.
    func tell(_ facts: any Fact..., members: [DistributionMember] = [], plans: [DistributionPlan] = []) throws {
        for member in members { harness.publish(member, on: .distributionMembers, key: member.memberID) }
        for plan in plans { harness.publish(plan, on: .distributionPlans, key: plan.planID) }
        for fact in facts { harness.publish(fact, id: "\(fact.topic)/\(fact.key)/\(fact.version)") }
        let references = lane(ConsoleHandler.referenceTopics, "reference")
        let lane = lane(ConsoleHandler.topics, "lane")
        for _ in 0..<100 {
            if try (references.step() + lane.step()).isIdle { return }
        }
        preconditionFailure("the tables do not come to rest")
    }

    private func lane(_ topics: [Topic], _ group: String) -> Lane<
        ConsoleHandler, PostgresStore<ConsoleTables>, MemorySource
    > {
        var options = LaneOptions()
        options.readsTimers = false
        return Lane(
            handler: ConsoleHandler(calendar: .shanghai),
            store: PostgresStore(url: database.url, service: "console", tables: ConsoleTables()),
            source: MemorySource(harness.broker, group: group, topics: topics.map(\.name)), clock: harness.clock,
            options: options)
    }

    /// Somebody with a role, in a browser that has signed in.
    func browser(_ role: ReadyRole, _ scope: DataScope) throws -> Browser {
        let token = Secret.token()
        let line = scope.kind == .downline ? "-line" : ""
        let name = "\(role.rawValue)-\(scope.values.joined().lowercased())\(line)"
        try connection.rows(
            """
            WITH person AS (
                INSERT INTO users (name, display_name, password_hash, scope_kind, scope_values, language)
                VALUES (\(name), \(name), 'none', \(scope.kind.rawValue), \(scope.values), 'zh') RETURNING user_id
            ), part AS (INSERT INTO user_roles (user_id, role) SELECT user_id, \(role.rawValue) FROM person)
            INSERT INTO sessions (token_hash, user_id, needs_factor, created_at, seen_at, ends_at, address, agent)
            SELECT \(Secret.hash(token)), user_id, FALSE, \(Self.now), \(Self.now), \(Self.now + .hours(1)), '', ''
            FROM person
            """)
        return Browser(site: site, token: token)
    }

    struct Browser {
        let site: Site
        let token: String

        func get(_ path: String) async -> Reply { await call(.get, path) }

        func post(_ path: String, _ form: [String: String]) async -> Reply {
            let fields = form.merging(["csrf": FormToken.make(for: token)]) { own, _ in own }
            let body = fields.map { "\($0.key)=\(PercentCoding.encoded($0.value))" }.joined(separator: "&")
            return await call(.post, path, Array(body.utf8))
        }

        func call(
            _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = [], more: HTTPFields = [:]
        ) async -> Reply {
            var headers = more
            headers[.cookie] = "\(CookieName.session)=\(token)"
            if method == .post { headers[.contentType] = "application/x-www-form-urlencoded" }
            return await site.answer(
                Call(method, path, headers: headers, authority: "localhost", body: body, address: "127.0.0.1"))
        }
    }
}
