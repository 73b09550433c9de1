import Contracts
import Foundation
import HTTPEdge
public import Pipeline

/// The console's web pages.
///
/// - Source: issue "Console"; `README.md` of the service.
public struct ConsoleSite: ServiceEdge, CustomStringConvertible {
    private let settings: ConsoleSettings

    /// Where it listens; never the secrets of its settings.
    public var description: String { "site on \(settings.host):\(settings.port)" }

    /// Reads its settings; `nil` when it is off or `reader` has found defects.
    public init?(_ reader: inout SettingsReader) {
        guard let settings = ConsoleSettings(&reader) else { return nil }
        self.settings = settings
    }

    public func run(publisher: InboundPublisher, clock: any Clock, health: Health) async throws {
        let made = try SiteMaterial(SiteSections.all, settings)
        var builder = SiteBuilder(settings: settings, material: made, publish: { await publisher.publish($0) })
        builder.clock = { clock.machineNow }
        builder.mallClock = { clock.now }
        let site = builder.build()
        defer { site.close() }
        try await EdgeServer(host: settings.host, port: settings.port, prefix: "CONSOLE").run(
            ConsoleResponder(site: site, meter: EdgeMeter()), health: health)
    }
}

/// What pages are made of, read once: phrases, templates and files, the ways to them and how they are reached.
struct SiteMaterial: Sendable {
    let phrases: Phrases
    let templates: Templates
    let assets: AssetShelf
    let navigation: [NavigationItem]
    let routes: [Route]

    /// - Errors: `SiteDefect` for templates, phrases or files that do not fit together.
    init(_ sections: [SiteSection], _ settings: ConsoleSettings) throws {
        phrases = try Phrases(sections.flatMap(\.phrases))
        var texts: [String: [UInt8]] = [:]
        for section in sections {
            try texts.merge(section.templates) { _, _ in throw SiteDefect("two templates of one name") }
        }
        templates = try Templates(texts, phrases: phrases)
        var shelf = AssetShelf()
        shelf.add("bootstrap.min.css", try Self.file(settings.bootstrapFolder, "css/bootstrap.min.css"))
        shelf.add("chart.min.js", try Self.file(settings.chartFolder, "chart.min.js"))
        for section in sections {
            for (name, bytes) in section.assets { shelf.add(name, bytes) }
        }
        assets = shelf
        navigation = sections.flatMap(\.navigation)
        routes = sections.flatMap(\.routes)
    }

    private static func file(_ folder: String, _ name: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: folder).appending(path: name)))
        } catch {
            throw SiteDefect("\(folder)/\(name) cannot be read; install libjs-bootstrap5 and libjs-chart.js")
        }
    }
}

/// Puts a site together.
struct SiteBuilder {
    let settings: ConsoleSettings
    let material: SiteMaterial
    /// The machine's time: what sessions, tokens and the audit log count by.
    var clock: @Sendable () -> Instant = { SystemClock().machineNow }
    /// The mall's time, which demos move; nil when it is the machine's.
    var mallClock: (@Sendable () -> Instant)?
    /// Hands a command to the broker.
    let publish: @Sendable (OutsideMessage) async -> PublishOutcome

    init(
        settings: ConsoleSettings, material: SiteMaterial,
        publish: @escaping @Sendable (OutsideMessage) async -> PublishOutcome
    ) {
        self.settings = settings
        self.material = material
        self.publish = publish
    }

    func build() -> Site {
        let database = Database(url: settings.databaseURL, threads: settings.connections)
        let tools = SiteTools(
            settings: settings, database: database, phrases: material.phrases, templates: material.templates,
            assets: material.assets, navigation: material.navigation, calendar: settings.calendar, clock: clock,
            mallClock: mallClock ?? clock, passwords: PasswordDesk(cost: settings.passwordCost),
            commands: CommandDesk(database: database, publish: publish))
        return Site(tools: tools, routes: material.routes)
    }
}
