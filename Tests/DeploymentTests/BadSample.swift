import Testing

/// A change that makes docker-compose.yml wrong, and the rule that has to notice.
struct BadSample: Sendable, CustomTestStringConvertible {
    let rule: ComposeRule
    let testDescription: String
    private let change: @Sendable (inout ComposeFile.Service) -> Void
    private let service: String

    private init(
        _ rule: ComposeRule, _ what: String, of service: String = "intake",
        _ change: @escaping @Sendable (inout ComposeFile.Service) -> Void
    ) {
        self.rule = rule
        self.service = service
        self.change = change
        testDescription = "\(rule.rawValue): \(service) \(what)"
    }

    func spoil(_ file: inout ComposeFile) throws {
        var spoiled = try #require(file.services[service])
        change(&spoiled)
        file.services[service] = spoiled
    }

    static let all: [BadSample] = [
        BadSample(.everyServiceStands, "runs another product") { $0.build?.args["PRODUCT"] = "inventory" },
        BadSample(.productsExist, "runs a product nobody builds") { $0.build?.args["PRODUCT"] = "intak" },
        BadSample(.productsExist, "has another's image") { $0.image = "tributary/inventory:local" },
        BadSample(.productsExist, "has another build") { $0.build?.dockerfile = nil },
        BadSample(.variablesAreKnown, "has a misspelt variable") { $0.environment?["KAFKA_BOOTSTRAP"] = "kafka:9092" },
        BadSample(.variablesAreKnown, "has an edge", of: "inventory") { $0.environment?["EDGE_PORT"] = "8090" },
        BadSample(.variablesAreKnown, "has the prefix alone") { $0.environment?["KAFKA_CONFIG_"] = "" },
        BadSample(.variablesAreKnown, "has the administrator's variable") {
            $0.environment?["MIGRATION_DATABASE_URL_FILE"] = "/run/secrets/administrator-url"
        },
        BadSample(.variablesAreKnown, "has an unknown password", of: "migrate") {
            $0.environment?["AFTERSALES_PASSWORD_FILE"] = "/run/secrets/after-sales-password"
        },
        BadSample(.settingsAreInOrder, "has a word as its port") { $0.environment?["HTTP_PORT"] = "http" },
        BadSample(.settingsAreInOrder, "has a name to listen on") { $0.environment?["HTTP_HOST"] = "localhost" },
        BadSample(.settingsAreInOrder, "has a word as its edge's port") { $0.environment?["EDGE_PORT"] = "edge" },
        BadSample(.settingsAreInOrder, "lets nobody in") { $0.environment?["EDGE_CHANNELS_FILE"] = nil },
        BadSample(.settingsAreInOrder, "has no database") { $0.environment?["DATABASE_URL_FILE"] = nil },
        BadSample(.commandsExist, "gets an unknown command") { $0.command = ["serve"] },
        BadSample(.commandsExist, "gets an unknown command", of: "topics") { $0.command = ["topics", "create-all"] },
        BadSample(.commandsExist, "starts something else") { $0.entrypoint = ["sh"] },
        BadSample(.healthIsAsked, "is asked by curl") { $0.healthcheck?.test = ["CMD", "curl", "health"] },
        BadSample(.healthIsAsked, "is asked by an unknown command") {
            $0.healthcheck?.test = ["CMD", "product", "ready"]
        },
        BadSample(.healthIsAsked, "is not asked") { $0.healthcheck = nil },
        BadSample(.healthIsAsked, "listens on loopback") { $0.environment?["HTTP_HOST"] = "127.0.0.1" },
        BadSample(.healthIsAsked, "exposes another port") { $0.expose = ["9000"] },
        BadSample(.healthIsAsked, "is not asked", of: "kafka") { $0.healthcheck = nil },
        BadSample(.healthIsAsked, "is not asked", of: "postgres") { $0.healthcheck = nil },
        BadSample(.startIsOrdered, "does not wait for the schema") { $0.dependsOn?["migrate"] = nil },
        BadSample(.startIsOrdered, "starts when topics start") {
            $0.dependsOn?["topics"]?.condition = "service_started"
        },
        BadSample(.startIsOrdered, "does not wait for the database", of: "migrate") { $0.dependsOn = nil },
        BadSample(.startIsOrdered, "does not wait for the broker", of: "topics") { $0.dependsOn = nil },
        BadSample(.startIsOrdered, "does not wait for intake", of: "simulate") { $0.dependsOn?["intake"] = nil },
        BadSample(.ordinaryUser, "is root") { $0.user = nil },
        BadSample(.ordinaryUser, "writes", of: "ops") { $0.readOnly = false },
        BadSample(.ordinaryUser, "has no /tmp") { $0.tmpfs = nil },
        BadSample(.ordinaryUser, "has capabilities", of: "migrate") { $0.capDrop = nil },
        BadSample(.ordinaryUser, "may gain privileges") { $0.securityOpt = [] },
        BadSample(.stopIsPatient, "is killed after ten seconds") { $0.stopGracePeriod = nil },
        BadSample(.stopIsPatient, "stays down") { $0.restart = nil },
        BadSample(.stopIsPatient, "needs a profile") { $0.profiles = ["demo"] },
        BadSample(.secretsAreFiles, "has its URL in the open") {
            $0.environment?["DATABASE_URL"] = "postgresql://a:b@c"
        },
        BadSample(.secretsAreFiles, "has its password in the open", of: "postgres") {
            $0.environment?["POSTGRES_PASSWORD"] = "secret"
        },
        BadSample(.secretsAreFiles, "reads another path") { $0.environment?["DATABASE_URL_FILE"] = "/tmp/intake-url" },
        BadSample(.secretsAreFiles, "is not given its secret") { $0.secrets = [] },
        BadSample(.secretsAreFiles, "reads an unknown secret", of: "migrate") {
            $0.environment?["INTAKE_PASSWORD_FILE"] = "/run/secrets/nothing"
        },
        BadSample(.rightsAreOwn, "holds the administrator's URL") {
            $0.secrets?.append(.init(source: "administrator-url"))
        },
        BadSample(.rightsAreOwn, "holds another's URL") { $0.secrets = [.init(source: "inventory-url")] },
        BadSample(.portsAreLocal, "is open to the network", of: "kafka") { $0.ports = ["29092:29092/tcp"] },
    ]
}
