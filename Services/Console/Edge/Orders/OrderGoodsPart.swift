import ConsoleDomain

/// Lines and money of an order, down to the sums that have to agree.
struct OrderGoodsPart {
    let story: OrderStory
    let visit: Visit

    var content: Content {
        [
            "lines": .list(story.lines.map(line)), "sums": .list(sums),
            "does-not-add-up": .flag(!story.money.addsUp),
        ]
    }

    private func line(_ line: StoryLine) -> Content {
        let money = OrderMoney.Line(
            quantity: line.quantity, unitPrice: line.unitPrice, discount: line.discount, paid: line.paid)
        let hasRefund = line.refundedQuantity > 0 || line.refundedAmount > 0
        return [
            "line-id": .text(line.lineID), "sku": .text(line.sku), "item": .text(line.name ?? line.sku),
            "is-gift": .flag(line.isGift), "quantity": .text(visit.formats.number(line.quantity)),
            "price": .text(amount(line.unitPrice)), "discount": .text(lessened(line.discount)),
            "order-discount": .text(lessened(money.orderDiscount)), "freight": .text(amount(line.freightShare)),
            "line-total": .text(amount(line.paid)),
            "returned": .text(
                hasRefund ? "\(amount(line.refundedAmount)) (×\(visit.formats.number(line.refundedQuantity)))" : nil),
        ]
    }

    /// From the list price to what is still the merchant's.
    private var sums: [Content] {
        let order = story.order
        let money = story.money
        var sums = [sum("order.sum.list", money.list)]
        if money.lineDiscounts != 0 { sums.append(sum("order.sum.discounts", -money.lineDiscounts)) }
        if money.orderDiscount != 0 { sums.append(sum("order.sum.order-discount", -money.orderDiscount)) }
        sums.append(sum("order.sum.goods", order.goodsTotal))
        sums.append(sum("order.sum.freight", order.freight))
        if order.fees != 0 { sums.append(sum("order.sum.fees", order.fees)) }
        if order.tax != 0 {
            sums.append(sum(money.isTaxIncluded ? "order.sum.tax-included" : "order.sum.tax", order.tax))
        }
        sums.append(sum("order.sum.total", order.total, isWhole: true))
        if order.receivable != order.total { sums.append(sum("order.sum.receivable", order.receivable)) }
        sums.append(sum("order.sum.paid", order.paid))
        if order.missing > 0 { sums.append(sum("order.sum.missing", order.missing)) }
        if order.refunded > 0 {
            sums.append(sum("order.sum.refunded", -order.refunded))
            sums.append(sum("order.sum.left", order.paid - order.refunded, isWhole: true))
        }
        return sums
    }

    private func sum(_ phrase: String, _ value: Int64, isWhole: Bool = false) -> Content {
        ["name": .text(visit.say(phrase)), "value": .text(amount(value)), "is-whole": .flag(isWhole)]
    }

    private func lessened(_ value: Int64) -> String? { value == 0 ? nil : amount(-value) }

    private func amount(_ value: Int64) -> String { visit.formats.money(value, story.order.currency) }
}
