import ConsoleDomain
import HTTPTypes

/// What all pages share: head, top bar, navigation, the way here, and what was just done.
enum Layout {
    static func reply(_ answer: Answer, _ visit: Visit) -> Reply {
        var reply: Reply
        switch answer.kind {
        case .page(let page): reply = render(page, visit)
        case .redirect(let path): reply = Reply(.seeOther, [.location: path])
        case .bytes(let status, let type, let bytes): reply = Reply(status, [.contentType: type], bytes)
        case .stream(let type, let writer): reply = Reply(.ok, [.contentType: type], stream: writer)
        }
        if let name = answer.fileName {
            reply.headers[.contentDisposition] =
                "attachment; filename=\"\(name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" && !$0.isNewline })\"; "
                + "filename*=UTF-8''\(PercentCoding.encoded(name))"
        }
        let isSecure = visit.tools.settings.isSecure
        for cookie in visit.cookies + answer.cookies {
            reply.headers.append(HTTPField(name: .setCookie, value: cookie.header(isSecure: isSecure)))
        }
        return reply
    }

    static func reply(_ problem: SiteProblem, _ visit: Visit) -> Reply {
        var reply: Reply
        if visit.call.wantsJSON {
            reply = ProblemJSON.reply(problem, visit)
        } else {
            let title = visit.say("problem.\(problem.code).title")
            let page = Page(
                template: "problem", title: title,
                content: [
                    "advice": .text(visit.say("problem.\(problem.code).advice")),
                    "status": "\(problem.status.code)",
                ], status: problem.status)
            reply = self.reply(.page(page), visit)
        }
        switch problem {
        case .busy, .unavailable: reply.headers[.retryAfter] = "5"
        case .methodNotAllowed: reply.headers[.allow] = allowed(visit)
        case .unauthorised: reply.headers[.wwwAuthenticate] = "Bearer realm=\"console\""
        default: break
        }
        return reply
    }

    private static func allowed(_ visit: Visit) -> String {
        visit.call.isSafe ? "POST" : "GET, HEAD"
    }

    private static func render(_ page: Page, _ visit: Visit) -> Reply {
        let site = site(page, visit)
        let main = visit.tools.templates.render(
            page.template, page.content.merging(["site": .content(site)]), visit.language)
        let whole = visit.tools.templates.render(
            "layout", ["site": .content(site), "main-markup": .markup(main)], visit.language)
        var reply = Reply(page.status, [.contentType: "text/html; charset=utf-8"], Array(whole.text.utf8))
        reply.headers[.contentLanguage] = visit.language.tag
        if visit.flash != nil {
            let forgotten = Cookie(name: CookieName.flash, value: "", seconds: 0)
            reply.headers.append(
                HTTPField(name: .setCookie, value: forgotten.header(isSecure: visit.tools.settings.isSecure)))
        }
        return reply
    }

    /// What every template may use, as `{{site.…}}`.
    private static func site(_ page: Page, _ visit: Visit) -> Content {
        let assets = visit.tools.assets
        return [
            "lang": .text(visit.language.tag), "theme": .text(visit.theme.rawValue), "title": .text(page.title),
            "csrf": .text(FormToken.make(for: visit.formSecret)), "here": .text(here(visit)),
            "flash": .text(visit.flash.map { visit.say($0) }),
            "bootstrap": .text(assets.path("bootstrap.min.css")), "style": .text(assets.path("site.css")),
            "script": .text(assets.path("site.js")),
            "styles": .list(page.styles.map { ["source": .text(assets.path($0))] }),
            "scripts": .list(page.scripts.map { ["source": .text(assets.path($0))] }),
            "is-signed-in": .flag(visit.viewer.isSignedIn), "user": .text(visit.viewer.displayName),
            "groups": .list(groups(visit)), "crumbs": .list(crumbs(page)),
            "languages": .list(
                Language.allCases.filter { $0 != visit.language }.map {
                    ["code": .text($0.rawValue), "tag": .text($0.tag), "name": .text($0.ownName)]
                }),
            "themes": .list(
                Theme.allCases.map {
                    [
                        "code": .text($0.rawValue), "name": .text(visit.say("theme.\($0.rawValue)")),
                        "is-chosen": .flag($0 == visit.theme),
                    ]
                }),
        ]
    }

    /// Back to this page, when it can be asked for again.
    private static func here(_ visit: Visit) -> String {
        guard visit.call.isSafe else { return "/" }
        return visit.call.path + (visit.call.query.isEmpty ? "" : "?\(visit.call.query)")
    }

    private static func crumbs(_ page: Page) -> [Content] {
        page.crumbs.map { ["title": .text($0.title), "path": .text($0.path)] }
    }

    private static func groups(_ visit: Visit) -> [Content] {
        guard visit.viewer.isSignedIn, !visit.viewer.mustChangePassword else { return [] }
        let items = visit.tools.navigation.filter { $0.admits(visit.viewer) }
        let here = here(among: items, visit)
        var names: [String] = []
        for item in items where !names.contains(item.group) { names.append(item.group) }
        return names.map { name in
            [
                "name": .text(visit.say(name)),
                "items": .list(items.filter { $0.group == name }.map { entry($0, isHere: $0.path == here, visit) }),
            ]
        }
    }

    /// The page that this one is, or lies under most closely.
    private static func here(among items: [NavigationItem], _ visit: Visit) -> String? {
        let path = visit.call.path
        let above = items.map(\.path).filter { path == $0 || ($0 != "/" && path.hasPrefix($0 + "/")) }
        return above.max { $0.count < $1.count }
    }

    private static func entry(_ item: NavigationItem, isHere: Bool, _ visit: Visit) -> Content {
        let count = item.isQueue ? visit.queueCounts.first { WorkQueue.path($0.queue) == item.path }?.count : nil
        return [
            "path": .text(item.path), "name": .text(visit.say(item.phrase)), "is-here": .flag(isHere),
            "is-queue": .flag(item.isQueue), "count": .text(count.map { QueueList.count($0, visit) }),
            "is-empty": .flag(count == 0),
        ]
    }
}
