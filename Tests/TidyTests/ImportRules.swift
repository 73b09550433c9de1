/// Which room may import what.
///
/// - Source: DESIGN section 1, the table of rooms.
enum ImportRules {
    private static let logging: Set = ["Logging"]

    /// Modules of ours and of others that a room may import beside Foundation, Glibc and Synchronization.
    private static func allowed(in room: String) -> Set<String>? {
        switch room {
        case "Shared/Contracts": return []
        case "Shared/Kafka": return logging.union(["CLibrdkafka"])
        case "Shared/Postgres": return logging.union(["CLibpq"])
        case "Shared/Barcodes": return ["CLibqrencode"]
        case "Shared/Spreadsheets": return ["CLibzip", "CXlsxwriter", "FoundationXML"]
        case "Shared/Privacy": return ["Contracts", "Crypto"]
        case "Shared/Pipeline":
            return logging.union([
                "Contracts", "Kafka", "Postgres", "Metrics", "CoreMetrics", "ServiceLifecycle", "UnixSignals",
            ])
        case "Shared/HTTPEdge":
            return logging.union(forEdges).union(["Pipeline", "Metrics", "ServiceLifecycle"])
        default:
            let parts = room.split(separator: "/").map(String.init)
            guard parts.count == 3, parts[0] == "Services" else { return nil }
            switch parts[2] {
            case "Domain": return ["Contracts"]
            case "Providers": return ["Contracts", "Crypto"]
            // Pages read tables and keep passwords, which no other edge does; plans are tried by commission's rules.
            case "Edge" where parts[1] == "Console":
                return logging.union(forEdges).union([
                    "Barcodes", "CZlib", "CommissionDomain", "ConsoleDomain", "Contracts", "Crypto", "CryptoExtras",
                    "HTTPEdge",
                    "Metrics", "Mustache",
                    "Pipeline", "Postgres", "ServiceLifecycle", "Spreadsheets",
                ])
            case "Edge":
                return logging.union(forEdges).union([
                    "Contracts", "Pipeline", "Crypto", "HTTPEdge", "\(parts[1])Providers",
                ])
            case "App" where deciding.contains(parts[1]):
                return [
                    "Contracts", "Pipeline", "Postgres", "Privacy", "Logging", "\(parts[1])Domain", "\(parts[1])Edge",
                    "\(parts[1])Providers",
                ]
            default: return nil
            }
        }
    }

    /// The services: they say nothing to Kafka but through the pipeline.
    private static let deciding: Set = ["Intake", "Inventory", "Fulfilment", "AfterSales", "Commission", "Console"]
    private static let system: Set = ["Foundation", "FoundationEssentials", "Glibc", "Synchronization"]
    /// Only one room may see each C library.
    private static let owners = [
        "CLibrdkafka": "Shared/Kafka", "CLibpq": "Shared/Postgres", "CXlsxwriter": "Shared/Spreadsheets",
        "CLibzip": "Shared/Spreadsheets", "CLibqrencode": "Shared/Barcodes",
        "CZlib": "Services/Console/Edge",
    ]

    /// Only executables that serve or call HTTP link a framework for it, and each in its edge alone.
    ///
    /// - Source: DESIGN section 6.
    private static let forEdges: Set = [
        "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore", "NIOHTTP1", "AsyncHTTPClient",
    ]

    static func complaints(_ file: SourceFile) -> [String] {
        file.imports.compactMap { number, module in
            if let owner = owners[module], owner != file.room { return "\(file.path):\(number): import \(module)" }
            if forEdges.contains(module), !file.path.hasPrefix("Tests/"), !file.room.hasSuffix("Edge") {
                return "\(file.path):\(number): import \(module)"
            }
            guard let allowed = allowed(in: file.room), !allowed.contains(module), !system.contains(module) else {
                return nil
            }
            return "\(file.path):\(number): import \(module)"
        }
    }
}
