import ConsoleDomain

/// 待办: what waits for people.
enum QueueSection {
    static let section = SiteSection(
        routes: [.get("/queues", .signedIn, QueueOverview.show), .get("/api/queues", .signedIn, QueueOverview.tell)]
            + Queues.all.flatMap(routes) + CasePages.routes + ParcelPages.routes + AdjustmentPages.routes,
        templates: [
            "home-work": PackageResources.home_work_mustache, "queues": PackageResources.queues_mustache,
            "queue-list": PackageResources.queue_list_mustache,
            "queue-act": PackageResources.queue_act_mustache, "queue-field": PackageResources.queue_field_mustache,
            "queue-cells": PackageResources.queue_cells_mustache, "case": PackageResources.case_mustache,
            "parcel": PackageResources.parcel_mustache, "adjustment": PackageResources.adjustment_mustache,
        ],
        phrases: [PackageResources.queues_json, PackageResources.cases_json],
        assets: ["queues.css": PackageResources.queues_css, "queues.js": PackageResources.queues_js],
        navigation: [
            NavigationItem(group: "nav.work", phrase: "queues.title", path: "/queues", access: .permission(viewers))
        ]
            + Queues.all.map {
                NavigationItem(
                    group: "nav.work", phrase: $0.title, path: $0.path, access: .may($0.view), isQueue: true)
            })

    /// Whoever sees at least one of them; members see orders as well, and no queue.
    private static let viewers = Array(Set(Queues.all.map(\.view)).subtracting([.ordersView])).sorted()

    private static func routes(_ queue: WorkQueue) -> [Route] {
        let list = Route.get(queue.path, .may(queue.view)) { visit in try await QueueList.show(queue, visit) }
        guard !queue.actions.isEmpty else { return [list] }
        let access = Route.Access.permission(Array(Set(queue.actions.map(\.permission))).sorted())
        return [
            list, .get("\(queue.path)/act", access) { visit in try await QueueActPages.show(queue, visit) },
            .post("\(queue.path)/act", access) { visit in try await QueueActPages.send(queue, visit) },
        ]
    }
}
