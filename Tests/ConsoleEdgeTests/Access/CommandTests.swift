import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Commands of users")
struct CommandTests {
    /// A page that holds an order.
    private static let hold = Route.post("/test/hold", .may(.ordersHold)) { visit in
        let id = try await visit.tools.commands.send(visit, to: "intake", about: "order/O-1", reason: "odd") { head in
            RetryDeadLetters(head: head, deadLetterIDs: [7])
        }
        return .redirect(CommandPages.path(id, back: "/orders"))
    }

    private func holding(_ rig: SiteRig, _ name: String) async throws -> (Browser, String) {
        let site = Site(tools: rig.site.tools, routes: rig.site.routes + [Self.hold])
        try await rig.addUser(name, roles: ["support"])
        let browser = Browser(site)
        try await browser.signIn(name)
        let reply = try await browser.post("/test/hold")
        return (browser, try #require(reply.headers[.location]))
    }

    @Test func commandIsPublishedAndPutDown() async throws {
        try await SiteRig.with { rig in
            let (browser, path) = try await holding(rig, "anna")
            let message = try #require(rig.sent.first)
            #expect(rig.sent.count == 1)
            let command = try RetryDeadLetters(JSONDocument.object(message.value))
            #expect(message.topic == .commands(of: "intake"))
            #expect(message.key == command.key)
            #expect(message.envelope.id == command.commandID)
            #expect(message.envelope.type == RetryDeadLetters.type)
            #expect(command.actor == "anna")
            #expect(command.reason == "odd")
            #expect(command.issuedAt == rig.now)
            let line = try rig.text(
                "SELECT concat_ws(' ', actor, action, subject, reason) FROM audit_log WHERE action LIKE 'command.%'")
            #expect(line == "anna command.RetryDeadLetters order/O-1 odd")
            let page = try await browser.get(path)
            #expect(page.text.contains("Sent; the answer is awaited."))
            #expect(page.text.contains("/orders"))
        }
    }

    @Test func answerIsShown() async throws {
        try await SiteRig.with { rig in
            let (browser, path) = try await holding(rig, "anna")
            try rig.run("UPDATE commands SET outcome = 'refused', answer = 'it is <gone>', answered_at = now()")
            let page = try await browser.get(path).text
            #expect(page.contains("Refused."))
            #expect(page.contains("it is &lt;gone&gt;"))
            let id = String(path.dropFirst("/commands/".count).prefix { $0 != "?" })
            #expect(try await browser.get("/api/commands/\(id)").text.contains(#""outcome":"refused""#))
        }
    }

    @Test func commandThatDidNotLeaveSaysSo() async throws {
        try await SiteRig.with { rig in
            rig.answer(.unavailable("_TRANSPORT"))
            let (browser, path) = try await holding(rig, "anna")
            #expect(rig.sent.isEmpty)
            #expect(try await browser.get(path).text.contains("It could not be sent"))
        }
    }

    @Test func commandIsItsUsersAffair() async throws {
        try await SiteRig.with { rig in
            let (_, path) = try await holding(rig, "anna")
            #expect(try await rig.signIn(.support).get(path).status == .notFound)
            #expect(try await rig.signIn(.auditor).get(path).status == .ok)
        }
    }
}
