import ConsoleDomain
import Contracts
import Postgres

/// The list of orders: views as tabs, one field to search, filters, and what is done to many at once.
enum OrderIndexPage {
    static func show(_ visit: Visit) async throws -> Answer {
        let asked = ReadOrderFilter(visit.query)
        let found = try await FoundOrders.find(asked, visit, counts: true)
        return .page(page(asked, found, visit))
    }

    private static func page(_ asked: ReadOrderFilter, _ found: FoundOrders, _ visit: Visit) -> Page {
        let filter = asked.filter
        var content = OrderFilterForm(filter: filter, complaints: asked.complaints, found: found, visit: visit).content
        content["tabs"] = .list(tabs(filter, found.waiting, visit))
        content["own-views"] = .list(ownViews(filter, found.views, visit))
        content["query"] = .text(OrderAddress.query(filter.items))
        content["can-save"] = .flag(visit.viewer.userID != nil && filter != OrderFilter())
        content["rows"] = .list(found.part.rows.map { row($0, found, visit) })
        content["count"] = .text(count(found.count, visit))
        content["found"] = .text(found.term.map { visit.say("orders.found.\($0.word)") })
        content["is-unknown"] = .flag(found.term == .unknown)
        content["is-narrowed"] = .flag(filter.isNarrowed)
        content["can-export"] = .flag(visit.viewer.may(.reportsExport))
        content["can-hold"] = .flag(visit.viewer.may(.ordersHold))
        content["can-note"] = .flag(visit.viewer.may(.ordersNote))
        content["csv"] = .text(OrderAddress.list(filter, "/orders.csv"))
        content["xlsx"] = .text(OrderAddress.list(filter, "/orders.xlsx"))
        content["here"] = .text(OrderAddress.list(filter, at: asked.cursor))
        content["first"] = .text(asked.cursor == nil ? nil : OrderAddress.list(filter))
        content["next"] = .text(found.part.hasNext ? edge(found.part.rows.last, filter, false) : nil)
        content["previous"] = .text(found.part.hasPrevious ? edge(found.part.rows.first, filter, true) : nil)
        return Page(
            template: "orders", title: visit.say("orders.title"), content: content, scripts: ["orders.js", "live.js"],
            styles: ["orders.css"])
    }

    private static func edge(_ row: OrderListRow?, _ filter: OrderFilter, _ isBackwards: Bool) -> String? {
        row.map { OrderAddress.list(filter, at: $0.cursor(filter.sort, isBackwards: isBackwards)) }
    }

    private static func count(_ count: Int64, _ visit: Visit) -> String {
        let isMore = count > OrderListRows.mostCounted
        let number = visit.formats.number(min(count, OrderListRows.mostCounted))
        return visit.say("orders.count", ["count": isMore ? "\(number)+" : number])
    }

    private static func tabs(_ filter: OrderFilter, _ waiting: [OrderTab: Int64], _ visit: Visit) -> [Content] {
        OrderTab.allCases.map { tab in
            var other = OrderFilter()
            other.tab = tab
            return [
                "path": .text(OrderAddress.list(other)), "name": .text(visit.say("orders.tab.\(tab.rawValue)")),
                "is-here": .flag(filter.tab == tab), "waiting": .text(waiting[tab].flatMap(few)),
            ]
        }
    }

    private static func few(_ count: Int64) -> String? {
        if count == 0 { return nil }
        return count < OrderListRows.mostInTab ? "\(count)" : "\(OrderListRows.mostInTab - 1)+"
    }

    private static func ownViews(_ filter: OrderFilter, _ views: [SavedView], _ visit: Visit) -> [Content] {
        let here = OrderAddress.query(filter.items)
        return views.map { view in
            [
                "id": "\(view.viewID)", "name": .text(view.name), "path": .text("/orders?\(view.query)"),
                "is-here": .flag(view.query == here),
            ]
        }
    }

    private static func row(_ row: OrderListRow, _ found: FoundOrders, _ visit: Visit) -> Content {
        let words = OrderWords(visit: visit)
        let lines = found.lines[row.orderID] ?? []
        return [
            "id": .text(row.orderID), "path": .text(OrderAddress.order(row.orderID)),
            "external": .text(row.externalOrderID), "channel": .text(found.choices.channel(row.channel)),
            "placed": .text(visit.formats.time(row.placedAt)), "region": .text(words.region(row.province, row.city)),
            "goods": .text(words.summary(lines)),
            "pieces": .text(visit.formats.number(lines.reduce(0) { $0 + $1.quantity })),
            "total": .text(visit.formats.money(row.total, row.currency)), "state": .content(words.state(row.state)),
            "remarks": .list(
                words.remarks(
                    stock: row.stock, refund: row.refund, holds: row.holds, flag: row.flag,
                    hasOpenCase: row.hasOpenCase)),
            "sold-by": .text(row.seller),
            "parcel-count": .text(row.parcels == 0 ? nil : visit.formats.number(row.parcels)),
        ]
    }
}

/// What a filter has found, and what its page shows beside it.
struct FoundOrders: Sendable {
    var part = OrderListPart(rows: [], hasNext: false, hasPrevious: false)
    var count: Int64 = 0
    var lines: [String: [OrderListLine]] = [:]
    var term: SearchTerm?
    let choices: OrderChoices
    var views: [SavedView] = []
    var waiting: [OrderTab: Int64] = [:]

    /// - Parameter counts: Also how many wait in each view.
    static func find(_ asked: ReadOrderFilter, _ visit: Visit, counts: Bool) async throws -> FoundOrders {
        let viewer = visit.viewer
        let calendar = visit.tools.calendar
        let scope = visit.scope
        return try await visit.tools.database.read { connection in
            var found = FoundOrders(choices: try OrderChoices.read(viewer, in: connection))
            if let text = asked.filter.search {
                found.term = try SearchTerm.recognise(text, viewer, in: connection)
            }
            if let userID = viewer.userID { found.views = try SavedViewRows.all(of: userID, in: connection) }
            if counts { found.waiting = try OrderListRows.waiting(scope, calendar, in: connection) }
            if found.term == .unknown { return found }
            let conditions = OrderConditions(filter: asked.filter, term: found.term, scope: scope, calendar: calendar)
            // Few orders of a state may be far apart among all amounts.
            let most = asked.filter.sort == .amount ? 5 * OrderListRows.mostCounted : OrderListRows.mostCounted
            found.count = try OrderListRows.count(conditions, most: most, in: connection)
            found.part = try OrderListRows.part(
                conditions, at: asked.cursor, isShort: found.count <= most, in: connection)
            found.lines = try OrderListRows.lines(found.part.rows.map(\.orderID), in: connection)
            return found
        }
    }
}
