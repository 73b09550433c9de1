import ConsoleDomain
import Contracts
import HTTPTypes

/// What is wanted of one order: what it will do, why, and the command.
enum OrderActionPages {
    static let routes: [Route] = OrderAction.allCases.flatMap { action -> [Route] in
        [
            .get("/orders/{id}/\(action.rawValue)", .may(action.permission)) { try await show(action, $0) },
            .post("/orders/{id}/\(action.rawValue)", .may(action.permission)) { try await act(action, $0) },
        ]
    }

    private static func show(_ action: OrderAction, _ visit: Visit) async throws -> Answer {
        let story = try await OrderStory.find(visit)
        return .page(page(OrderActionForm(action: action, story: story, visit: visit), visit))
    }

    private static func act(_ action: OrderAction, _ visit: Visit) async throws -> Answer {
        let story = try await OrderStory.find(visit)
        var form = OrderActionForm(action: action, story: story, visit: visit)
        guard form.refusal == nil else { return .page(page(form, visit, .conflict)) }
        let wish = form.read()
        guard form.complaints.isEmpty, let orderID = OrderID(story.order.orderID) else {
            return .page(page(form, visit, .unprocessableContent))
        }
        if action == .changePrice, visit.form["confirmed"] != "yes" {
            form.isConfirming = true
            return .page(page(form, visit))
        }
        let commandID = try await wish.send(orderID, visit)
        let back = OrderAddress.order(story.order.orderID)
        return .redirect(CommandPages.path(commandID, back: back))
    }

    private static func page(
        _ form: OrderActionForm, _ visit: Visit, _ status: HTTPResponse.Status = .ok
    ) -> Page {
        let orderID = form.story.order.orderID
        let name = visit.say("orders.action.\(form.action.rawValue)")
        return Page(
            template: "order-action", title: "\(name) · \(orderID)",
            crumbs: [
                Page.Crumb(visit.say("orders.title"), OrderAddress.index),
                Page.Crumb(orderID, OrderAddress.order(orderID)), Page.Crumb(name),
            ], content: form.content, status: status, styles: ["orders.css"])
    }
}
