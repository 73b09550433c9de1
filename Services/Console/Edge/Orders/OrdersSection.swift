import ConsoleDomain

/// Orders: their list, their stories, and what people want of them.
enum OrdersSection {
    static let section = SiteSection(
        routes: [.get("/orders", .may(.ordersView), OrderIndexPage.show)] + SavedViewPages.routes + OrderPages.routes
            + OrderActionPages.routes + BulkPages.routes + OrderExportPages.routes + OrderAPI.routes,
        templates: [
            "orders": PackageResources.orders_mustache, "order": PackageResources.order_mustache,
            "order-goods": PackageResources.order_goods_mustache,
            "order-parcels": PackageResources.order_parcels_mustache,
            "order-commission": PackageResources.order_commission_mustache,
            "order-timeline": PackageResources.order_timeline_mustache,
            "order-action": PackageResources.order_action_mustache,
            "orders-bulk": PackageResources.orders_bulk_mustache,
            "orders-result": PackageResources.orders_result_mustache,
        ],
        phrases: [PackageResources.orders_json, PackageResources.order_json, PackageResources.why_json],
        assets: ["orders.css": PackageResources.orders_css, "orders.js": PackageResources.orders_js],
        navigation: [
            NavigationItem(group: "nav.sales", phrase: "orders.title", path: "/orders", access: .may(.ordersView))
        ])
}
