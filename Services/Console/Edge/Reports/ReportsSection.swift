import ConsoleDomain

/// 数据报表: figures, charts and exports.
enum ReportsSection {
    static let section = SiteSection(
        routes: ReportPages.routes + ExportPages.routes + SchedulePages.routes,
        templates: [
            "report": PackageResources.report_mustache, "report-figures": PackageResources.report_figures_mustache,
            "report-schedules": PackageResources.report_schedules_mustache,
        ],
        phrases: [PackageResources.reports_json],
        assets: ["reports.css": PackageResources.reports_css, "reports.js": PackageResources.reports_js],
        navigation: [
            NavigationItem(
                group: "nav.reports", phrase: "reports.title", path: "/reports", access: .may(.reportsView)),
            NavigationItem(
                group: "nav.reports", phrase: "reports.schedules", path: "/reports/schedules",
                access: .may(.reportsExport)),
        ])
}
