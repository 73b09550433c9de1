import Foundation
import Testing

@testable import EmbeddedBroker

/// Where the broker's program is: `NOIDA_BINARY`, else the virtual environment that `deploy/up` makes.
enum NoidaBinary {
    struct Missing: Error, CustomStringConvertible {
        let description = "no noida-db: set NOIDA_BINARY, or install noida-db 0.2.3 into .run/broker with pip"
    }

    static func path() throws -> String {
        if let path = ProcessInfo.processInfo.environment["NOIDA_BINARY"] { return path }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let library = root.appending(path: ".run/broker/lib").path()
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []  // Absent counts as empty.
        let paths = versions.map { "\(library)/\($0)/site-packages/noida_db/noida-db" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else { throw Missing() }
        return path
    }
}

/// Lends a data directory of its own and removes it.
func withDataDirectory(_ body: (String) throws -> Void) throws {
    let directory = "\(NSTemporaryDirectory())/tributary-broker-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }  // Left-overs in /tmp harm nobody.
    try body(directory)
}

/// Lends a broker of its own with its front, and stops it.
func withBroker(_ body: (EmbeddedBroker) throws -> Void) throws {
    try withDataDirectory { directory in
        let settings = EmbeddedBroker.Settings(
            port: 0, dataDirectory: directory, noidaExecutable: try NoidaBinary.path())
        let broker = try EmbeddedBroker(settings)
        try broker.start()
        defer { broker.stop() }
        try body(broker)
    }
}

/// Waits for a condition, at most ten seconds.
func wait(until condition: () -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition() {
        try #require(ContinuousClock.now < deadline, "the condition never came true")
        poll(nil, 0, 5)
    }
}
