import ConsoleDomain
import Contracts

/// What the page of a case shows beside the case itself.
enum CaseContent {
    static func outcome(_ outcome: String, _ visit: Visit) -> String {
        CaseOutcome(rawValue: outcome) == nil ? outcome : visit.say("cases.outcome.\(outcome)")
    }

    /// What approving would bring about.
    static func preview(_ preview: CasePreview, _ currency: String, _ visit: Visit) -> [Content] {
        let money = { (amount: Int64) in visit.formats.money(amount, currency) }
        return [
            ["name": .text(visit.say("cases.preview.goods")), "value": .text(money(preview.goods))],
            ["name": .text(visit.say("cases.preview.freight")), "value": .text(money(preview.freight))],
            ["name": .text(visit.say("cases.preview.sum")), "value": .text(money(preview.goods + preview.freight))],
            ["name": .text(visit.say("cases.preview.commission")), "value": .text(money(preview.commission))],
            ["name": .text(visit.say("cases.preview.stock")), "value": .text(visit.formats.number(preview.stock))],
        ]
    }

    static func story(_ story: CaseStory, _ visit: Visit) -> Content {
        [
            "commands": .list(story.commands.map { command($0, visit) }),
            "facts": .list(
                story.facts.map {
                    [
                        "name": .text(CommandDesk.shortName($0.type)), "at": .text(visit.formats.exactTime($0.at)),
                        "place": .text($0.place),
                    ]
                }),
        ]
    }

    static func command(_ note: CaseStory.CommandNote, _ visit: Visit) -> Content {
        let isOpen = note.actor == visit.viewer.name || visit.viewer.may(.auditView)
        let state = note.outcome ?? "waiting"
        return [
            "name": .text(CommandDesk.shortName(note.type)), "actor": .text(note.actor), "reason": .text(note.reason),
            "at": .text(visit.formats.time(note.at)), "state": .text(visit.say("commands.state.\(state)")),
            "answer": .text(note.answer),
            "path": .text(isOpen ? CommandPages.path(note.commandID, back: visit.call.path) : nil),
        ]
    }

    /// One form; open when it was sent and something in it was wrong.
    static func deed(_ deed: CaseDeed, _ story: CaseStory, _ reader: FormReader?, _ visit: Visit) -> Content {
        let complaint = { (name: String) -> String? in reader?.complaints[name].map { visit.say($0) } }
        return [
            "name": .text(deed.name), "label": .text(visit.say("cases.do.\(deed.name)")),
            "effect": .text(visit.say("cases.effect.\(deed.name)")), "is-dangerous": .flag(deed.isDangerous),
            "is-open": .flag(reader != nil), "typed-reason": .text(reader?.form["reason"]),
            "reason-fault": .text(complaint("reason")), "lines-fault": .text(complaint("lines")),
            "inputs": .list(deed.fields.map { input($0, deed, story, reader, visit) }),
            "is-received": .flag(deed.lines == .received), "is-inspected": .flag(deed.lines == .inspected),
            "pieces": .list(deed.lines == .none ? [] : story.found.lines.map { pieces($0, deed, reader, visit) }),
            "outcomes": .list(
                InspectionOutcome.allCases.map { ["label": .text(visit.say("cases.inspect.\($0.rawValue)"))] }),
        ]
    }

    private static func input(
        _ field: QueueField, _ deed: CaseDeed, _ story: CaseStory, _ reader: FormReader?, _ visit: Visit
    ) -> Content {
        let usual = field.name == "warehouse" ? story.found.warehouses.first : nil
        let typed = reader?.form[field.name] ?? usual
        var options: [String] = []
        if case .choice(let words) = field.kind { options = words }
        return [
            "id": "\(deed.name)-\(field.name)", "name": .text(field.name), "value": .text(typed),
            "label": .text(visit.say("queues.field.\(field.name)")), "is-required": .flag(field.isRequired),
            "is-number": .flag(field.isNumber), "is-choice": .flag(!options.isEmpty),
            "options": .list(
                options.map {
                    [
                        "value": .text($0), "label": .text(visit.say("queues.choice.\($0)")),
                        "is-chosen": .flag($0 == typed),
                    ]
                }),
            "fault": .text(reader?.complaints[field.name].map { visit.say($0) }),
        ]
    }

    /// One line of the case with the fields for its pieces.
    private static func pieces(_ line: CaseLine, _ deed: CaseDeed, _ reader: FormReader?, _ visit: Visit) -> Content {
        let kinds = deed.lines == .received ? ["received"] : InspectionOutcome.allCases.map(\.rawValue)
        return [
            "line": .text(line.lineID), "sku": .text(line.sku), "quantity": .text(visit.formats.number(line.quantity)),
            "inputs": .list(
                kinds.enumerated().map { index, kind in
                    let name = "\(kind)/\(line.lineID)"
                    let usual = index == 0 ? "\(line.quantity)" : ""
                    return [
                        "id": .text("\(deed.name)-\(name)"), "name": .text(name),
                        "value": .text(reader.map { $0.form[name] ?? "" } ?? usual),
                        "label": .text("\(visit.say("cases.inspect.\(kind)")) \(line.sku)"), "is-number": true,
                        "is-cell": true,
                        "fault": .text(reader?.complaints[name].map { visit.say($0) }),
                    ]
                }),
            "liabilities": .list(
                Liability.allCases.map {
                    [
                        "value": .text($0.rawValue), "label": .text(visit.say("cases.liability.\($0.rawValue)")),
                        "is-chosen": .flag(reader?.form["liability/\(line.lineID)"] == $0.rawValue),
                    ]
                }),
        ]
    }
}
