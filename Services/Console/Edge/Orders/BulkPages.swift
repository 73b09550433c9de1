import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// One action on many orders: what will happen to each, then the commands, then their answers.
enum BulkPages {
    static let routes: [Route] = [
        .post("/orders/bulk", .may(.ordersHold, .ordersNote), preview),
        .post("/orders/bulk/send", .may(.ordersHold, .ordersNote), send),
        .get("/orders/bulk/result", .may(.ordersHold, .ordersNote), result),
    ]
    /// As many as a page shows.
    static let most = OrderListRows.pageSize

    private static func preview(_ visit: Visit) async throws -> Answer {
        let bulk = try await find(visit)
        guard !bulk.orders.isEmpty else {
            return .redirect(LocalPath.checked(visit.form["back"]), say: "orders.bulk.none")
        }
        return .page(page(bulk, visit, [:]))
    }

    private static func send(_ visit: Visit) async throws -> Answer {
        let bulk = try await find(visit)
        var reader = FormReader(visit.form)
        _ = reader.text("reason", 2...500)
        let wish: OrderWish
        switch bulk.action {
        case .hold: wish = .hold
        case .release: wish = .release(nil)
        case .note: wish = .note(reader.text("note", 1...2000))
        case .flag: wish = .flag(OrderActionForm.flag(&reader))
        default: throw SiteProblem.badRequest
        }
        guard reader.complaints.isEmpty else {
            return .page(page(bulk, visit, reader.complaints, .unprocessableContent))
        }
        var items: [(name: String, value: String)] = []
        for order in bulk.orders where bulk.refusal(of: order) == nil {
            guard let orderID = OrderID(order.orderID) else { continue }
            items.append(("command", try await wish.send(orderID, visit)))
        }
        items.append(("back", LocalPath.checked(visit.form["back"])))
        return .redirect("/orders/bulk/result?\(OrderAddress.query(items))")
    }

    /// The ticked orders that the viewer sees; others are not there.
    private static func find(_ visit: Visit) async throws -> BulkOrders {
        guard let action = visit.form.text("action").flatMap(OrderAction.init(rawValue:)),
            OrderAction.inBulk.contains(action)
        else { throw SiteProblem.badRequest }
        guard visit.viewer.may(action.permission) else { throw SiteProblem.forbidden }
        let ids = visit.form.all("order")
        guard ids.count <= most else { throw SiteProblem.tooLarge }
        let scope = visit.scope
        let orders = try await visit.tools.database.read { try OrderListRows.some(ids, scope, in: $0) }
        return BulkOrders(action: action, orders: orders)
    }

    private static func page(
        _ bulk: BulkOrders, _ visit: Visit, _ complaints: [String: String], _ status: HTTPResponse.Status = .ok
    ) -> Page {
        let name = visit.say("orders.action.\(bulk.action.rawValue)")
        return Page(
            template: "orders-bulk", title: name,
            crumbs: [Page.Crumb(visit.say("orders.title"), OrderAddress.index), Page.Crumb(name)],
            content: bulk.content(visit, complaints), status: status, styles: ["orders.css"])
    }

    private static func result(_ visit: Visit) async throws -> Answer {
        let ids = Array(visit.query.all("command").prefix(most))
        let actor = visit.viewer.name
        let commands = try await visit.tools.database.read { connection in
            try ids.compactMap { try CommandRows.find($0, in: connection) }.filter { $0.actor == actor }
        }
        let isWaiting = commands.contains { $0.outcome == nil }
        return .page(
            Page(
                template: "orders-result", title: visit.say("commands.title"),
                crumbs: [
                    Page.Crumb(visit.say("orders.title"), OrderAddress.index), Page.Crumb(visit.say("commands.title")),
                ],
                content: [
                    "is-waiting": .flag(isWaiting),
                    "again": .text("\(visit.call.path)?\(visit.call.query)"),
                    "back": .text(LocalPath.checked(visit.query["back"])),
                    "commands": .list(commands.map { OrderTimelinePart.command($0, visit) }),
                ], styles: ["orders.css"]))
    }
}

/// Some orders that the same is to be done to.
struct BulkOrders: Sendable {
    let action: OrderAction
    let orders: [OrderListRow]

    func refusal(of order: OrderListRow) -> OrderRefusal? {
        let standing = OrderStanding(state: OrderStage(rawValue: order.state), holds: order.holds, flag: order.flag)
        return standing.refusal(of: action)
    }

    func content(_ visit: Visit, _ complaints: [String: String]) -> Content {
        let words = OrderWords(visit: visit)
        let allowed = orders.filter { refusal(of: $0) == nil }.count
        var content: Content = [
            "action": .text(action.rawValue),
            "name": .text(visit.say("orders.action.\(action.rawValue)")),
            "about": .text(visit.say("orders.about.\(action.rawValue)")),
            "summary": .text(
                visit.say(
                    "orders.bulk.summary", ["allowed": "\(allowed)", "refused": "\(orders.count - allowed)"])),
            "back": .text(LocalPath.checked(visit.form["back"])), "has-allowed": .flag(allowed > 0),
            "orders": .list(orders.map { row($0, words, visit) }), "reason": .text(visit.form["reason"]),
            "asks-note": .flag(action == .note), "note": .text(visit.form["note"]),
            "asks-flag": .flag(action == .flag),
            "flags": words.options(
                OrderAction.flags.map { ($0, visit.say("orders.flag.\($0)")) }, chosen: visit.form.text("flag")),
        ]
        for (field, phrase) in complaints { content["\(field)-fault"] = .text(visit.say(phrase)) }
        return content
    }

    private func row(_ order: OrderListRow, _ words: OrderWords, _ visit: Visit) -> Content {
        let refusal = refusal(of: order)
        return [
            "id": .text(order.orderID), "path": .text(OrderAddress.order(order.orderID)),
            "external": .text(order.externalOrderID), "state": .content(words.state(order.state)),
            "remarks": .list(
                words.remarks(
                    stock: order.stock, refund: order.refund, holds: order.holds, flag: order.flag,
                    hasOpenCase: order.hasOpenCase)),
            "total": .text(visit.formats.money(order.total, order.currency)), "is-allowed": .flag(refusal == nil),
            "refusal": .text(refusal.map { visit.say("orders.refused.\($0.rawValue)") }),
        ]
    }
}
