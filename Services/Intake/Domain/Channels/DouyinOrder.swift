import Contracts

/// A Douyin shop order as the order list and the order detail answer it.
///
/// Stands under `data.shop_order_detail`, as the one entry of `data.shop_order_list`, or by itself. Amounts are whole
/// fen, times seconds since 1970, 0 for none.
///
/// | theirs | ours |
/// | --- | --- |
/// | `order_id`; `create_time`; `update_time` | `externalOrderId`; `placedAt`; the time of the snapshot |
/// | `sku_order_list[]`: `order_id`, `out_sku_id` else `code` else `sku_id`, `item_num`, `origin_amount` | line, list price of one |
/// | line: `promotion_amount` | its discount, when the lines' fit the order's; else all is the order's |
/// | line: `given_product_type` FREE | gift |
/// | `post_amount`, `post_insurance_amount` | `freight`, a fee |
/// | `pay_amount` | `total`; must be goods, freight and insurance less `promotion_amount`, with or without `promotion_pay_amount` (k), moved by `modify_amount` and `modify_post_amount` |
/// | `shop_cost_amount`; `platform_cost_amount`, `promotion_pay_amount`; `author_cost_amount` | discounts borne by the merchant; the platform; the talent (as `distributor`) |
/// | `pay_time` | paid; with `pay_type` 0 (cash on delivery) only when completed |
/// | `order_status` 1; 2, 105; 101; 3; 5; 4 | not paid; paid, 105 held for a risk check; shipped in part; shipped at `ship_time`; received at `finish_time`; cancelled |
/// | `main_status` 103; 21, 22, 39 | deposit paid: not a payment yet; closed after the money went back |
/// | line: `after_sale_info.after_sale_status` 6, 7, 11 to 14, 29 | held while nothing has left |
/// | line: `after_sale_info.refund_status` 3 with `after_sale_type` 0 or 2 | the line's money is back; of type 1 only the after-sales message knows how much |
/// | line: `author_id`, `room_id` | `referral`: live in a room, else link |
/// | `encrypt_post_receiver`, `encrypt_post_tel`, `post_addr.encrypt_detail`; `open_address_id` | sealed token; the address' id, by which parcels are merged |
/// | `mask_post_receiver`, `mask_post_tel`, `mask_post_addr` | what people see; **`town` is the district, `street` the town** |
/// | `doudian_open_id`, `exp_ship_time`, `buyer_words` | buyer, `shipBy`, note |
/// | every line `goods_type` 1; `receive_type` 2 | virtual; pickup |
///
/// `order_expire_time` is a duration and not read. Refused: an unknown `order_status`; sums that disagree; a list of
/// several orders. Not confirmed: the detail's wrapper, how `promotion_pay_amount` enters `pay_amount`.
/// - Source: CHANNELS section 3.
enum DouyinOrder {
    static func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        let shopOrder = try shopOrder(in: json)
        let externalOrderID = try shopOrder.nativeID("order_id")
        let modifiedAt = try shopOrder.unixTime("update_time")
        let placedAt = try shopOrder.unixTime("create_time")
        let sums = try DouyinSums(shopOrder)
        let isCash = try shopOrder.wholeIfPresent("pay_type") == 0
        let state = try DouyinState(shopOrder, isCash: isCash, modifiedAt)
        var status = state.status
        status.refunds = sums.refunds
        if sums.hasOpenCase, status.shipping == .notYet, status.hold == nil, status.cancelledAt == nil {
            status.hold = .refundAsked
        }
        let order = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, modifiedAt: modifiedAt, placedAt: placedAt,
            buyer: try shopOrder.wordsIfPresent("doudian_open_id").map { ChannelOrder.Buyer(externalBuyerID: $0) },
            shipTo: try address(shopOrder), referral: sums.referral, lines: sums.lines.lines,
            orderDiscount: sums.orderDiscount, freight: sums.freight, fees: sums.fees, total: sums.total,
            discounts: sums.discounts, paymentTerms: isCash ? .cashOnDelivery : .prepaid,
            payment: state.paidAt.flatMap { .whole(externalOrderID, sums.total, paidAt: $0) },
            delivery: sums.delivery, shipBy: try shopOrder.unixTimeIfPresent("exp_ship_time"),
            note: try shopOrder.wordsIfPresent("buyer_words", atMost: 2000))
        return try .checked(order, modifiedAt: modifiedAt, status: status, totalOf: shopOrder, field: "pay_amount")
    }

    private static func shopOrder(in json: JSONObject) throws(Fault) -> JSONObject {
        let data = try json.unwrapped("data", "shop_order_detail")
        guard data.value("shop_order_list") != nil else { return data }
        let list = try data.objects("shop_order_list")
        guard let only = list.first, list.count == 1 else {
            throw data.fault("holds \(list.count) orders, not one", field: "shop_order_list")
        }
        return only
    }

    private static func address(_ order: JSONObject) throws(Fault) -> ChannelOrder.Address? {
        guard let post = try order.objectIfPresent("post_addr") else { return nil }
        let masked = try order.objectIfPresent("mask_post_addr")
        let sealed = [
            try order.wordsIfPresent("encrypt_post_receiver", atMost: 600),
            try order.wordsIfPresent("encrypt_post_tel", atMost: 600),
            try post.wordsIfPresent("encrypt_detail", atMost: 600),
        ].compactMap { $0 }
        let streets = [
            try post.objectIfPresent("street")?.wordsIfPresent("name"),
            try masked?.wordsIfPresent("detail", atMost: 1500),
        ]
        let addressID = try order.wordsIfPresent("open_address_id")
        return ChannelOrder.Address(
            name: try order.wordsIfPresent("mask_post_receiver"), phone: try order.wordsIfPresent("mask_post_tel"),
            province: try post.objectIfPresent("province")?.wordsIfPresent("name"),
            city: try post.objectIfPresent("city")?.wordsIfPresent("name"),
            district: try post.objectIfPresent("town")?.wordsIfPresent("name"),
            street: streets.compactMap { $0 }.joined(separator: " "),
            sealed: sealed.isEmpty
                ? nil
                : ChannelOrder.Sealed(
                    scheme: "douyin", token: sealed.joined(separator: "|"), addressID: addressID))
    }
}
