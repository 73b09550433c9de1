import ConsoleDomain
import Contracts

/// The form above the list of orders, filled in as it was asked.
struct OrderFilterForm {
    let filter: OrderFilter
    let complaints: [String: String]
    let found: FoundOrders
    let visit: Visit

    var content: Content {
        let words = OrderWords(visit: visit)
        var content: Content = [
            "view": .text(filter.tab == .all ? nil : filter.tab.rawValue), "q": .text(filter.search),
            "from": .text(filter.from?.description), "to": .text(filter.to?.description),
            "min": .text(filter.minimum.map(OrderFilter.amount)), "max": .text(filter.maximum.map(OrderFilter.amount)),
            "seller": .text(filter.seller), "sku": .text(filter.sku), "member": .text(filter.member),
            "category": .text(filter.category), "currency": .text(filter.currency),
            "moneys": words.options(
                OrderMoneyStage.allCases.map { ($0.rawValue, visit.say("orders.money.\($0.rawValue)")) },
                chosen: filter.money?.rawValue),
            "channels": words.options(found.choices.channels, chosen: filter.channel),
            "warehouses": words.options(found.choices.warehouses, chosen: filter.warehouse),
            "states": words.options(
                OrderStage.allCases.map { ($0.rawValue, visit.say("term.state.\($0.rawValue)")) },
                chosen: filter.state?.rawValue),
            "stocks": words.options(
                StockStage.allCases.map { ($0.rawValue, visit.say("orders.stock.\($0.rawValue)")) },
                chosen: filter.stock?.rawValue),
            "refunds": words.options(
                RefundStage.allCases.map { ($0.rawValue, visit.say("orders.refund.\($0.rawValue)")) },
                chosen: filter.refund?.rawValue),
            "flags": words.options(
                OrderAction.flags.map { ($0, visit.say("orders.flag.\($0)")) }, chosen: filter.flag),
            "sorts": words.options(
                OrderSort.allCases.map { ($0.rawValue, visit.say("orders.sort.\($0.rawValue)")) },
                chosen: filter.sort.rawValue),
            "is-open": .flag(filter.isNarrowed && filter.search == nil || !complaints.isEmpty),
            "clear": .text(clear),
        ]
        for (field, phrase) in complaints { content["\(field)-fault"] = .text(visit.say(phrase)) }
        return content
    }

    /// The same view without what narrows it.
    private var clear: String {
        var bare = OrderFilter()
        bare.tab = filter.tab
        return OrderAddress.list(bare)
    }
}
