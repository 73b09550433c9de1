import ConsoleDomain

/// Roles and scopes in words.
enum AccessWords {
    static func role(_ code: String, _ visit: Visit) -> String {
        ReadyRole(rawValue: code) == nil ? code : visit.say("role.\(code)")
    }

    static func roles(_ codes: [String], _ visit: Visit) -> String {
        codes.map { role($0, visit) }.joined(separator: visit.say("list.comma"))
    }

    /// A role of the mall's own has the name that its maker gave it.
    static func name(of role: Role, _ visit: Visit) -> String {
        ReadyRole(rawValue: role.code) == nil ? role.name : visit.say("role.\(role.code)")
    }

    static func scope(_ scope: DataScope, _ visit: Visit) -> String {
        let kind = visit.say("scope.\(scope.kind.rawValue)")
        return scope.values.isEmpty ? kind : "\(kind): \(scope.values.joined(separator: visit.say("list.comma")))"
    }
}
