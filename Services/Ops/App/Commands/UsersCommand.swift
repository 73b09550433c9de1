import ArgumentParser
import ConsoleDomain
import ConsoleEdge
import Contracts
import Foundation
import Postgres

struct UsersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users", abstract: "Who may sign in at the console: the first owner is made here.",
        discussion: "Further users are managed on the console's own pages.",
        subcommands: [Create.self, List.self, Reset.self, Disable.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a user.",
            discussion: """
                The password comes from --password-file, from standard input when that is no terminal, or is made up
                and printed; a made-up one has to be changed at the first sign-in.
                Roles: owner, channel-manager, warehouse, support, finance, distributor, auditor, or the mall's own.
                """)
        @Option(help: "To sign in by: 2 to 64 of a-z 0-9 . _ @ -.") var name: String
        @Option(help: "As the pages greet the user; default the name.") var displayName: String?
        @Option(help: "A role's code; again for a further one.") var role: [String]
        @Option(help: "all, channels, warehouses, downline or own.") var scope = "all"
        @Option(help: "A channel, a warehouse or the member; again for a further one.") var value: [String] = []
        @Option(help: "A file whose first line is the password.") var passwordFile: String?

        func run() throws {
            try Screen.run {
                guard let kind = DataScope.Kind(rawValue: scope), let scope = DataScope(kind, value) else {
                    throw OpsFailure("--scope \(scope) does not go with \(value.count) --value", status: .usage)
                }
                let given = try GivenPassword.read(passwordFile)
                let password = given ?? ConsoleUsers.temporaryPassword()
                let plan = ConsoleUsers.Plan(
                    name: name, displayName: displayName ?? name, roles: role, scope: scope,
                    mustChangePassword: given == nil)
                try UsersCommand.change { connection, now in
                    try ConsoleUsers.create(plan, password: password, actor: "ops", at: now, in: connection)
                }
                print("user \(plan.name) made" + (given == nil ? ", password \(password)" : ""))
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows every user.")
        @Flag(help: "One line of JSON per user.") var json = false

        func run() throws {
            try Screen.run {
                let users = try UsersCommand.change { connection, _ in try ConsoleUsers.list(in: connection) }
                if json { return users.forEach { print(String(decoding: Self.line($0), as: UTF8.self)) } }
                let rows = users.map { user in
                    [
                        user.name, user.displayName, user.roles.joined(separator: ","),
                        ([user.scope.kind.rawValue] + user.scope.values).joined(separator: " "),
                        user.hasSecondFactor ? "on" : "off", user.isDisabled ? "disabled" : "active",
                    ]
                }
                print(Screen.table(["name", "called", "roles", "scope", "factor", "state"], rows))
            }
        }

        private static func line(_ user: ConsoleUsers.Summary) -> [UInt8] {
            JSONWriter.object { json in
                json.field("name", user.name)
                json.field("displayName", user.displayName)
                json.array("roles") { array in user.roles.forEach { array.element($0) } }
                json.field("scope", user.scope.kind.rawValue)
                json.array("values") { array in user.scope.values.forEach { array.element($0) } }
                json.field("secondFactor", user.hasSecondFactor)
                json.field("disabled", user.isDisabled)
            }
        }
    }

    struct Reset: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a user a new password, takes the second factor off and lets the user in again.",
            discussion: "The password comes as with `create`; it has to be changed at the first sign-in.")
        @Argument(help: "The user's name.") var name: String
        @Option(help: "A file whose first line is the password.") var passwordFile: String?

        func run() throws {
            try Screen.run {
                let given = try GivenPassword.read(passwordFile)
                let password = given ?? ConsoleUsers.temporaryPassword()
                try UsersCommand.change { connection, now in
                    try ConsoleUsers.reset(name, password: password, actor: "ops", at: now, in: connection)
                }
                print("user \(name.lowercased()) reset" + (given == nil ? ", password \(password)" : ""))
            }
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Signs a user out everywhere, for good.")
        @Argument(help: "The user's name.") var name: String

        func run() throws {
            try Screen.run {
                try UsersCommand.change { connection, now in
                    try ConsoleUsers.disable(name, actor: "ops", at: now, in: connection)
                }
                print("user \(name.lowercased()) disabled")
            }
        }
    }

    @discardableResult
    static func change<Value>(_ body: (Connection, Instant) throws -> Value) throws -> Value {
        let connection = try Administrator(OpsEnvironment()).connect("console")
        defer { connection.close() }
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        do {
            return try body(connection, now)
        } catch let fault as Fault {
            throw OpsFailure("\(fault)", status: .data)
        }
    }
}

/// A password that was handed over, not typed into the command line, where others see it.
enum GivenPassword {
    /// - Parameter path: Of the file; nil reads standard input unless a person sits at it.
    /// - Returns: The first line; nil when nothing was handed over.
    static func read(_ path: String?) throws -> String? {
        guard let path else {
            guard isatty(STDIN_FILENO) == 0 else { return nil }
            return readLine(strippingNewline: true).flatMap { $0.isEmpty ? nil : $0 }
        }
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return String(text.prefix { !$0.isNewline })
        } catch {
            throw OpsFailure("--password-file \(path) cannot be read", status: .data)
        }
    }
}
