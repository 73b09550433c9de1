/// A named set of permissions.
public struct Role: Sendable, Equatable {
    /// At most 40 of `a–z 0–9 -`, beginning with a letter.
    public let code: String
    /// As its maker called it; a ready role is called by the phrase `role.<code>`.
    public let name: String
    public let permissions: Set<Permission>

    public init(code: String, name: String, permissions: Set<Permission>) {
        self.code = code
        self.name = name
        self.permissions = permissions
    }

    public static func isCode(_ text: String) -> Bool {
        guard let first = text.utf8.first, 97...122 ~= first, text.utf8.count <= 40 else { return false }
        return text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }
    }
}

/// The roles that every mall has; they come with the program and are not edited.
///
/// - Source: issue "Console", Access.
public enum ReadyRole: String, CaseIterable, Sendable {
    /// 店主.
    case owner
    /// 渠道经理.
    case channelManager = "channel-manager"
    /// 仓库.
    case warehouse
    /// 客服.
    case support
    /// 财务.
    case finance
    /// 分销员.
    case distributor
    /// 审计.
    case auditor

    public var role: Role { Role(code: rawValue, name: rawValue, permissions: permissions) }

    private var permissions: Set<Permission> {
        switch self {
        case .owner: Set(Permission.allCases).subtracting([.ownStatement, .ownDispute])
        case .channelManager:
            [
                .ordersView, .ordersHold, .ordersCancel, .ordersNote, .ordersReassign, .ordersEdit, .shipmentsView,
                .casesView, .stockView, .masterView, .membersView, .reportsView, .reportsExport,
            ]
        case .warehouse:
            [
                .ordersView, .personalView, .shipmentsView, .shipmentsDispatch, .shipmentsManage, .casesView,
                .casesInspect, .stockView, .stockManage,
            ]
        case .support:
            [
                .ordersView, .ordersHold, .ordersCancel, .ordersNote, .ordersEdit, .personalView, .shipmentsView,
                .casesView, .casesDecide, .stockView, .membersView,
            ]
        case .finance:
            [
                .ordersView, .casesView, .membersView, .plansView, .commissionView, .commissionAdjust,
                .commissionDecide, .payoutsView, .payoutsApprove, .reportsView, .reportsExport,
            ]
        case .distributor: [.ordersView, .ownStatement, .ownDispute, .payoutsRequest]
        case .auditor:
            [
                .ordersView, .shipmentsView, .casesView, .stockView, .masterView, .membersView, .plansView,
                .commissionView, .payoutsView, .reportsView, .reportsExport, .deadLettersView, .auditView,
            ]
        }
    }
}
