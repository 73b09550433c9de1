/// What `docker-compose config` understood of a file, as far as the rules look at it.
struct ComposeFile: Decodable, Sendable {
    var services: [String: Service]
    var secrets: [String: SecretFile]

    struct SecretFile: Decodable, Sendable {
        var file: String
    }

    struct Service: Decodable, Sendable {
        var build: Build?
        var image: String
        var command: [String]?
        var entrypoint: [String]?
        var environment: [String: String?]?
        var dependsOn: [String: Dependency]?
        var healthcheck: HealthCheck?
        var secrets: [SecretUse]?
        var profiles: [String]?
        var ports: [String]?
        var expose: [String]?
        var user: String?
        var readOnly: Bool?
        var restart: String?
        var tmpfs: [String]?
        var capDrop: [String]?
        var securityOpt: [String]?
        var stopGracePeriod: String?

        enum CodingKeys: String, CodingKey {
            case build, image, command, entrypoint, environment, healthcheck, secrets, profiles, ports, expose, user
            case restart, tmpfs
            case dependsOn = "depends_on"
            case readOnly = "read_only"
            case capDrop = "cap_drop"
            case securityOpt = "security_opt"
            case stopGracePeriod = "stop_grace_period"
        }

        /// The product of ours it runs; `nil` for the image of another project.
        var product: String? { build?.args["PRODUCT"] }
        /// Every variable with its value; one without a value counts as empty.
        var variables: [String: String] { (environment ?? [:]).mapValues { $0 ?? "" } }
        var secretNames: [String] { (secrets ?? []).map(\.source) }
    }

    struct Build: Decodable, Sendable {
        var context: String
        var dockerfile: String?
        var args: [String: String]
    }

    struct Dependency: Decodable, Sendable {
        var condition: String
    }

    struct HealthCheck: Decodable, Sendable {
        var test: [String]
    }

    struct SecretUse: Decodable, Sendable {
        var source: String
    }

    /// The containers that run products of ours, by name.
    var own: [(name: String, service: Service)] {
        services.filter { $0.value.product != nil }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
