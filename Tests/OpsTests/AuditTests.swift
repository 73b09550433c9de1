import Contracts
import Foundation
import Postgres
import Testing

@testable import Ops

@Suite("The audit", .serialized)
struct AuditTests {
    @Test func findsNothingInEmptySchemas() throws {
        try MigratedDatabase.with { connection in
            let findings = try Audit.run(connection)
            #expect(findings.count == AuditCheck.all.count)
            #expect(findings.allSatisfy { $0.violations == 0 })
        }
    }

    @Test func hasABadSampleForEachRule() {
        #expect(AuditSamples.all.map(\.title).sorted() == AuditCheck.all.map(\.title).sorted())
    }

    @Test func findsEachRuleBroken() throws {
        for sample in AuditSamples.all {
            try MigratedDatabase.with { connection in
                try connection.run(script: sample.script)
                let finding = try Audit.run(connection).first { $0.title == sample.title }
                #expect(finding?.invariant == sample.invariant)
                #expect((finding?.violations ?? 0) > 0, "\(sample.title)")
                #expect(finding?.examples.isEmpty == false, "\(sample.title)")
            }
        }
    }

    @Test func readsItsSummaryFromEmptySchemas() throws {
        try MigratedDatabase.with { connection in
            let summary = try Summary.read(connection)
            #expect(summary.lines.allSatisfy { $0.count == 0 })
        }
    }

    @Test(arguments: [(123_456, "1234.56"), (-5, "-0.05"), (0, "0.00")])
    func writesMoneyWithTwoPlaces(amount: Int64, text: String) {
        #expect(Summary.money(amount) == text)
    }
}

/// A database of one test with the schemas of all services, copied from one that is migrated once per run.
enum MigratedDatabase {
    struct Failure: Error, CustomStringConvertible { let description: String }

    static func with(_ body: (Connection) throws -> Void) throws {
        let administrator = try Connection(administratorURL())
        let name = "audit_\(UInt64.random(in: 0 ... .max))"
        try administrator.run(script: "CREATE DATABASE \(name) TEMPLATE \(try template.get())")
        let connection = try Connection(url(of: name))
        defer {
            connection.close()
            // A database that stays behind is dropped with the run's cluster.
            try? administrator.run(script: "DROP DATABASE \(name) WITH (FORCE)")
        }
        try body(connection)
    }

    private static let template = Result { () throws -> String in
        let name = "audit_template_\(UInt64.random(in: 0 ... .max))"
        try Connection(administratorURL()).run(script: "CREATE DATABASE \(name)")
        let products = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/debug")
        for service in Topic.services {
            let process = Process()
            process.executableURL = products.appending(path: service)
            process.arguments = ["migrate"]
            process.environment = ["MIGRATION_DATABASE_URL": try url(of: name), "SERVICE_PASSWORD": "end-to-end"]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw Failure(description: "\(service) does not migrate") }
        }
        return name
    }

    private static func administratorURL() throws -> String {
        guard let url = ProcessInfo.processInfo.environment["DATABASE_URL"], !url.isEmpty else {
            throw Failure(description: "DATABASE_URL is not set: run deploy/test")
        }
        return url
    }

    static func url(of database: String) throws -> String {
        let url = try administratorURL()
        guard let slash = url.lastIndex(of: "/") else { throw Failure(description: "DATABASE_URL names no database") }
        return url[...slash] + database
    }
}
