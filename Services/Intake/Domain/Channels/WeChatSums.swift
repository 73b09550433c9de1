import Contracts

/// What a WeChat shop order's status implies.
struct WeChatState {
    var status = PlatformStatus()
    let paidAt: Instant?
    var isPickup = false

    init(_ order: JSONObject, _ detail: JSONObject, isLater: Bool, _ modifiedAt: Instant) throws(Fault) {
        guard let number = try order.wholeIfPresent("status") else { throw order.fault("is missing", field: "status") }
        let payTime = try detail.objectIfPresent("pay_info")?.unixTimeIfPresent("pay_time")
        var hasPaid = true
        switch number {
        case 10: hasPaid = false
        case 15: status.hold = .groupForming
        case 16, 17:
            status.hold = .atShop
            isPickup = true
        case 20: break
        case 21: status.shipping = .part
        case 30: status.shipping = .all(modifiedAt)
        case 100:
            status.shipping = .all(modifiedAt)
            status.receivedAt = modifiedAt
        case 200, 250:
            status.cancelledAt = modifiedAt
            hasPaid = number == 200 || payTime != nil
        default: throw order.fault("is unknown", field: "status")
        }
        let isPaid = isLater ? status.receivedAt != nil : hasPaid
        let createdAt = try order.unixTime("create_time")
        paidAt = isPaid ? payTime ?? createdAt : nil
    }
}

/// The lines and the money of a WeChat shop order.
struct WeChatSums {
    let prices: JSONObject
    var lines = NativeLines()
    var refunds: [PlatformRefund] = []
    var hasOpenCase = false
    var shipBy: Instant?
    let freight: Int64
    let total: Int64
    let orderDiscount: Int64
    let discounts: [ChannelOrder.Discount]

    init(_ detail: JSONObject) throws(Fault) {
        prices = try detail.object("price_info")
        total = try prices.fen("order_price")
        let isChanged = try prices.isSet("is_change_freight")
        freight = try isChanged ? prices.fen("change_freight") : prices.fen("freight")
        let borne = try Self.borne(prices)
        let others = borne.reduce(0) { $0 + ($1.bearer == .merchant ? 0 : $1.amount) }
        let points = try prices.fen("deduction_price")
        var goods: Int64 = 0
        let products = try detail.objects("product_infos")
        guard !products.isEmpty else { throw detail.fault("is empty", field: "product_infos") }
        for product in products { goods += try Self.isGift(product) ? 0 : product.fen("real_price") }
        let rest = goods + freight - total
        guard rest == 0 || [others, points, others + points].contains(rest) else {
            throw prices.fault("differs by \(rest) fen from lines and freight", field: "order_price")
        }
        orderDiscount = rest
        discounts = try Self.settled(borne, prices, total: total, others: others)
        for product in products { try take(product) }
    }

    /// The discounts by those who bear them.
    private static func borne(_ prices: JSONObject) throws(Fault) -> [ChannelOrder.Discount] {
        let all: [(ChannelOrder.Discount.Kind, Int64, ChannelOrder.Discount.Bearer)] = [
            (.coupon, try prices.fen("merchant_discounted_price"), .merchant),
            (.priceChange, try prices.fen("change_down_price"), .merchant),
            (.points, try prices.fen("deduction_price"), .merchant),
            (.coupon, try prices.fen("finder_discounted_price"), .distributor),
            (.coupon, try prices.fen("cash_coupon_discounted_price"), .platform),
            (.subsidy, try prices.fen("national_subsidy_discounted_price"), .platform),
            (.member, try prices.fen("vip_discounted_price"), .platform),
            (.promotion, try prices.fen("bulkbuy_discounted_price"), .platform),
        ]
        return all.filter { $0.1 > 0 }.map { ChannelOrder.Discount(kind: $0.0, amount: $0.1, bearer: $0.2) }
    }

    /// Where the platform says what the merchant gets, that counts; the fields of the others only explain it.
    private static func settled(
        _ borne: [ChannelOrder.Discount], _ prices: JSONObject, total: Int64, others: Int64
    ) throws(Fault) -> [ChannelOrder.Discount] {
        guard let receivable = try prices.moneyIfPresent("merchant_receieve_price", .fen) else { return borne }
        let gap = receivable - total
        guard gap >= 0 else { throw prices.fault("is below what the buyer pays", field: "merchant_receieve_price") }
        if gap == others { return borne }
        let merchants = borne.filter { $0.bearer == .merchant }
        return gap == 0
            ? merchants : merchants + [ChannelOrder.Discount(kind: .subsidy, amount: gap, bearer: .platform)]
    }

    private static func isGift(_ product: JSONObject) throws(Fault) -> Bool { try product.isSet("is_free_gift") }

    private mutating func take(_ product: JSONObject) throws(Fault) {
        var name = try product.nativeIDIfPresent("product_unique_id")
        if name == nil { name = lines.name(bySku: try product.nativeID("sku_id")) }
        let lineID = name ?? ""
        let quantity = try product.pieces("sku_cnt")
        let isGift = try Self.isGift(product)
        let paid = isGift ? 0 : try product.fen("real_price")
        try lines.add(
            lineID, sku: try product.sku(["out_sku_id", "sku_code", "sku_id"], lineID: lineID), quantity: quantity,
            unitPrice: isGift ? 0 : try product.fen("sale_price"), paid: paid, gift: isGift, in: product,
            field: "product_unique_id")
        if let deadline = try product.unixTimeIfPresent("delivery_deadline") {
            shipBy = shipBy.map { min($0, deadline) } ?? deadline
        }
        let open = try product.wholeIfPresent("on_aftersale_sku_cnt") ?? 0
        hasOpenCase = hasOpenCase || open > 0
        let back = min(try product.wholeIfPresent("finish_aftersale_sku_cnt") ?? 0, quantity)
        guard back > 0 else { return }
        let share = Int64((Int128(paid) * Int128(back) * 2 + Int128(quantity)) / (Int128(quantity) * 2))
        refunds.append(PlatformRefund(lineID, amount: share, lines: [LinePieces(lineID: lineID, quantity: back)]))
    }
}
