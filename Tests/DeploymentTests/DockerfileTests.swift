import Foundation
import Testing

@Suite("deploy/Dockerfile")
struct DockerfileTests {
    @Test func buildsEveryProductOfComposeAndNoOther() throws {
        let products = try #require(try Self.text().firstMatch(of: #/ARG PRODUCTS="([^"]+)"/#)).1.split(separator: " ")
        let used = try ComposeTests.file.get().own.compactMap(\.service.product)
        #expect(Set(products.map(String.init)) == Set(used))
    }

    @Test(
        "stands in the file",
        arguments: [
            "FROM swift:6.3-bookworm AS builder", "FROM debian:bookworm-slim", "USER 10001:10001",
            "ENTRYPOINT [\"/usr/local/bin/product\"]", "librdkafka1", "libpq5", "libxlsxwriter4", "libzip4",
            "libqrencode4",
            "ca-certificates",
            "tzdata",
            "--static-swift-stdlib",
        ])
    func standsInTheFile(_ words: String) throws {
        #expect(try Self.text().contains(words))
    }

    /// Both stages are Debian 12: another release has another libpq and librdkafka.
    @Test func stagesAreOfOneRelease() throws {
        let images = try Self.text().matches(of: #/FROM (\S+)/#).map { String($0.1) }
        #expect(images.count == 2)
        #expect(images.allSatisfy { $0.contains("bookworm") })
    }

    @Test("is seen by the build", arguments: ["Package.swift", "Shared", "Services", "Tests", "deploy/kafka"])
    func isSeenByTheBuild(_ path: String) throws {
        #expect(!(try Self.ignored()).contains { $0 == path || path.hasPrefix("\($0)/") })
    }

    @Test("is hidden from the build", arguments: [".git", ".build", ".run"])
    func isHiddenFromTheBuild(_ path: String) throws {
        #expect(try Self.ignored().contains(path))
    }

    private static func text() throws -> String { try CodeFacts.text("deploy/Dockerfile") }

    private static func ignored() throws -> [String] {
        try CodeFacts.text(".dockerignore").split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }
}
