import Contracts
import Postgres

/// The administrator's connections, which read the schemas of all services.
struct Administrator {
    private let url: String

    init(_ environment: OpsEnvironment) throws {
        url = try environment.required("DATABASE_URL")
    }

    /// - Parameter service: Whose schema unqualified names are looked up in; nil leaves the default.
    func connect(_ service: String? = nil) throws -> Connection {
        var parameters = ["application_name": "ops"]
        if let service { parameters["options"] = "-c search_path=\(ServiceName.schema(service))" }
        return try Connection(url, parameters: parameters)
    }
}
