import Contracts
public import Foundation
import FoundationNetworking
import Postgres
import Synchronization

/// A whole installation of its own: real executables on the run's PostgreSQL and broker, apart from all others by a
/// database and a topic prefix of its own.
///
/// Services that die are started again, as a supervisor would, until `stop`.
public final class Stack: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    public let databaseURL: String
    private let administratorURL: String
    private let database: String
    public let servers: String
    public let prefix: String
    private let processes = Mutex<[String: Process]>([:])
    private let isStopping = Atomic<Bool>(false)
    private let settings: [String: String]

    private static let products = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".build/debug")

    /// - Parameter settings: Of all services, beside those that every stack has.
    public init(settings: [String: String] = [:]) throws {
        self.settings = settings
        administratorURL = try Self.required("DATABASE_URL")
        servers = try Self.required("KAFKA_BOOTSTRAP_SERVERS")
        database = "e2e_\(UInt32.random(in: 0 ... .max))"
        prefix = "\(database.replacingOccurrences(of: "_", with: "-"))."
        guard let slash = administratorURL.lastIndex(of: "/") else { throw Failure(description: "DATABASE_URL") }
        databaseURL = administratorURL[...slash] + database
        try Connection(administratorURL).run(script: "CREATE DATABASE \(database)")
        try ops("migrate")
        try ops("topics", "apply")
        for service in Topic.services { try start(service) }
    }

    /// Runs `ops` to its end; answers what it printed.
    @discardableResult
    public func ops(_ arguments: String...) throws -> String {
        let output = Pipe()
        let process = try make("ops", arguments, url: databaseURL)
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description:
                    "ops \(arguments.joined(separator: " ")): \(String(decoding: text, as: UTF8.self).suffix(3000))")
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Runs `ops` to its end; answers its exit status and all it printed, complaints too.
    public func attempt(_ arguments: String...) throws -> (status: Int32, text: String) { try attempt(arguments) }

    public func attempt(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let output = Pipe()
        let process = try make("ops", arguments, url: databaseURL)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    /// Kills a service where it stands.
    public func kill(_ service: String) {
        guard let process = processes.withLock({ $0[service] }), process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
    }

    /// Waits until a service has put down that it runs.
    public func awaitStarted(_ service: String) throws {
        let connection = try Connection(databaseURL)
        let deadline = Date(timeIntervalSinceNow: 60)
        while try connection.query(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE $1 || '%'",
            Self.parameters("\(service) relay")
        ).isEmpty {
            guard Date() < deadline else { throw Failure(description: "\(service) does not start") }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private static func parameters(_ text: String) -> Parameters {
        var parameters = Parameters()
        parameters.append(text)
        return parameters
    }

    /// Asks a service to end; answers its exit status.
    public func terminate(_ service: String) -> Int32 {
        guard let process = processes.withLock({ $0.removeValue(forKey: service) }) else { return -1 }
        process.terminationHandler = nil
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    public func stop() throws {
        isStopping.store(true, ordering: .releasing)
        for service in Topic.services { _ = terminate(service) }
        try Connection(administratorURL).run(script: "DROP DATABASE \(database) WITH (FORCE)")
    }

    /// Starts a service, and again whenever it dies.
    public func start(_ service: String) throws {
        let role = service.replacingOccurrences(of: "-", with: "_")
        let process = try make(service, ["run"], url: url(asRole: role, Self.password))
        process.terminationHandler = { [weak self] _ in
            guard let self, !self.isStopping.load(ordering: .acquiring) else { return }
            // It cannot be reported from here; a service that stays away shows as a run that never comes to rest.
            try? self.start(service)
        }
        try process.run()
        processes.withLock { $0[service] = process }
    }

    public func url(asRole role: String, _ password: String) throws -> String {
        guard let scheme = databaseURL.range(of: "://"), let at = databaseURL.lastIndex(of: "@") else {
            throw Failure(description: "DATABASE_URL has no user")
        }
        return String(databaseURL[..<scheme.upperBound] + "\(role):\(password)" + databaseURL[at...])
    }

    private static let password = "end-to-end"
    public static let masterKey = "k1:\(Data(repeating: 7, count: 32).base64EncodedString())"

    private func make(_ product: String, _ arguments: [String], url: String) throws -> Process {
        let process = Process()
        process.executableURL = Self.program(product)
        process.arguments = arguments
        process.currentDirectoryURL = Self.root
        process.environment = environment(of: product, url: url)
        // Not the test's own output: a service that outlived a crashed test would hold it open.
        process.standardError = try log(of: product)
        if arguments == ["run"] { process.standardOutput = process.standardError }
        return process
    }

    public static let root = products.deletingLastPathComponent().deletingLastPathComponent()

    public static func program(_ product: String) -> URL { products.appendingPathComponent(product) }

    /// What `ops` has to know of this installation.
    public var operatorsEnvironment: [String: String] { environment(of: "ops", url: databaseURL) }

    private func environment(of product: String, url: String) -> [String: String] {
        var own = [
            "KAFKA_BOOTSTRAP_SERVERS": servers, "TOPIC_PREFIX": prefix, "DATABASE_URL": url,
            "SERVICE_PASSWORD": Self.password, "INSTANCE_ID": "\(product)-1", "HTTP_PORT": "0",
            "CLOCK_SHIFT_ALLOWED": "true", "LOG_LEVEL": "debug", "LOG_FORMAT": "text",
            "PARTIES_MASTER_KEY": Self.masterKey,
            // A crash says where.
            "SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no",
        ]
        // Stronger than what an installation of this checkout has left in `.run/env`.
        for service in Topic.services {
            own["\(service.uppercased().replacingOccurrences(of: "-", with: "_"))_PASSWORD"] = Self.password
        }
        own.merge(settings) { _, new in new }
        return ProcessInfo.processInfo.environment.merging(own) { _, new in new }
    }

    private static let logs = root.appendingPathComponent(".run/test/log")

    /// What each service has logged so far.
    public func logs() throws -> [(name: String, text: String)] {
        try Topic.services.map { service in
            let name = "\(prefix)\(service).log"
            return (name, try String(contentsOf: Self.logs.appendingPathComponent(name), encoding: .utf8))
        }
    }

    /// The last lines of a service's log, where a crash says what it was.
    public func end(of service: String) throws -> String {
        let text = try String(contentsOf: Self.logs.appendingPathComponent("\(prefix)\(service).log"), encoding: .utf8)
        return text.split(separator: "\n").suffix(60).joined(separator: "\n")
    }

    /// What each service that runs says of itself on `/metrics`.
    public func metrics() throws -> [(name: String, text: String)] {
        try logs().map { name, text in
            guard let said = text.matches(of: /http\.port=([0-9]+)/).last,
                let url = URL(string: "http://127.0.0.1:\(said.1)/metrics")
            else { throw NotListening(log: name) }
            return ("metrics of \(name)", try String(contentsOf: url, encoding: .utf8))
        }
    }

    struct NotListening: Error { let log: String }

    /// `.run/test/log/<prefix><product>.log`, written from its end on.
    private func log(of product: String) throws -> FileHandle {
        let folder = Self.logs
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("\(prefix)\(product).log")
        guard
            FileManager.default.fileExists(atPath: file.path)
                || FileManager.default.createFile(atPath: file.path, contents: nil)
        else { throw Failure(description: "\(file.path) cannot be made") }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        return handle
    }

    private static func required(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
            throw Failure(description: "\(name) is not set: run deploy/test")
        }
        return value
    }
}
