import ConsoleDomain

/// The first page: what the viewer may do here.
enum HomePage {
    static let section = SiteSection(
        routes: [.get("/", .signedIn, show)],
        templates: ["home": PackageResources.home_mustache],
        navigation: [NavigationItem(group: "nav.start", phrase: "home.title", path: "/", access: .signedIn)])

    private static func show(_ visit: Visit) async throws -> Answer {
        let items = visit.tools.navigation.filter { $0.path != "/" && !$0.isQueue && $0.admits(visit.viewer) }
        let cards = items.map { item -> Content in
            [
                "path": .text(item.path), "name": .text(visit.say(item.phrase)),
                "about": .text(visit.say("\(item.phrase).about")),
            ]
        }
        return .page(
            Page(
                template: "home", title: visit.say("home.title"),
                content: try await HomeWork.content(visit).merging([
                    "greeting": .text(visit.say("home.greeting", ["user": visit.viewer.displayName])),
                    "cards": .list(cards), "today": try await HomeFigures.content(visit),
                ]), scripts: ["live.js"], styles: ["reports.css"]))
    }
}
