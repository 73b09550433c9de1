import ConsoleDomain

/// 基础资料: what is sold, where it lies, through which channels, by whom, and what that earns.
enum MasterSection {
    static let section = SiteSection(
        routes: MasterKind.allCases.flatMap(routes) + FirstRunPage.routes,
        templates: [
            "master-list": PackageResources.master_list_mustache,
            "master-record": PackageResources.master_record_mustache,
            "master-field": PackageResources.master_field_mustache,
            "master-preview": PackageResources.master_preview_mustache,
            "master-import": PackageResources.master_import_mustache,
            "master-imported": PackageResources.master_imported_mustache,
            "first-run": PackageResources.first_run_mustache,
        ],
        phrases: [PackageResources.master_json, PackageResources.faults_json],
        navigation: [
            NavigationItem(
                group: "nav.start", phrase: "first-run.title", path: "/first-run", access: .may(.masterEdit))
        ]
            + MasterKind.allCases.map { kind in
                NavigationItem(
                    group: [.members, .bindings, .plans].contains(kind) ? "nav.money" : "nav.goods", phrase: kind.title,
                    path: kind.path, access: .may(kind.view))
            })

    private static func routes(_ kind: MasterKind) -> [Route] {
        let (view, edit) = (Route.Access.may(kind.view), Route.Access.may(kind.edit))
        return [
            .get(kind.path, view) { try await MasterListPage.show(kind, $0) },
            .get("\(kind.path)/record", view) { try await MasterRecordPage.show(kind, $0) },
            .get("\(kind.path)/export.csv", view) { try await MasterExport.csv(kind, $0) },
            .get("\(kind.path)/export.xlsx", view) { try await MasterExport.xlsx(kind, $0) },
            .get("\(kind.path)/new", edit) { try await MasterRecordPage.showNew(kind, $0) },
            .post("\(kind.path)/check", edit, limit: editLimit) { try await MasterPreview.check(kind, $0) },
            .post("\(kind.path)/publish", edit, limit: editLimit) { try await MasterDesk.publishOne(kind, $0) },
            .get("\(kind.path)/import", edit) { try await MasterImportPages.show(kind, $0) },
            .post("\(kind.path)/import", edit, limit: importLimit) { try await MasterImportPages.check(kind, $0) },
            .post("\(kind.path)/import/publish", edit, limit: importLimit) {
                try await MasterImportPages.publish(kind, $0)
            },
        ]
    }

    private static let editLimit = 4 * 1024 * 1024
    private static let importLimit = 16 * 1024 * 1024
}
