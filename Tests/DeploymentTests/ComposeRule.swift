import Contracts
import Foundation
import Pipeline

/// One thing that must hold between docker-compose.yml and the code.
enum ComposeRule: String, CaseIterable, Sendable {
    case everyServiceStands, productsExist, variablesAreKnown, settingsAreInOrder, commandsExist, healthIsAsked
    case startIsOrdered, ordinaryUser, stopIsPatient, secretsAreFiles, rightsAreOwn, portsAreLocal

    /// What breaks it, in words; empty when it holds.
    func complaints(_ file: ComposeFile, _ facts: CodeFacts) -> [String] {
        switch self {
        case .everyServiceStands:
            Topic.services.filter { file.services[$0]?.product != $0 }.map { "\($0) does not stand" }
        case .productsExist: file.own.flatMap { Self.product($0.name, $0.service, facts) }
        case .variablesAreKnown: file.own.flatMap { Self.variables($0.name, $0.service, facts) }
        case .settingsAreInOrder: file.own.flatMap { Self.settings($0.name, $0.service) }
        case .commandsExist: file.own.flatMap { Self.command($0.name, $0.service, facts) }
        case .healthIsAsked:
            Self.deciding(file).flatMap { Self.health($0.name, $0.service, facts) } + Self.servers(file)
        case .startIsOrdered: Self.order(file)
        case .ordinaryUser: file.own.flatMap { Self.confinement($0.name, $0.service) }
        case .stopIsPatient: Self.deciding(file).flatMap { Self.stop($0.name, $0.service) }
        case .secretsAreFiles: file.services.sorted { $0.key < $1.key }.flatMap { Self.secrets($0.key, $0.value, file) }
        case .rightsAreOwn: Self.deciding(file).flatMap { Self.rights($0.name, $0.service, file) }
        case .portsAreLocal:
            file.services.flatMap { name, service in
                (service.ports ?? []).filter { !$0.hasPrefix("127.0.0.1:") }.map { "\(name) publishes \($0)" }
            }
        }
    }

    private static func deciding(_ file: ComposeFile) -> [(name: String, service: ComposeFile.Service)] {
        file.own.filter { Topic.services.contains($0.service.product ?? "") }
    }

    private static func product(_ name: String, _ service: ComposeFile.Service, _ facts: CodeFacts) -> [String] {
        guard let product = service.product else { return [] }
        var found: [String] = []
        if !facts.products.contains(product) { found.append("\(name): Package.swift has no product \(product)") }
        if service.image != "tributary/\(product):local" { found.append("\(name): \(product) as \(service.image)") }
        if service.build?.dockerfile != "deploy/Dockerfile" {
            found.append("\(name) is not built by deploy/Dockerfile")
        }
        return found
    }

    private static func variables(_ name: String, _ service: ComposeFile.Service, _ facts: CodeFacts) -> [String] {
        let more: [String: Set<String>] = [
            "ops": facts.migrationKeys, "intake": facts.intakeKeys, "console": facts.consoleKeys,
        ]
        let keys = facts.serviceKeys.union(more[service.product ?? ""] ?? [])
        return service.variables.keys.filter { !CodeFacts.isKnown($0, among: keys) }
            .map { "\(name): nothing reads \($0)" }
    }

    /// The values pass the same reading as at the start; the secret itself is not there to be read.
    private static func settings(_ name: String, _ service: ComposeFile.Service) -> [String] {
        var variables = service.variables
        if variables.removeValue(forKey: "DATABASE_URL_FILE") != nil { variables["DATABASE_URL"] = "postgresql://" }
        var reader = SettingsReader(variables)
        _ = ProcessSettings(&reader)
        let secret = "whsec_" + String(repeating: "A", count: 44)
        if variables.removeValue(forKey: "EDGE_CHANNELS_FILE") != nil {
            variables["EDGE_CHANNELS"] = #"{"channels":[{"channel":"a","secrets":["\#(secret)"]}]}"#
        }
        if variables.removeValue(forKey: "PARTIES_MASTER_KEY_FILE") != nil {
            variables["PARTIES_MASTER_KEY"] = "k1:" + String(repeating: "A", count: 43) + "="
        }
        let own = service.product == "intake" ? CodeFacts.intakeReader(variables).defects : []
        return (reader.defects + own).map { "\(name): \($0)" }
    }

    private static func command(_ name: String, _ service: ComposeFile.Service, _ facts: CodeFacts) -> [String] {
        let words = (service.command ?? []).prefix { !$0.hasPrefix("-") }
        if service.entrypoint != nil { return ["\(name) does not start the image's own product"] }
        guard service.product == "ops" else {
            return words.filter { !facts.serviceCommands.contains($0) }.map { "\(name): no command \($0)" }
        }
        return words.filter { !facts.hasOperatorsCommand($0) }.map { "\(name): ops has no command \($0)" }
    }

    private static func health(_ name: String, _ service: ComposeFile.Service, _ facts: CodeFacts) -> [String] {
        let variables = service.variables
        let test = service.healthcheck?.test ?? []
        var found: [String] = []
        if test.count != 3 || test.prefix(2) != ["CMD", "product"] { found.append("\(name): health by \(test)") }
        if let word = test.last, !facts.serviceCommands.contains(word) { found.append("\(name): no command \(word)") }
        if variables["HTTP_HOST"] != "0.0.0.0" { found.append("\(name) answers to itself alone") }
        if service.expose != [variables["HTTP_PORT"] ?? ""] {
            found.append("\(name) exposes another port than HTTP_PORT")
        }
        return found
    }

    private static func servers(_ file: ComposeFile) -> [String] {
        [("kafka", "kafka-broker-api-versions.sh"), ("postgres", "pg_isready")].compactMap { name, command in
            let test = file.services[name]?.healthcheck?.test ?? []
            return test.contains { $0.hasSuffix(command) } ? nil : "\(name) is not asked by \(command)"
        }
    }

    private static func order(_ file: ComposeFile) -> [String] {
        let (healthy, done) = ("service_healthy", "service_completed_successfully")
        let all = ["kafka": healthy, "postgres": healthy, "migrate": done, "topics": done]
        var wanted = Dictionary(uniqueKeysWithValues: deciding(file).map { ($0.name, all) })
        wanted["migrate"] = ["postgres": healthy]
        wanted["topics"] = ["kafka": healthy]
        wanted["simulate"] = Dictionary(uniqueKeysWithValues: Topic.services.map { ($0, healthy) })
        return wanted.sorted { $0.key < $1.key }.flatMap { name, conditions in
            conditions.filter { file.services[name]?.dependsOn?[$0.key]?.condition != $0.value }
                .map { "\(name) does not wait for \($0.key): \($0.value)" }
        }
    }

    private static func confinement(_ name: String, _ service: ComposeFile.Service) -> [String] {
        let holds = [
            "an ordinary user": service.user == "10001:10001",
            "a file system to read alone": service.readOnly == true,
            "a /tmp of its own": service.tmpfs?.contains { $0.hasPrefix("/tmp:") } == true,
            "no capabilities": service.capDrop == ["ALL"],
            "no new privileges": service.securityOpt == ["no-new-privileges:true"],
        ]
        return holds.filter { !$0.value }.map { "\(name) lacks \($0.key)" }
    }

    private static func stop(_ name: String, _ service: ComposeFile.Service) -> [String] {
        var found: [String] = []
        if service.stopGracePeriod != "20s" { found.append("\(name) is not given 20 s to stop") }
        if service.restart != "unless-stopped" { found.append("\(name) is not started again") }
        if service.profiles != nil { found.append("\(name) starts only with a profile") }
        return found
    }

    /// A `…_FILE` names a secret the container holds, that comes out of `.run/secrets`; none stands in the open.
    private static func secrets(_ name: String, _ service: ComposeFile.Service, _ file: ComposeFile) -> [String] {
        var found: [String] = []
        for (variable, value) in service.variables.sorted(by: { $0.key < $1.key }) {
            guard variable.hasSuffix("_FILE") else {
                let isSecret = variable.hasSuffix("PASSWORD") || variable.hasSuffix("DATABASE_URL")
                if isSecret { found.append("\(name): \(variable) stands in the open") }
                continue
            }
            let secret = value.split(separator: "/").last.map(String.init) ?? ""
            if value != "/run/secrets/\(secret)" { found.append("\(name): \(variable) is no secret") }
            if !service.secretNames.contains(secret) { found.append("\(name) is not given \(secret)") }
            let path = file.secrets[secret]?.file ?? ""
            if !path.contains("/.run/secrets/") { found.append("\(secret) is no file of .run/secrets") }
        }
        return found
    }

    /// A service holds the URL of its own role, intake what its channels sign with, and nothing else.
    private static func rights(_ name: String, _ service: ComposeFile.Service, _ file: ComposeFile) -> [String] {
        let role = name.replacingOccurrences(of: "-", with: "_")
        var found: [String] = []
        let own = ["\(name)-url"] + (name == "intake" ? ["edge-channels", "parties-master-key"] : [])
        if service.secretNames != own { found.append("\(name) holds \(service.secretNames)") }
        let path = file.secrets["\(name)-url"]?.file ?? ""
        if !path.hasSuffix("/\(role).url") { found.append("\(name)-url comes from \(path)") }
        return found
    }
}
