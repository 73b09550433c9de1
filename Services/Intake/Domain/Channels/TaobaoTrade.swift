import Contracts

/// A Taobao or Tmall trade as `taobao.trade.fullinfo.get` answers it.
///
/// Stands under `trade_fullinfo_get_response.trade`, under `trade`, or by itself. Amounts are yuan as decimal text, times
/// `yyyy-MM-dd HH:mm:ss` in Shanghai.
///
/// | theirs | ours |
/// | --- | --- |
/// | `tid_str` else `tid`; `created`; `modified` | `externalOrderId`; `placedAt`; the time of the snapshot |
/// | `orders.order[]` or `orders[]`: `oid` | line |
/// | line: `outer_sku_id` else `outer_iid` else `sku_id` else `num_iid`; `num`; `price` | SKU, pieces, list price |
/// | line: `divide_order_fee`, else `total_fee` − `part_mjz_discount`, for a single line else `payment` − `post_fee` | what the line costs; a single line's `payment` holds the freight, that of several does not |
/// | line with `price` 0 | gift, of the line that `bind_oids` names |
/// | line with `status` TRADE_CLOSED_BY_TAOBAO in a trade that lives | left out: it was never paid and must not ship |
/// | `post_fee`, `payment` | `freight`, `total`; must be the sum |
/// | `platform_subsidy_fee` (yuan), `coupon_fee` (whole **fen**, k) | discounts that the platform bears |
/// | `promotion_details.promotion_detail[]` | explains, borne by the merchant |
/// | `pay_time` with any status but WAIT_BUYER_PAY …, `type` cod when TRADE_FINISHED or TRADE_BUYER_SIGNED | paid |
/// | `step_trade_status` FRONT_PAID_FINAL_NOPAID, `step_paid_fee` | deposit: noted, not a payment yet |
/// | PAID_FORBID_CONSIGN, `top_hold` 1, `is_sh_ship`; a line's open `refund_status` | held |
/// | SELLER_CONSIGNED_PART; WAIT_BUYER_CONFIRM_GOODS; TRADE_FINISHED | shipped in part; shipped at `consign_time`; received at `end_time` |
/// | TRADE_CLOSED_BY_TAOBAO, TRADE_CLOSED | cancelled |
/// | line with TRADE_CLOSED in a paid trade | all of it paid back; a part of a line is told by after-sales alone |
/// | `buyer_open_uid`; `receiver_*` (masked); `oaid` | buyer; address; sealed token |
/// | `est_con_time` when it is a time; `shipping_type` virtual; `shop_pick` 1 | `shipBy`; delivery |
///
/// Under a province without cities `receiver_city` is empty and the district holds the city. `num` of the trade means
/// nothing. Refused: an unknown status; a `payment` that is neither the sum nor the sum less the platform's discounts.
/// - Source: CHANNELS section 1; the generated SDKs of TOP. Not confirmed: `coupon_fee` in fen.
enum TaobaoTrade {
    static func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        let trade = try json.unwrapped("trade_fullinfo_get_response", "trade")
        var name = try trade.nativeIDIfPresent("tid_str")
        if name == nil { name = try trade.nativeID("tid") }
        let externalOrderID = name ?? ""
        let modifiedAt = try trade.shanghaiTime("modified")
        let placedAt = try trade.shanghaiTime("created")
        let state = try TradeState(trade, placedAt: placedAt, modifiedAt)
        let lines = try TradeLines(trade, state)
        let total = try trade.money("payment", .yuan)
        let freight = try trade.moneyIfPresent("post_fee", .yuan) ?? 0
        let bearing = try Bearing(trade, rest: lines.lines.goods + freight - total)
        let order = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, modifiedAt: modifiedAt, placedAt: placedAt,
            buyer: try buyer(trade), shipTo: try address(trade), lines: lines.lines.lines,
            orderDiscount: bearing.orderDiscount, freight: freight, total: total,
            discounts: try bearing.discounts + promotions(trade, of: lines.lines.lines),
            paymentTerms: state.isCash ? .cashOnDelivery : .prepaid,
            payment: state.paidAt.flatMap { .whole(externalOrderID, total, paidAt: $0) },
            delivery: try delivery(trade), shipBy: try shipBy(trade),
            note: try trade.wordsIfPresent("buyer_message", atMost: 2000))
        var status = state.status
        status.refunds = lines.refunds
        if lines.hasOpenRefund, status.shipping == .notYet, status.hold == nil { status.hold = .refundAsked }
        return try .checked(order, modifiedAt: modifiedAt, status: status, totalOf: trade, field: "payment")
    }

    private static func address(_ trade: JSONObject) throws(Fault) -> ChannelOrder.Address? {
        var city = try trade.wordsIfPresent("receiver_city")
        var district = try trade.wordsIfPresent("receiver_district")
        if city == nil { (city, district) = (district, nil) }
        let token = try trade.wordsIfPresent("oaid", atMost: 2000)
        let province = try trade.wordsIfPresent("receiver_state")
        guard token != nil || province != nil else { return nil }
        let streets = [
            try trade.wordsIfPresent("receiver_town"), try trade.wordsIfPresent("receiver_address", atMost: 1500),
        ]
        var phone = try trade.wordsIfPresent("receiver_mobile")
        if phone == nil { phone = try trade.wordsIfPresent("receiver_phone") }
        return ChannelOrder.Address(
            name: try trade.wordsIfPresent("receiver_name"), phone: phone, province: province, city: city,
            district: district, street: streets.compactMap { $0 }.joined(separator: " "),
            postalCode: try trade.wordsIfPresent("receiver_zip"),
            sealed: token.map { ChannelOrder.Sealed(scheme: "taobao-oaid", token: $0) })
    }

    private static func buyer(_ trade: JSONObject) throws(Fault) -> ChannelOrder.Buyer? {
        try trade.wordsIfPresent("buyer_open_uid").map { ChannelOrder.Buyer(externalBuyerID: $0) }
    }

    private static func delivery(_ trade: JSONObject) throws(Fault) -> ChannelOrder.Delivery {
        if try trade.wordsIfPresent("shipping_type") == "virtual" { return .virtual }
        return try trade.isSet("shop_pick") ? .pickup : .express
    }

    /// The field also holds sentences, which are not read.
    private static func shipBy(_ trade: JSONObject) throws(Fault) -> Instant? {
        guard let text = try trade.wordsIfPresent("est_con_time") else { return nil }
        return Instant(plain: String(text.prefix(19)), hoursEast: 8)
    }

    private static func promotions(
        _ trade: JSONObject, of lines: [ChannelOrder.Line]
    ) throws(Fault) -> [ChannelOrder.Discount] {
        var promotions: [ChannelOrder.Discount] = []
        guard let details = try trade.objectIfPresent("promotion_details") else { return [] }
        for detail in try details.objects("promotion_detail") {
            let owner = try detail.nativeIDIfPresent("id")
            promotions.append(
                ChannelOrder.Discount(
                    kind: .promotion, code: try detail.wordsIfPresent("promotion_id"),
                    name: try detail.wordsIfPresent("promotion_name"),
                    amount: try detail.moneyIfPresent("discount_fee", .yuan) ?? 0,
                    lineID: lines.contains { $0.lineID == owner } ? owner : nil))
        }
        return promotions
    }

    /// What the platform bears of the difference between goods and payment.
    private struct Bearing {
        var orderDiscount: Int64 = 0
        var discounts: [ChannelOrder.Discount] = []

        /// - Parameter rest: What lines and freight are above the payment; the lines may hold the platform's part or not.
        init(_ trade: JSONObject, rest: Int64) throws(Fault) {
            let subsidy = try trade.moneyIfPresent("platform_subsidy_fee", .yuan) ?? 0
            let coupon = try trade.fen("coupon_fee")
            guard rest == 0 || [subsidy, coupon, subsidy + coupon].contains(rest) else {
                throw trade.fault("differs by \(rest) fen from lines and freight", field: "payment")
            }
            orderDiscount = rest
            if subsidy > 0 { discounts.append(.init(kind: .subsidy, amount: subsidy, bearer: .platform)) }
            if coupon > 0 { discounts.append(.init(kind: .coupon, amount: coupon, bearer: .platform)) }
        }
    }
}
