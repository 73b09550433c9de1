import ConsoleDomain
import Contracts

/// Every fact of an order with the place where it stands, and what people here have asked.
struct OrderTimelinePart {
    let story: OrderStory
    let visit: Visit

    var content: Content {
        [
            "commands": .list(story.commands.map { Self.command($0, visit) }),
            "has-timeline": .flag(!story.facts.isEmpty),
            "timeline": .list(story.facts.reversed().map(fact)),
            "fact-count": .text(visit.formats.number(Int64(story.facts.count))),
            "is-waiting": .flag(story.commands.contains { $0.outcome == nil }),
        ]
    }

    static func command(_ command: CommandState, _ visit: Visit) -> Content {
        let state = command.outcome ?? "waiting"
        let tones = ["accepted": "good", "refused": "bad", "unsent": "bad"]
        let orderID = String(command.subject.split(separator: "/").last ?? "")
        let order = OrderAddress.order(orderID)
        let seesCommand = command.actor == visit.viewer.name || visit.viewer.may(.auditView)
        return [
            "order": .text(orderID), "order-path": .text(order),
            "name": .text(commandName(CommandDesk.shortName(command.type), visit)),
            "command-path": .text(seesCommand ? CommandPages.path(command.commandID, back: order) : nil),
            "actor": .text(command.actor), "why": .text(command.reason),
            "at": .text(visit.formats.exactTime(command.issuedAt)),
            "command-state": .text(visit.say("commands.state.\(state)")), "tone": .text(tones[state] ?? "info"),
            "answer": .text(command.answer),
        ]
    }

    private func fact(_ fact: StoryFact) -> Content {
        [
            "at": .text(visit.formats.exactTime(fact.at)),
            "name": .text(factName(fact.shortType)),
            "type": .text(fact.shortType), "topic": .text(fact.topic), "partition": "\(fact.partition)",
            "offset": "\(fact.offset)", "version": .text(fact.version.map { "\($0)" }), "trace": .text(fact.traceID),
            "body": .text(fact.body.map(JSONIndent.text)),
        ]
    }

    /// What people call it; its own name while nobody has said.
    private func factName(_ type: String) -> String {
        let key = "order.fact.\(type)"
        return visit.tools.phrases.has(key) ? visit.say(key) : type
    }

    private static func commandName(_ type: String, _ visit: Visit) -> String {
        let key = "order.command.\(type)"
        return visit.tools.phrases.has(key) ? visit.say(key) : type
    }
}
