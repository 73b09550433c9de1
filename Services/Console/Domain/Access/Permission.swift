/// One thing that a user may do; its text stands in roles, tokens and the audit log and never changes.
public enum Permission: String, CaseIterable, Sendable, Comparable {
    case ordersView = "orders.view"
    case ordersHold = "orders.hold"
    case ordersCancel = "orders.cancel"
    case ordersNote = "orders.note"
    case ordersReassign = "orders.reassign"
    case ordersEdit = "orders.edit"
    /// Names, phones and addresses in the open; each look is written down.
    case personalView = "personal.view"
    case shipmentsView = "shipments.view"
    case shipmentsDispatch = "shipments.dispatch"
    case shipmentsManage = "shipments.manage"
    case casesView = "cases.view"
    case casesDecide = "cases.decide"
    case casesInspect = "cases.inspect"
    case stockView = "stock.view"
    case stockManage = "stock.manage"
    case masterView = "master.view"
    case masterEdit = "master.edit"
    case membersView = "members.view"
    case membersEdit = "members.edit"
    case plansView = "plans.view"
    case plansEdit = "plans.edit"
    case commissionView = "commission.view"
    case commissionAdjust = "commission.adjust"
    case commissionDecide = "commission.decide"
    case payoutsView = "payouts.view"
    case payoutsRequest = "payouts.request"
    case payoutsApprove = "payouts.approve"
    case reportsView = "reports.view"
    case reportsExport = "reports.export"
    case deadLettersView = "dead-letters.view"
    case deadLettersManage = "dead-letters.manage"
    case usersManage = "users.manage"
    case auditView = "audit.view"
    case ownStatement = "own.statement"
    case ownDispute = "own.dispute"

    /// What stands before the dot: the part of the site that it belongs to.
    public var area: String { String(rawValue.prefix { $0 != "." }) }

    /// In the order of the list above.
    public static func < (left: Permission, right: Permission) -> Bool { rank(left) < rank(right) }

    private static func rank(_ permission: Permission) -> Int { allCases.firstIndex(of: permission) ?? 0 }
}
