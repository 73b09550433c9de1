import Contracts

/// Keeps a version of a plan; what a version says never changes.
///
/// - Throws: `Fault` for a plan that nobody answers for, or a known version with other terms.
func keepPlan(
    _ plan: DistributionPlan, recordedAt: Instant, given state: State<CommissionAggregate>
) throws(Fault) -> Decision<CommissionChange> {
    try checkPlan(plan)
    let version = PlanVersion(plan: plan, effectiveFrom: plan.effectiveFrom ?? recordedAt)
    var plans = state.plans
    if let known = plans.version(named: version.name) {
        guard known.plan == plan else {
            throw Fault("version \(plan.version) of plan \(plan.planID) is known with other terms", field: "version")
        }
        return .nothing
    }
    plans.add(version)
    return Decision(changes: [.plans(plans)])
}

/// Takes a plan back: orders placed from then on do not get it.
func endPlan(
    _ planID: String, at instant: Instant, given state: State<CommissionAggregate>
) -> Decision<CommissionChange> {
    var plans = state.plans
    return plans.end(planID, at: instant) ? Decision(changes: [.plans(plans)]) : .nothing
}

/// Keeps the class of a SKU and since when it has it.
func keepItem(
    _ item: CatalogItem, recordedAt: Instant, given state: State<CommissionAggregate>
) -> Decision<CommissionChange> {
    let before = state.item(item.sku)
    var classes = before
    classes.set(item.commissionClass, from: item.effectiveFrom ?? recordedAt)
    return classes == before ? .nothing : Decision(changes: [.item(sku: item.sku, classes)])
}

/// Keeps a distributor with all it has been before.
func keepMember(
    _ member: DistributionMember, recordedAt: Instant, given state: State<CommissionAggregate>
) -> Decision<CommissionChange> {
    let before = state.member(member.memberID)
    var history = before
    history.set(member, from: member.effectiveFrom ?? recordedAt)
    return history == before ? .nothing : Decision(changes: [.member(memberID: member.memberID, history)])
}

/// A distributor without a record is disabled from then on.
func endMember(
    _ memberID: String, at instant: Instant, given state: State<CommissionAggregate>
) -> Decision<CommissionChange> {
    var history = state.member(memberID)
    guard let last = history.value(at: instant), last.status == .active else { return .nothing }
    history.set(
        DistributionMember(
            memberID: memberID, parentID: last.parentID, grade: last.grade, name: last.name, status: .disabled,
            joinedAt: last.joinedAt, effectiveFrom: instant, buyers: last.buyers,
            phoneFingerprint: last.phoneFingerprint),
        from: instant)
    return Decision(changes: [.member(memberID: memberID, history)])
}
