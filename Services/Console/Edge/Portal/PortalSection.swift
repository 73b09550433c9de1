import ConsoleDomain

/// A distributor's own part of the site, and the answers to its questions.
enum PortalSection {
    static let section = SiteSection(
        routes: [
            .get(PortalAddress.home, .may(.ownStatement), PortalHomePage.show),
            .get(PortalAddress.team, .may(.ownStatement), TeamPage.show),
            .get(PortalAddress.statement, .may(.ownStatement), StatementPages.show),
            .get("\(PortalAddress.statement).csv", .may(.ownStatement), StatementPages.export),
            .get("/portal/earnings/{order}", .may(.ownStatement), EarningPages.show),
            .post("/portal/earnings/{order}/question", .may(.ownDispute), EarningPages.ask),
            .get(PortalAddress.payouts, .may(.ownStatement), PayoutPages.show),
            .post(PortalAddress.payouts, .may(.payoutsRequest), PayoutPages.request),
            .get("/disputes", .may(.commissionView), DisputePages.list),
            .get("/disputes/{order}/{member}", .may(.commissionView), DisputePages.show),
            .post("/disputes/{order}/{member}/answer", .may(.commissionDecide), DisputePages.answer),
        ],
        templates: [
            "portal-home": PackageResources.portal_home_mustache,
            "portal-tabs": PackageResources.portal_tabs_mustache,
            "portal-months": PackageResources.portal_months_mustache,
            "portal-team": PackageResources.portal_team_mustache,
            "portal-statement": PackageResources.portal_statement_mustache,
            "portal-earning": PackageResources.portal_earning_mustache,
            "portal-story": PackageResources.portal_story_mustache,
            "portal-pending": PackageResources.portal_pending_mustache,
            "portal-payouts": PackageResources.portal_payouts_mustache,
            "portal-payout": PackageResources.portal_payout_mustache,
            "disputes": PackageResources.disputes_mustache, "dispute": PackageResources.dispute_mustache,
        ],
        phrases: [PackageResources.portal_json],
        assets: ["portal.css": PackageResources.portal_css, "portal.js": PackageResources.portal_js],
        navigation: [
            NavigationItem(
                group: "nav.money", phrase: "portal.title", path: PortalAddress.home, access: .may(.ownStatement)),
            NavigationItem(
                group: "nav.money", phrase: "disputes.title", path: "/disputes", access: .may(.commissionView)),
        ])
}
