import ConsoleDomain
import Contracts

/// What an order earns whom: as a tree from the seller upwards, or, for a member, its own part.
struct OrderCommissionPart {
    let story: OrderStory
    let visit: Visit

    var content: Content {
        let tree = story.commission
        let seesTree = visit.viewer.may(.commissionView) && visit.viewer.scope.member == nil
        return [
            "sees-commission": .flag(seesTree || visit.viewer.may(.ownStatement) || visit.viewer.may(.commissionView)),
            "has-tree": .flag(seesTree && !tree.isEmpty), "nodes": .list(seesTree ? tree.nodes.map(node) : []),
            "plan": .text(tree.planID.map { "\($0) v\(tree.planVersion ?? 0)" }),
            "pool": .text(amount(tree.pool)), "members-left": .text(amount(tree.left)),
            "company-share": .text(amount(tree.companyShare)), "remainder": .text(amount(tree.remainder)),
            "earnings": .list(seesTree && !tree.isEmpty ? [] : story.earnings.map(earning)),
        ]
    }

    private func node(_ node: CommissionTree.Node) -> Content {
        [
            "member": .text(node.memberID),
            "level": .text(node.level.map { visit.say("order.commission.level", ["level": "\($0)"]) }),
            "left": .text(amount(node.left)), "frozen": .text(present(node.frozen)),
            "matured": .text(present(node.matured)), "reversed": .text(present(node.reversed)),
            "is-held": .flag(story.earnings.contains { $0.memberID == node.memberID && $0.isHeld }),
            "legs": .list(node.legs.map(leg)),
        ]
    }

    private func leg(_ leg: CommissionLeg) -> Content {
        let rate = leg.rateBasisPoints.map { visit.formats.percent(basisPoints: $0) }
        let perUnit = leg.amountPerUnit.map { visit.say("order.commission.per-unit", ["amount": amount($0)]) }
        return [
            "line-id": .text(leg.lineID), "kind": .text(visit.say("order.leg.\(leg.kind.rawValue)")),
            "base": .text(amount(leg.base)), "rate": .text(rate ?? perUnit), "leg-amount": .text(amount(leg.amount)),
            "why": .text(EngineWords(subject: .commission, visit: visit, currency: story.order.currency).say(leg.why)),
        ]
    }

    private func earning(_ earning: StoryEarning) -> Content {
        let left = earning.accrued - earning.reversedFrozen - earning.reversedMatured
        return [
            "member": .text(earning.memberID), "left": .text(visit.formats.money(left, earning.currency)),
            "accrued": .text(visit.formats.money(earning.accrued, earning.currency)),
            "frozen": .text(visit.formats.money(earning.frozen, earning.currency)),
            "matured": .text(visit.formats.money(earning.matured, earning.currency)),
            "reversed": .text(
                visit.formats.money(earning.reversedFrozen + earning.reversedMatured, earning.currency)),
            "is-held": .flag(earning.isHeld),
        ]
    }

    private func present(_ value: Int64) -> String? { value == 0 ? nil : amount(value) }

    private func amount(_ value: Int64) -> String { visit.formats.money(value, story.order.currency) }
}
