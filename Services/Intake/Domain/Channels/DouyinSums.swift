import Contracts

/// What a Douyin order's two states imply.
struct DouyinState {
    var status = PlatformStatus()
    let paidAt: Instant?

    init(_ order: JSONObject, isCash: Bool, _ modifiedAt: Instant) throws(Fault) {
        guard let number = try order.wholeIfPresent("order_status") else {
            throw order.fault("is missing", field: "order_status")
        }
        let shippedAt = try order.unixTimeIfPresent("ship_time")
        let finishedAt = try order.unixTimeIfPresent("finish_time") ?? modifiedAt
        let payTime = try order.unixTimeIfPresent("pay_time")
        var hasPaid = true
        switch number {
        case 1: hasPaid = false
        case 2: break
        case 3: status.shipping = .all(shippedAt ?? modifiedAt)
        case 4:
            status.cancelledAt = finishedAt
            hasPaid = payTime != nil
            if let shippedAt { status.shipping = .all(shippedAt) }
        case 5:
            status.shipping = .all(shippedAt ?? finishedAt)
            status.receivedAt = finishedAt
        case 101: status.shipping = .part
        case 105: status.hold = .riskCheck
        default: throw order.fault("is unknown", field: "order_status")
        }
        switch try order.wholeIfPresent("main_status") {
        case 103:
            hasPaid = false
            status.deposit = try Self.deposit(order)
        case 21, 22, 39: status.cancelledAt = finishedAt
        default: break
        }
        let isPaid = isCash ? status.receivedAt != nil : hasPaid
        let createdAt = try order.unixTime("create_time")
        paidAt = isPaid ? payTime ?? createdAt : nil
    }

    /// What of a pre-sale's phases is paid for.
    private static func deposit(_ order: JSONObject) throws(Fault) -> Int64? {
        for phase in try order.objects("order_phase_list") where try phase.wholeIfPresent("current_phase") == 1 {
            return try phase.moneyIfPresent("phase_pay_amount", .fen)
        }
        return nil
    }
}

/// The lines and the money of a Douyin order.
struct DouyinSums {
    var lines = NativeLines()
    var refunds: [PlatformRefund] = []
    var referral: ChannelOrder.Referral?
    var hasOpenCase = false
    let freight: Int64
    let fees: [ChannelOrder.Fee]
    let total: Int64
    let orderDiscount: Int64
    let discounts: [ChannelOrder.Discount]
    let delivery: ChannelOrder.Delivery

    init(_ order: JSONObject) throws(Fault) {
        freight = try order.fen("post_amount")
        let insurance = try order.fen("post_insurance_amount")
        fees = insurance > 0 ? [ChannelOrder.Fee(kind: "insurance", amount: insurance)] : []
        total = try order.money("pay_amount", .fen)
        let items = try order.objects("sku_order_list")
        guard !items.isEmpty else { throw order.fault("is empty", field: "sku_order_list") }
        var gross: Int128 = Int128(freight + insurance)
        var promoted: Int64 = 0
        for item in items {
            gross += Int128(try Self.price(item)) * Int128(try item.pieces("item_num"))
            promoted += try item.fen("promotion_amount")
        }
        let saved = try Self.saved(order, gross - Int128(total))
        let isByLine = promoted <= saved
        orderDiscount = isByLine ? saved - promoted : saved
        delivery = try Self.delivery(of: items)
        discounts = try Self.discounts(order)
        for item in items { try take(item, isByLine: isByLine) }
    }

    /// The buyer's discounts, which must be what the order says they are.
    private static func saved(_ order: JSONObject, _ saved: Int128) throws(Fault) -> Int64 {
        let promotion = Int128(try order.fen("promotion_amount"))
        let atPayment = Int128(try order.fen("promotion_pay_amount"))
        let goods = try order.signedMoneyIfPresent("modify_amount", .fen) ?? 0
        let post = try order.signedMoneyIfPresent("modify_post_amount", .fen) ?? 0
        let change = Int128(goods + post)
        let isExplained = [promotion, promotion + atPayment].contains { [0, change, -change].contains(saved - $0) }
        guard saved >= 0, isExplained else {
            throw order.fault("leaves \(saved) fen that promotion_amount does not explain", field: "pay_amount")
        }
        return Int64(saved)
    }

    private static func discounts(_ order: JSONObject) throws(Fault) -> [ChannelOrder.Discount] {
        let promotion = try order.fen("promotion_amount")
        let (shop, platform) = (try order.fen("shop_cost_amount"), try order.fen("platform_cost_amount"))
        let author = try order.fen("author_cost_amount")
        let isSplit = order.value("shop_cost_amount") != nil || order.value("platform_cost_amount") != nil
        guard !isSplit || shop + platform + author == promotion else {
            throw order.fault("is not the sum of those who bear it", field: "promotion_amount")
        }
        let atPayment = try order.fen("promotion_pay_amount")
        let all: [(ChannelOrder.Discount.Kind, Int64, ChannelOrder.Discount.Bearer)] = [
            (.promotion, isSplit ? shop : promotion, .merchant), (.subsidy, platform, .platform),
            (.coupon, author, .distributor), (.subsidy, atPayment, .platform),
        ]
        return all.filter { $0.1 > 0 }.map { ChannelOrder.Discount(kind: $0.0, amount: $0.1, bearer: $0.2) }
    }

    private static func isGift(_ item: JSONObject) throws(Fault) -> Bool {
        try item.wordsIfPresent("given_product_type") == "FREE"
    }

    private static func price(_ item: JSONObject) throws(Fault) -> Int64 {
        try isGift(item) ? 0 : item.money("origin_amount", .fen)
    }

    private static func delivery(of items: [JSONObject]) throws(Fault) -> ChannelOrder.Delivery {
        var isVirtual = true
        for item in items {
            if try item.wholeIfPresent("receive_type") == 2 { return .pickup }
            if try item.wholeIfPresent("goods_type") != 1 { isVirtual = false }
        }
        return isVirtual ? .virtual : .express
    }

    private mutating func take(_ item: JSONObject, isByLine: Bool) throws(Fault) {
        let lineID = try item.nativeID("order_id")
        let quantity = try item.pieces("item_num")
        let price = try Self.price(item)
        let promotion = isByLine ? try item.fen("promotion_amount") : 0
        let paid = Int128(price) * Int128(quantity) - Int128(promotion)
        guard paid >= 0, paid < Int128(MinorUnits.bound) else {
            throw item.fault("is above the line, or the line too large", field: "promotion_amount")
        }
        try lines.add(
            lineID, sku: try item.sku(["out_sku_id", "code", "sku_id", "product_id"], lineID: lineID),
            quantity: quantity, unitPrice: price, paid: Int64(paid), gift: try Self.isGift(item), in: item,
            field: "order_id")
        if referral == nil, let author = try item.nativeIDIfPresent("author_id"), author != "0" {
            let room = try item.nativeIDIfPresent("room_id") ?? "0"
            referral = ChannelOrder.Referral(code: author, kind: room == "0" ? .link : .live)
        }
        try noteCase(item, LinePieces(lineID: lineID, quantity: quantity))
    }

    private mutating func noteCase(_ item: JSONObject, _ pieces: LinePieces) throws(Fault) {
        guard let info = try item.objectIfPresent("after_sale_info") else { return }
        let isRefunded = try info.wholeIfPresent("refund_status") == 3
        switch try info.wholeIfPresent("after_sale_status") {
        case 6, 7, 11, 12, 13, 14, 29: hasOpenCase = hasOpenCase || !isRefunded
        default: break
        }
        let type = try info.wholeIfPresent("after_sale_type")
        guard isRefunded, type == 0 || type == 2 else { return }
        refunds.append(
            PlatformRefund(pieces.lineID, amount: try item.moneyIfPresent("pay_amount", .fen) ?? 0, lines: [pieces]))
    }
}
