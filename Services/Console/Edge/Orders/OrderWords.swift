import ConsoleDomain

/// Words for what an order is, each with how it is shown; the colour says nothing that the word does not.
struct OrderWords {
    let visit: Visit

    func state(_ state: String) -> Content {
        let tone =
            switch OrderStage(rawValue: state) {
            case .pendingPayment: "warn"
            case .paid, .partiallyShipped, .shipped: "info"
            case .delivered, .completed: "good"
            case .cancelled, nil: ""
            }
        return badge(visit.say("term.state.\(state)"), tone)
    }

    /// What is out of the ordinary about an order, beside its state.
    func remarks(
        stock: String, refund: String, holds: [String], flag: String?, hasOpenCase: Bool = false
    ) -> [Content] {
        var badges: [Content] = holds.map { badge(hold($0), "bad") }
        if stock == StockStage.backordered.rawValue {
            badges.append(badge(visit.say("orders.stock.backordered"), "warn"))
        }
        if stock == StockStage.rejected.rawValue { badges.append(badge(visit.say("orders.stock.rejected"), "bad")) }
        if hasOpenCase { badges.append(badge(visit.say("orders.case-open"), "warn")) }
        if refund != RefundStage.none.rawValue { badges.append(badge(visit.say("orders.refund.\(refund)"), "warn")) }
        if let flag {
            badges.append(badge(self.flag(flag), "flag-\(OrderAction.flags.contains(flag) ? flag : "other")"))
        }
        return badges
    }

    /// 挂起：人工.
    func hold(_ kind: String) -> String {
        let key = "orders.hold.\(kind)"
        let word = visit.tools.phrases.has(key) ? visit.say(key) : kind
        return visit.say("orders.held-by", ["kind": word])
    }

    func flag(_ flag: String) -> String {
        OrderAction.flags.contains(flag)
            ? visit.say("orders.flag.\(flag)") : visit.say("orders.flagged", ["flag": flag])
    }

    func badge(_ word: String, _ tone: String) -> Content { ["word": .text(word), "tone": .text(tone)] }

    /// `浙江省 杭州市`.
    func region(_ province: String?, _ city: String?) -> String {
        [province, city].compactMap { $0 }.reduce(into: [String]()) { parts, part in
            if parts.last != part { parts.append(part) }
        }.joined(separator: " ")
    }

    /// The first goods of an order and how many more kinds there are.
    func summary(_ lines: [OrderListLine]) -> String {
        let shown = lines.prefix(2).map { "\($0.name ?? $0.sku) ×\(visit.formats.number($0.quantity))" }
        let rest = lines.count - shown.count
        let text = shown.joined(separator: visit.say("list.comma"))
        return rest > 0 ? visit.say("orders.and-more", ["goods": text, "count": "\(rest)"]) : text
    }

    func options(_ choices: [(id: String, name: String)], chosen: String?) -> ContentValue {
        .list(
            choices.map { ["id": .text($0.id), "name": .text($0.name), "is-chosen": .flag($0.id == chosen)] })
    }
}
