import ConsoleDomain
import Contracts

/// Whose order it is and why, and where its goods come from and why.
struct OrderSellerPart {
    let story: OrderStory
    let visit: Visit

    var content: Content {
        routing.merging([
            "seller": .text(story.order.seller), "seller-link": .text(sellerLink),
            "seller-why": .text(isMember ? nil : story.attribution.map(why)),
            "seller-kind": .text(story.attribution.map { kind($0.kind) }),
            "upline": .text(isMember ? nil : story.order.chain.dropFirst().joined(separator: " → ")),
            "contest": .list(isMember ? [] : story.contest.map(contender)),
        ])
    }

    /// Members see whose an order is, not who else had a claim to it.
    private var isMember: Bool { visit.viewer.scope.member != nil }

    private var sellerLink: String? {
        guard let seller = story.order.seller else { return nil }
        var filter = OrderFilter()
        filter.seller = seller
        return OrderAddress.list(filter)
    }

    private func contender(_ contender: Contender) -> Content {
        [
            "member": .text(contender.memberID), "kind": .text(kind(contender.kind)),
            "why": .text(EngineWords(subject: .attribution, visit: visit).say(contender.reason)),
        ]
    }

    /// What a person gave as the reason is left as it is.
    private func why(_ attribution: Attribution) -> String {
        guard attribution.kind != .operator else { return attribution.reason }
        return EngineWords(subject: .attribution, visit: visit).say(attribution.reason)
    }

    private func kind(_ kind: AttributionKind) -> String { visit.say("order.attribution.\(kind.rawValue)") }

    private var routing: Content {
        guard let reserved = story.routing else {
            return ["stock-state": .text(visit.say("orders.stock.\(story.order.stock)"))]
        }
        let words = EngineWords(subject: .routing, visit: visit, currency: story.order.currency)
        return [
            "stock-state": .text(visit.say("orders.stock.\(story.order.stock)")),
            "has-routing": true, "routing-why": .text(words.say(reserved.routing.why)),
            "routing-cost": .text(visit.formats.money(reserved.routing.cost, story.order.currency)),
            "routing-parcels": .text(visit.formats.number(reserved.routing.parcels)),
            "allocations": .list(
                reserved.allocations.map { allocation in
                    [
                        "warehouse": .text(story.choices.warehouse(allocation.warehouse)),
                        "goods": .text(pieces(allocation.lines)),
                    ]
                }),
            "rejected": .list(reserved.routing.rejected.map { ["option": .text(words.say($0))] }),
        ]
    }

    private func pieces(_ lines: [LineQuantity]) -> String {
        lines.map { "\($0.sku) ×\(visit.formats.number($0.quantity))" }.joined(separator: visit.say("list.comma"))
    }
}
