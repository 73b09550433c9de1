import ConsoleDomain
import Contracts
import HTTPTypes

/// What the form of a user holds.
enum UserForm {
    struct Input: Sendable {
        var name = ""
        var displayName = ""
        var roles: [String] = []
        var kind = DataScope.Kind.all
        var values: [String] = []

        init() {}

        init(_ user: User) {
            name = user.name
            displayName = user.displayName
            roles = user.roles
            kind = user.scope.kind
            values = user.scope.values
        }

        var json: [UInt8] {
            JSONWriter.object { json in
                json.field("displayName", displayName)
                json.array("roles") { array in roles.forEach { array.element($0) } }
                json.field("scope", kind.rawValue)
                json.array("values") { array in values.forEach { array.element($0) } }
            }
        }
    }

    static func read(_ reader: inout FormReader, name: String) -> Input {
        var input = Input()
        input.name = name
        input.displayName = reader.text("display-name", 1...100)
        input.roles = Array(Set(reader.form.all("role"))).sorted()
        input.kind = reader.word("scope", DataScope.Kind.self, default: .all)
        let values = reader.form.text("values") ?? ""
        input.values = values.split { $0 == "," || $0 == "，" || $0.isWhitespace }.map(String.init)
        return input
    }

    /// The scope of an input that may be saved; complaints otherwise.
    static func check(_ input: Input, _ roles: [Role], by viewer: Viewer, _ reader: inout FormReader) -> DataScope? {
        guard let scope = DataScope(input.kind, input.values) else {
            reader.complain("values", "users.fault.values.\(input.kind == .all ? "none" : "some")")
            return nil
        }
        let chosen = roles.filter { input.roles.contains($0.code) }
        if chosen.count < input.roles.count { reader.complain("roles", "form.no-choice") }
        do throws(Fault) {
            try Granting.check(roles: chosen, scope: scope, by: viewer)
        } catch {
            reader.complain(error.field == "roles" ? "roles" : "values", error.reason)
        }
        return scope
    }

    /// - Parameter user: Nil for one who is new.
    static func page(
        _ visit: Visit, _ user: User?, _ input: Input, _ roles: [Role], _ complaints: [String: String]
    ) -> Page {
        let title = user?.name ?? visit.say("users.new")
        var content: Content = [
            "is-new": .flag(user == nil), "id": .text(user.map { "\($0.userID)" }), "name": .text(input.name),
            "action": .text(user.map { "/users/\($0.userID)" } ?? "/users"),
            "display-name": .text(input.displayName), "values": .text(input.values.joined(separator: ", ")),
            "is-disabled": .flag(user?.isDisabled == true), "has-factor": .flag(user?.hasFactor == true),
            "is-self": .flag(user?.userID == visit.viewer.userID),
            "roles": .list(roles.map { role($0, input, visit) }), "scopes": .list(scopes(input, visit)),
        ]
        for field in ["name", "display-name", "roles", "scope", "values"] {
            content["\(field)-fault"] = .text(complaints[field].map { visit.say($0) })
        }
        return Page(
            template: "user", title: title, crumbs: [.init(visit.say("users.title"), "/users"), .init(title)],
            content: content, status: complaints.isEmpty ? .ok : .unprocessableContent)
    }

    private static func role(_ role: Role, _ input: Input, _ visit: Visit) -> Content {
        [
            "code": .text(role.code), "name": .text(AccessWords.name(of: role, visit)),
            "is-chosen": .flag(input.roles.contains(role.code)),
        ]
    }

    private static func scopes(_ input: Input, _ visit: Visit) -> [Content] {
        DataScope.Kind.allCases.map { kind in
            [
                "code": .text(kind.rawValue), "name": .text(visit.say("scope.\(kind.rawValue)")),
                "is-chosen": .flag(kind == input.kind),
            ]
        }
    }
}
