import ConsoleDomain
import Contracts

/// Filters that people keep as their own tabs.
enum SavedViewPages {
    static let routes: [Route] = [
        .post("/orders/views", .may(.ordersView), save), .post("/orders/views/{id}/delete", .may(.ordersView), delete),
    ]

    private static func save(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID else { throw SiteProblem.forbidden }
        let filter = ReadOrderFilter(try FormFields(urlEncoded: visit.form["query"] ?? "")).filter
        var reader = FormReader(visit.form)
        let name = reader.text("name", 1...40)
        let back = OrderAddress.list(filter)
        guard reader.complaints.isEmpty, filter != OrderFilter() else { throw SiteProblem.badRequest }
        let query = OrderAddress.query(filter.items)
        guard query.utf8.count <= 4000 else { throw SiteProblem.badRequest }
        let after = JSONWriter.object { json in
            json.field("name", name)
            json.field("query", query)
        }
        let entry = visit.entry("views.save", "user/\(visit.viewer.name)", after: after)
        let isSaved = try await visit.tools.database.write { transaction in
            guard try SavedViewRows.save(name, query, of: userID, in: transaction) else { return false }
            try AuditRows.add(entry, in: transaction)
            return true
        }
        return .redirect(back, say: isSaved ? "orders.view.saved" : "orders.view.too-many")
    }

    private static func delete(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID else { throw SiteProblem.forbidden }
        let viewID = try visit.number("id")
        let entry = visit.entry("views.delete", "view/\(viewID)")
        let isDeleted = try await visit.tools.database.write { transaction in
            guard try SavedViewRows.delete(viewID, of: userID, in: transaction) else { return false }
            try AuditRows.add(entry, in: transaction)
            return true
        }
        guard isDeleted else { throw SiteProblem.notFound }
        return .redirect(OrderAddress.index, say: "orders.view.deleted")
    }
}
