import ConsoleDomain
import Postgres

extension MasterKind {
    var view: Permission {
        switch self {
        case .items, .listings, .warehouses, .carriers, .channels: .masterView
        case .members, .bindings: .membersView
        case .plans: .plansView
        }
    }

    var edit: Permission {
        switch self {
        case .items, .listings, .warehouses, .carriers, .channels: .masterEdit
        case .members, .bindings: .membersEdit
        case .plans: .plansEdit
        }
    }

    var path: String { "/master/\(rawValue)" }
    var title: String { "master.\(rawValue)" }

    /// Where one record is shown.
    func path(of key: String) -> String { "\(path)/record?key=\(PercentCoding.encoded(key))" }
}

/// Which master records a viewer sees and changes: those of the own channels and warehouses; what belongs to nobody in
/// particular is seen by everybody but members, and changed by those who see the whole mall. Bindings say who buys: that
/// is no member's and no warehouse's affair.
struct MasterScope: Sendable {
    let kind: MasterKind
    let scope: DataScope

    init(_ kind: MasterKind, _ visit: Visit) {
        self.kind = kind
        scope = visit.viewer.scope
    }

    /// - Parameter record: The alias of `current_records` or `records`.
    func sees(_ record: SQL) -> SQL {
        if kind == .members {
            return
                "EXISTS (SELECT FROM members m WHERE m.member_id = \(record).key AND \(ScopeSQL(scope).members("m")))"
        }
        switch (scope, kind) {
        case (.downline, _), (.own, _): return "FALSE"
        case (.channels(let channels), .channels): return "\(record).key = ANY(\(channels))"
        case (.channels(let channels), .listings), (.channels(let channels), .bindings):
            return "split_part(\(record).key, '/', 1) = ANY(\(channels))"
        case (.warehouses, .bindings): return "FALSE"
        case (.warehouses(let warehouses), .warehouses): return "\(record).key = ANY(\(warehouses))"
        default: return "TRUE"
        }
    }

    func mayChange(_ key: String) -> Bool {
        switch (scope, kind) {
        case (.all, _): true
        case (.channels(let channels), .channels): channels.contains(key)
        case (.channels(let channels), .listings), (.channels(let channels), .bindings):
            channels.contains(String(key.prefix { $0 != "/" }))
        case (.warehouses(let warehouses), .warehouses): warehouses.contains(key)
        default: false
        }
    }

    /// Whether something of this kind could be added at all.
    var mayAdd: Bool {
        switch (scope, kind) {
        case (.all, _), (.channels, .listings), (.channels, .bindings): true
        default: false
        }
    }
}
