import Contracts

/// A Pinduoduo order as `pdd.order.information.get` answers it.
///
/// Stands under `order_info_get_response.order_info`, under `order_info`, or by itself. Amounts are yuan, as JSON numbers
/// in the newer form and as text in the older; times `yyyy-MM-dd HH:mm:ss` in Shanghai.
///
/// | theirs | ours |
/// | --- | --- |
/// | `order_sn`; `created_time`; `updated_at` | `externalOrderId`; `placedAt`; the time of the snapshot |
/// | `item_list[]`: `sku_id` (and a number from its second line on), `outer_id` else `outer_goods_id` else `sku_id`, `goods_count`, `goods_price` | line; Pinduoduo gives lines no id |
/// | `gift_list[]` | gifts of the first line; outside the sums, whatever price they show |
/// | `goods_amount` | Σ price · count, less or more by `order_change_amount`, which it holds already |
/// | `discount_amount` = `platform_discount` + `seller_discount` + `capital_free_discount` | discount of the order; the platform bears `platform_discount` (k) |
/// | `postage`; `pay_amount` = goods − discount + postage | `freight`; `total` |
/// | `confirm_status` 0; 1; 2 | not paid, or a group is forming when `pay_time` stands; paid; cancelled |
/// | `order_status` 2; 3 | shipped at `shipping_time`; received at `receive_time` |
/// | `group_status` 0, `risk_control_status` 1, `is_lucky_flag` 2, `refund_status` 2 or 3 | held: group, risk check, lottery, refund asked |
/// | `refund_status` 4 | all of it paid back, cancelled; 1 says nothing: none, or closed |
/// | `step_order_info.step_trade_status` 1, `advanced_paid_fee` | deposit: noted, not a payment yet |
/// | `receiver_name`, `receiver_phone`, `receiver_address` | sealed token; empty strings later: what was stored stays |
/// | `receiver_name_mask`, …; `province`, `city`, **`town` is the district** | what people see |
/// | `last_ship_time`; `buyer_memo`; `self_contained` 1 | `shipBy`; note; pickup |
///
/// Bundle parts (`order_depot_info`) are not read: our listing knows them. Refused: sums that disagree.
/// - Source: CHANNELS section 4; the fields' comments in public SDKs.
enum PinduoduoOrder {
    static func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        let info = try json.unwrapped("order_info_get_response", "order_info")
        let externalOrderID = try info.nativeID("order_sn")
        let modifiedAt = try info.shanghaiTime("updated_at")
        let placedAt = try info.shanghaiTime("created_time")
        let sums = try PinduoduoSums(info)
        let state = try PinduoduoState(info, placedAt: placedAt, modifiedAt)
        var status = state.status
        if state.isRefunded { status.refunds = [sums.wholeRefund(externalOrderID)] }
        let order = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, modifiedAt: modifiedAt, placedAt: placedAt,
            shipTo: try address(info), lines: sums.lines.lines, orderDiscount: sums.orderDiscount,
            freight: sums.freight, fees: sums.fees, total: sums.total, discounts: sums.discounts,
            payment: state.paidAt.flatMap { .whole(externalOrderID, sums.total, paidAt: $0) },
            delivery: try info.isSet("self_contained") ? .pickup : .express,
            shipBy: try info.shanghaiTimeIfPresent("last_ship_time"),
            note: try info.wordsIfPresent("buyer_memo", atMost: 2000))
        return try .checked(order, modifiedAt: modifiedAt, status: status, totalOf: info, field: "pay_amount")
    }

    private static func address(_ info: JSONObject) throws(Fault) -> ChannelOrder.Address? {
        let sealed = [
            try info.wordsIfPresent("receiver_name", atMost: 600),
            try info.wordsIfPresent("receiver_phone", atMost: 600),
            try info.wordsIfPresent("receiver_address", atMost: 600),
        ].compactMap { $0 }
        let province = try info.wordsIfPresent("province")
        guard province != nil || !sealed.isEmpty else { return nil }
        return ChannelOrder.Address(
            name: try info.wordsIfPresent("receiver_name_mask"), phone: try info.wordsIfPresent("receiver_phone_mask"),
            province: province, city: try info.wordsIfPresent("city"), district: try info.wordsIfPresent("town"),
            street: try info.wordsIfPresent("receiver_address_mask", atMost: 1500),
            sealed: sealed.isEmpty
                ? nil : ChannelOrder.Sealed(scheme: "pinduoduo", token: sealed.joined(separator: "|")))
    }
}

/// What the four states of a Pinduoduo order imply together.
struct PinduoduoState {
    var status = PlatformStatus()
    let paidAt: Instant?
    let isRefunded: Bool

    init(_ info: JSONObject, placedAt: Instant, _ modifiedAt: Instant) throws(Fault) {
        guard let confirmed = try info.wholeIfPresent("confirm_status"), 0...2 ~= confirmed else {
            throw info.fault("is not 0, 1 or 2", field: "confirm_status")
        }
        let refund = try info.wholeIfPresent("refund_status") ?? 1
        let payTime = try info.shanghaiTimeIfPresent("pay_time")
        let deposit = try info.objectIfPresent("step_order_info")
        let isDeposit = try deposit?.wholeIfPresent("step_trade_status") == 1
        if isDeposit { status.deposit = try deposit?.moneyIfPresent("advanced_paid_fee", .yuan) }
        let isPaid = !isDeposit && (confirmed == 1 || payTime != nil)
        paidAt = isPaid ? payTime ?? placedAt : nil
        isRefunded = refund == 4 && isPaid
        let shippedAt = try info.shanghaiTimeIfPresent("shipping_time") ?? modifiedAt
        switch try info.wholeIfPresent("order_status") {
        case 2: status.shipping = .all(shippedAt)
        case 3:
            status.shipping = .all(shippedAt)
            status.receivedAt = try info.shanghaiTimeIfPresent("receive_time") ?? modifiedAt
        default: break
        }
        if confirmed == 2 || isRefunded { status.cancelledAt = modifiedAt }
        guard status.shipping == .notYet, status.cancelledAt == nil, isPaid else { return }
        if try info.wholeIfPresent("risk_control_status") == 1 {
            status.hold = .riskCheck
        } else if refund == 2 || refund == 3 {
            status.hold = .refundAsked
        } else if try info.wholeIfPresent("is_lucky_flag") == 2 {
            status.hold = .lottery
        } else {
            let group = try info.wholeIfPresent("group_status") ?? 1
            if group == 0 || confirmed == 0 { status.hold = .groupForming }
        }
    }
}

/// The lines and the money of a Pinduoduo order.
struct PinduoduoSums {
    var lines = NativeLines()
    let freight: Int64
    let fees: [ChannelOrder.Fee]
    let total: Int64
    let orderDiscount: Int64
    let discounts: [ChannelOrder.Discount]

    init(_ info: JSONObject) throws(Fault) {
        freight = try info.moneyIfPresent("postage", .yuan) ?? 0
        total = try info.money("pay_amount", .yuan)
        let platform = try info.moneyIfPresent("platform_discount", .yuan) ?? 0
        let seller = try info.moneyIfPresent("seller_discount", .yuan) ?? 0
        let group = try info.moneyIfPresent("capital_free_discount", .yuan) ?? 0
        let discount = try info.moneyIfPresent("discount_amount", .yuan) ?? platform + seller + group
        guard discount == platform + seller + group else {
            throw info.fault("is not the sum of those who bear it", field: "discount_amount")
        }
        let goods = try info.money("goods_amount", .yuan)
        for item in try info.objects("item_list") { try Self.add(item, isGift: false, to: &lines) }
        guard let main = lines.lines.first?.lineID else { throw info.fault("is empty", field: "item_list") }
        let change = goods - lines.goods
        let told = try info.signedMoneyIfPresent("order_change_amount", .yuan)
        guard change == 0 || told == nil || told == change || told == -change else {
            throw info.fault("is not the sum \(lines.goods) of the items", field: "goods_amount")
        }
        guard goods - discount + freight == total else {
            throw info.fault("is not goods less discount with postage", field: "pay_amount")
        }
        for gift in try info.objects("gift_list") { try Self.add(gift, isGift: true, of: main, to: &lines) }
        fees = change > 0 ? [ChannelOrder.Fee(kind: "price-change", amount: change)] : []
        orderDiscount = discount + max(0, -change)
        let all: [(ChannelOrder.Discount.Kind, Int64, ChannelOrder.Discount.Bearer)] = [
            (.promotion, seller, .merchant), (.promotion, group, .merchant), (.subsidy, platform, .platform),
            (.priceChange, max(0, -change), .merchant),
        ]
        discounts = all.filter { $0.1 > 0 }.map { ChannelOrder.Discount(kind: $0.0, amount: $0.1, bearer: $0.2) }
    }

    private static func add(
        _ item: JSONObject, isGift: Bool, of main: String? = nil, to lines: inout NativeLines
    ) throws(Fault) {
        let skuID = try item.nativeID("sku_id")
        let quantity = try item.pieces("goods_count")
        let price = isGift ? 0 : try item.money("goods_price", .yuan)
        try lines.add(
            lines.name(bySku: skuID), sku: try item.sku(["outer_id", "outer_goods_id", "sku_id"], lineID: skuID),
            quantity: quantity, unitPrice: price, paid: price * quantity, gift: isGift, giftOf: main, in: item,
            field: "sku_id")
    }

    /// All that was paid, for every piece.
    func wholeRefund(_ refundID: String) -> PlatformRefund {
        PlatformRefund(
            refundID, amount: total,
            lines: lines.lines.map { LinePieces(lineID: $0.lineID, quantity: $0.quantity) })
    }
}
