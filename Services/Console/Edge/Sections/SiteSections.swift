/// Every section of the site, in the order of its navigation.
enum SiteSections {
    static let all: [SiteSection] = [
        FrameSection.section, HomePage.section, LoginPages.section, AccountPages.section, CommandPages.section,
        OrdersSection.section,
        PortalSection.section,
        LivePages.section,
        QueueSection.section,
        MasterSection.section,
        ReportsSection.section,
        UserPages.section,
        AuditPage.section,
    ]
}
