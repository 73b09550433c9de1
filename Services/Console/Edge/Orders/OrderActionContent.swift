import ConsoleDomain
import Contracts

extension OrderActionForm {
    var content: Content {
        let order = story.order
        var content: Content = [
            "back": .text(OrderAddress.order(order.orderID)),
            "path": .text(OrderAddress.action(action, of: order.orderID)),
            "name": .text(visit.say("orders.action.\(action.rawValue)")), "is-grave": .flag(action == .cancel),
            "refusal": .text(refusal.map { visit.say("orders.refused.\($0.rawValue)") }),
            "about": .text(visit.say("orders.about.\(action.rawValue)")), "preview": .list(preview),
            "reason": .text(visit.form["reason"]), "is-confirming": .flag(isConfirming),
            "hidden": .list(isConfirming ? hidden : []),
        ]
        for (field, phrase) in complaints { content["\(field)-fault"] = .text(visit.say(phrase)) }
        return content.merging(fields)
    }

    /// What is known of the order, and what the action will change of it.
    private var preview: [Content] {
        let order = story.order
        var pairs: [(String, String)] = [
            ("orders.order", "\(order.orderID) (\(order.externalOrderID))"),
            ("orders.state", visit.say("term.state.\(order.state)")),
            ("orders.total", money(order.total)),
        ]
        switch action {
        case .cancel: pairs.append(("order.action.refund-due", money(max(0, order.paid - order.refunded))))
        case .reassign: pairs.append(("orders.seller", order.seller ?? visit.say("order.attribution.none")))
        case .changePrice:
            if isConfirming, let total = newTotal { pairs.append(("order.action.new-total", money(total))) }
        default: break
        }
        if !order.holds.isEmpty {
            let words = OrderWords(visit: visit)
            pairs.append(("order.action.holds", order.holds.map(words.hold).joined(separator: visit.say("list.comma"))))
        }
        return pairs.map { ["name": .text(visit.say($0.0)), "value": .text($0.1)] }
    }

    private var newTotal: Int64? {
        var reader = FormReader(visit.form)
        let prices = story.lines.map { line in
            line.isGift ? 0 : reader.money("price-\(line.lineID)", in: OrderFilter.amounts)
        }
        let freight = reader.money("freight", in: OrderFilter.amounts)
        return reader.complaints.isEmpty ? story.money.total(prices: prices, freight: freight) : nil
    }

    /// What the confirmation sends once more.
    private var hidden: [Content] {
        let names = ["reason", "freight"] + story.lines.map { "price-\($0.lineID)" }
        return names.compactMap { name in
            visit.form[name].map { ["field": .text(name), "value": .text($0)] }
        }
    }

    /// What this action asks beside the reason.
    private var fields: Content {
        switch action {
        case .release:
            let words = OrderWords(visit: visit)
            let kinds = story.order.holds.filter { HoldKind(rawValue: $0) != nil }
            guard kinds.count > 1 else { return [:] }
            return [
                "holds": .content(["kinds": .list(kinds.map { ["code": .text($0), "word": .text(words.hold($0))] })])
            ]
        case .note: return ["asks-note": true, "note": .text(visit.form["note"])]
        case .flag:
            let chosen = visit.form.text("flag") ?? story.order.flag
            return [
                "asks-flag": true, "is-unflagged": .flag(chosen == nil),
                "flags": OrderWords(visit: visit).options(
                    OrderAction.flags.map { ($0, visit.say("orders.flag.\($0)")) }, chosen: chosen),
            ]
        case .extendReceipt: return ["asks-days": true, "days": .text(visit.form["days"] ?? "3")]
        case .reassign: return ["asks-member": true, "member": .text(visit.form["member"])]
        case .changePrice:
            return [
                "asks-prices": true, "prices": .list(story.lines.filter { !$0.isGift }.map(price)),
                "freight": .text(visit.form["freight"] ?? OrderFilter.amount(story.order.freight)),
            ]
        case .hold, .cancel, .confirmReceipt: return [:]
        }
    }

    private func price(_ line: StoryLine) -> Content {
        let field = "price-\(line.lineID)"
        return [
            "line-id": .text(line.lineID), "item": .text(line.name ?? line.sku),
            "quantity": .text(visit.formats.number(line.quantity)),
            "price": .text(visit.form[field] ?? OrderFilter.amount(line.unitPrice)),
            "price-fault": .text(complaints[field].map { visit.say($0) }),
        ]
    }

    private func money(_ value: Int64) -> String { visit.formats.money(value, story.order.currency) }
}
