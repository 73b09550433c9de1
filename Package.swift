// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is built with.
let rules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// How executables are linked: relocations packed (DT_RELR, glibc 2.36), a megabyte less to read at every start.
let packed: [LinkerSetting] = [
    .unsafeFlags(["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"])
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
/// HTTP and cryptography for the executables that need them, and no other.
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

/// A shared room: a library target of the folder of its name.
func room(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Shared/\(name)", resources: resources, swiftSettings: rules)
}

/// A suite of tests: the folder of its name.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", resources: resources, swiftSettings: rules)
}

/// A service: its pure domain, its executable, and the tests of both.
///
/// - Parameters:
///   - name: The folder under `Services` and the executable's target.
///   - edge: The target of its HTTP edge, in the folder `Edge`.
///   - description: The edge's OpenAPI file.
///   - others: Folders of further targets.
///   - more: Further rooms that its executable needs.
///   - testing: What its executable's tests need beside them.
///   - fixtures: Reference values that the tests of its domain read.
func service(
    _ name: String, edge: Target.Dependency? = nil, description: String = "openapi.yaml", others: [String] = [],
    more: [Target.Dependency] = [], testing: [Target.Dependency] = [], fixtures: [Resource]? = nil
) -> [Target] {
    [
        .target(
            name: "\(name)Domain", dependencies: ["Contracts"], path: "Services/\(name)/Domain", swiftSettings: rules),
        .executableTarget(
            name: name,
            dependencies: [.target(name: "\(name)Domain"), "Contracts", "Pipeline", "Postgres"]
                + (edge.map { [$0] } ?? []) + more,
            path: "Services/\(name)",
            exclude: ["Domain", "README.md"] + others + (edge == nil ? [] : ["Edge", description]),
            sources: ["App"],
            resources: [.embedInCode("Schema")], swiftSettings: rules, linkerSettings: packed),
        tests(
            "\(name)DomainTests", [.target(name: "\(name)Domain"), "Contracts", "Support"], resources: fixtures),
        tests(
            "\(name)Tests",
            [.target(name: name), .target(name: "\(name)Domain"), "Contracts", "Pipeline", "Postgres", "Support"] + more
                + testing
        ),
    ]
}

let package = Package(
    name: "tributary",
    products: [
        .executable(name: "intake", targets: ["Intake"]),
        .executable(name: "inventory", targets: ["Inventory"]),
        .executable(name: "fulfilment", targets: ["Fulfilment"]),
        .executable(name: "after-sales", targets: ["AfterSales"]),
        .executable(name: "commission", targets: ["Commission"]),
        .executable(name: "console", targets: ["Console"]),
        .executable(name: "ops", targets: ["Ops"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibrdkafka", path: "Shared/CLibrdkafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]
        ),
        .systemLibrary(
            name: "CLibpq", path: "Shared/CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CZlib", path: "Shared/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CXlsxwriter", path: "Shared/CXlsxwriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(
            name: "CLibzip", path: "Shared/CLibzip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(
            name: "CLibqrencode", path: "Shared/CLibqrencode", pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]),
        room("Contracts", []),
        room("Kafka", ["CLibrdkafka", logging]),
        room("Postgres", ["CLibpq", logging]),
        room("Privacy", ["Contracts", crypto]),
        room("Spreadsheets", ["CLibzip", "CXlsxwriter"]),
        room("Barcodes", ["CLibqrencode"]),
        tests("BarcodesTests", ["Barcodes"]),
        tests("SpreadsheetsTests", ["Spreadsheets"], resources: [.copy("Fixtures")]),
        tests("PrivacyTests", ["Contracts", "Privacy", crypto]),
        room(
            "Pipeline",
            ["Contracts", "Kafka", "Postgres", logging, metrics, coreMetrics, lifecycle, unixSignals],
            resources: [.embedInCode("Schema")]),
        .target(
            name: "Support", dependencies: ["Contracts", "Kafka", "Pipeline", "Postgres"], path: "Tests/Support",
            swiftSettings: rules),
        tests("ContractsTests", ["Contracts", "Support"], resources: [.copy("Golden")]),
        .target(
            name: "EmbeddedBroker", dependencies: [logging], path: "Services/Ops/Broker", swiftSettings: rules),
        tests("EmbeddedBrokerTests", ["EmbeddedBroker"]),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Contracts", "IntakeDomain", "InventoryDomain", "Kafka", "Pipeline", "Postgres", "Support",
            ],
            path: "Tests/Benchmarks/Swift", swiftSettings: rules),
        .executableTarget(
            name: "BenchmarksInC", dependencies: ["CLibrdkafka", "CLibpq"], path: "Tests/Benchmarks/PlainC"),
        .executableTarget(
            name: "Ops",
            dependencies: [
                "AfterSalesDomain", "CommissionDomain", "ConsoleDomain", "ConsoleEdge", "Contracts", "EmbeddedBroker",
                "FulfilmentDomain", "FulfilmentEdge",
                "FulfilmentProviders", "IntakeDomain", "InventoryDomain", "Kafka", "Pipeline", "Postgres", "Privacy",
                "Spreadsheets", argumentParser, logging,
            ],
            path: "Services/Ops", exclude: ["Broker", "README.md"], sources: ["App"], swiftSettings: rules),
        tests(
            "OpsTests",
            [
                "CommissionDomain", "Contracts", "EmbeddedBroker", "Kafka", "Ops", "Pipeline", "Postgres",
                "Spreadsheets",
                "Support", "Intake", "Inventory", "Fulfilment", "AfterSales", "Commission",
            ], resources: [.copy("Oracles")]),
        room(
            "HTTPEdge",
            ["Pipeline", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, metrics, nioCore]),
        .target(
            name: "IntakeEdge",
            dependencies: [
                "Contracts", "HTTPEdge", "Pipeline", crypto, httpTypes, hummingbird, hummingbirdCore, logging, nioCore,
            ],
            path: "Services/Intake/Edge", swiftSettings: rules),
        tests(
            "IntakeEdgeTests",
            ["Contracts", "HTTPEdge", "IntakeEdge", "Kafka", "Pipeline", crypto, httpTypes, lifecycle, logging]),
        .target(
            name: "FulfilmentEdge",
            dependencies: [
                "Contracts", "FulfilmentProviders", "HTTPEdge", "Pipeline", crypto, httpClient, httpTypes, hummingbird,
                hummingbirdCore, logging, nioCore, nioHTTP1,
            ],
            path: "Services/Fulfilment/Edge", swiftSettings: rules),
        tests(
            "FulfilmentEdgeTests",
            ["Contracts", "FulfilmentEdge", "FulfilmentProviders", "HTTPEdge", "Pipeline", httpTypes]),
        .target(
            name: "FulfilmentProviders", dependencies: ["Contracts", crypto], path: "Services/Fulfilment/Providers",
            swiftSettings: rules),
        tests("FulfilmentProvidersTests", ["Contracts", "FulfilmentProviders"]),
        .target(
            name: "ConsoleEdge",
            dependencies: [
                "Barcodes", "CZlib", "CommissionDomain", "ConsoleDomain", "Contracts", "HTTPEdge", "Pipeline",
                "Postgres",
                "Spreadsheets", crypto,
                cryptoExtras, httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, metrics, mustache, nioCore,
            ],
            path: "Services/Console/Edge",
            resources: [.embedInCode("Pages"), .embedInCode("Assets"), .embedInCode("Phrases")], swiftSettings: rules),
        tests(
            "ConsoleEdgeTests",
            [
                "Barcodes", "Console", "ConsoleDomain", "ConsoleEdge", "Contracts", "HTTPEdge", "Pipeline", "Postgres",
                "Support", crypto, httpTypes, hummingbird, hummingbirdCore, logging, nioCore,
            ]),
        tests("KafkaTests", ["Kafka"]),
        tests("PostgresTests", ["Postgres"]),
        tests(
            "EndToEndTests",
            [
                "Contracts", "Kafka", "Pipeline", "Postgres", "Privacy", "Support", "Ops", "Intake", "Inventory",
                "Fulfilment", "AfterSales", "Commission", "Console",
            ]),
        .testTarget(
            name: "BrowserTests",
            dependencies: [
                "Postgres", "Support", "Ops", "Intake", "Inventory", "Fulfilment", "AfterSales", "Commission",
                "Console",
            ],
            path: "Tests/BrowserTests", exclude: ["Steps"], swiftSettings: rules),
        tests(
            "SimulationTests",
            [
                "Contracts", "Kafka", "Pipeline", "Support", "Ops", "Intake", "IntakeDomain", "Inventory",
                "InventoryDomain", "Fulfilment", "FulfilmentDomain", "AfterSales", "AfterSalesDomain", "Commission",
                "CommissionDomain", "Privacy",
            ]),
        tests("DeploymentTests", ["ConsoleEdge", "Contracts", "Intake", "IntakeEdge", "Pipeline"]),
        tests(
            "PipelineTests",
            ["Contracts", "Kafka", "Postgres", "Pipeline", "Support", coreMetrics, lifecycle, logging]),
        tests("TidyTests", ["Contracts"]),
    ] + service("Intake", edge: "IntakeEdge", more: ["Privacy"])
        + service("Inventory", fixtures: [.copy("Fixtures")])
        + service(
            "Fulfilment", edge: "FulfilmentEdge", others: ["Providers"], more: ["FulfilmentProviders", "Privacy"],
            testing: ["FulfilmentEdge", "Kafka", httpTypes, hummingbird, hummingbirdCore, logging, nioCore])
        + service("AfterSales")
        + service("Commission")
        + service("Console", edge: "ConsoleEdge", description: "openapi.json", testing: ["Kafka"])
)
