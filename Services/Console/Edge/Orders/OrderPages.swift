import ConsoleDomain
import Contracts

/// The page of one order: its whole story.
enum OrderPages {
    static let routes: [Route] = [.get("/orders/{id}", .may(.ordersView), show)]

    private static func show(_ visit: Visit) async throws -> Answer {
        let story = try await OrderStory.find(visit)
        return .page(page(story, visit))
    }

    private static func page(_ story: OrderStory, _ visit: Visit) -> Page {
        let order = story.order
        let content = header(story, visit)
            .merging(OrderGoodsPart(story: story, visit: visit).content)
            .merging(OrderSellerPart(story: story, visit: visit).content)
            .merging(OrderParcelsPart(story: story, visit: visit).content)
            .merging(OrderCommissionPart(story: story, visit: visit).content)
            .merging(OrderTimelinePart(story: story, visit: visit).content)
        return Page(
            template: "order", title: visit.say("order.title", ["id": order.orderID]),
            crumbs: [Page.Crumb(visit.say("orders.title"), OrderAddress.index), Page.Crumb(order.orderID)],
            content: content, styles: ["orders.css"])
    }

    private static func header(_ story: OrderStory, _ visit: Visit) -> Content {
        let order = story.order
        let words = OrderWords(visit: visit)
        return [
            "id": .text(order.orderID),
            "state": .content(words.state(order.state)),
            "remarks": .list(
                words.remarks(
                    stock: order.stock, refund: order.refund, holds: order.holds, flag: order.flag,
                    hasOpenCase: story.cases.contains { $0.endedAt == nil })),
            "steps": .list(steps(order, visit)), "actions": .list(actions(story, visit)),
            "facts": .list(details(story, visit)),
            "says-personal": .flag(visit.viewer.seesPersonalData),
        ]
    }

    private static func steps(_ order: StoryOrder, _ visit: Visit) -> [Content] {
        let state = OrderStage(rawValue: order.state) ?? .pendingPayment
        return OrderSteps(state: state, times: order.times).steps.map { step in
            [
                "name": .text(visit.say("term.state.\(step.stage.rawValue)")),
                "progress": .text(step.progress.rawValue),
                "is-current": .flag(step.progress == .current),
                "at": .text(step.at.map { visit.formats.time($0) }),
            ]
        }
    }

    private static func actions(_ story: OrderStory, _ visit: Visit) -> [Content] {
        story.actions(for: visit.viewer).map { action in
            [
                "path": .text(OrderAddress.action(action, of: story.order.orderID)),
                "name": .text(visit.say("orders.action.\(action.rawValue)")), "is-grave": .flag(action == .cancel),
            ]
        }
    }

    /// What stands at the top, each with its name; what is not known is not there.
    private static func details(_ story: OrderStory, _ visit: Visit) -> [Content] {
        let order = story.order
        let masks = visit.viewer.scope.masksPersonalData
        let region = OrderWords(visit: visit).region(order.province, order.city)
        let pairs: [(String, String?)] = [
            ("order.external", order.externalOrderID), ("orders.channel", story.choices.channel(order.channel)),
            ("orders.placed", visit.formats.exactTime(order.placedAt)),
            ("order.buyer", masks ? nil : order.buyerID), ("orders.region", region.isEmpty ? nil : region),
            ("order.terms", order.paymentTerms.map { visit.say("order.terms.\($0)") }),
            ("order.delivery", order.delivery.map { visit.say("order.delivery.\($0)") }),
            ("order.ship-by", order.shipBy.map { visit.formats.time($0) }),
            ("order.terminal", order.terminal), ("order.campaign", order.campaign),
            ("order.cancel-reason", order.cancelReason.map { reason($0, visit) }),
            ("order.after-sales-until", order.afterSalesUntil.map { visit.formats.time($0) }),
            ("order.historical", order.isHistorical ? visit.say("order.historical.about") : nil),
        ]
        let shown = pairs.compactMap { key, value -> Content? in
            value.map { ["name": .text(visit.say(key)), "value": .text($0)] }
        }
        guard let replaces = order.replaces else { return shown }
        return shown + [
            [
                "name": .text(visit.say("order.replaces")), "value": .text(replaces),
                "link": .text(OrderAddress.order(replaces)),
            ]
        ]
    }

    private static func reason(_ code: String, _ visit: Visit) -> String {
        let key = "order.cancelled.\(code)"
        return visit.tools.phrases.has(key) ? visit.say(key) : code
    }
}
