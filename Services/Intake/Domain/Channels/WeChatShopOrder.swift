import Contracts

/// An order of a WeChat shop (微信小店) as `/channels/ec/order/get` answers it.
///
/// Stands under `order` or by itself. Amounts are whole fen and absent when 0, times seconds since 1970, ids text.
///
/// | theirs | ours |
/// | --- | --- |
/// | `order_id`; `create_time`; `update_time` | `externalOrderId`; `placedAt`; the time of the snapshot |
/// | `order_detail.product_infos[]`: `product_unique_id` else `sku_id`, `out_sku_id` else `sku_code` else `sku_id`, `sku_cnt`, `sale_price` | line, list price of one |
/// | line: `real_price` | what the line costs (k: the whole line, not one) |
/// | line: `is_free_gift` | gift |
/// | `price_info.freight`, or `change_freight` with `is_change_freight` | `freight` |
/// | `price_info.order_price` | `total`; must be Σ real_price + freight, or that less `deduction_price` or the others' discounts |
/// | `price_info.merchant_receieve_price` (sic) − `order_price` | what others bear; without it the sum of their fields |
/// | `merchant_discounted_price`, `change_down_price`, `deduction_price`; `finder_discounted_price`; `cash_coupon_…`, `national_subsidy_…`, `vip_…`, `bulkbuy_discounted_price` | discounts borne by the merchant; the talent (as `distributor`); the platform |
/// | `status` 10; 20; 21; 30; 100 | not paid; paid; shipped in part; shipped; received |
/// | `status` 15; 16, 17 | held while the group forms; while a shop checks (pickup) |
/// | `status` 250; 200 | cancelled; cancelled after the money went back |
/// | `pay_info.payment_method` 2 (先用后付), also `pay_method` | may leave before the money: as cash on delivery, paid when received |
/// | line: `on_aftersale_sku_cnt`; `finish_aftersale_sku_cnt` | held while nothing has left; paid back, by pieces |
/// | line: `delivery_deadline` | `shipBy`, the earliest |
/// | `delivery_info.address_info` (masked later); `ewaybill_order_code`; `hash_code` (k) | address; sealed token; the address' id |
/// | `openid`; `ext_info.customer_notes` | buyer; note |
///
/// This is the shop component, not a mini-program's own order. Refused: an unknown `status`; sums that disagree.
/// - Source: CHANNELS section 5.
enum WeChatShopOrder {
    static func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        let shopOrder = try json.unwrapped("order")
        let externalOrderID = try shopOrder.nativeID("order_id")
        let modifiedAt = try shopOrder.unixTime("update_time")
        let placedAt = try shopOrder.unixTime("create_time")
        let detail = try shopOrder.object("order_detail")
        let sums = try WeChatSums(detail)
        let isLater = try paysLater(detail)
        let state = try WeChatState(shopOrder, detail, isLater: isLater, modifiedAt)
        var status = state.status
        status.refunds = sums.refunds
        if sums.hasOpenCase, status.shipping == .notYet, status.hold == nil, status.cancelledAt == nil {
            status.hold = .refundAsked
        }
        let delivery = try detail.objectIfPresent("delivery_info")
        let isVirtual = try delivery?.wholeIfPresent("deliver_method") == 1
        let order = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, modifiedAt: modifiedAt, placedAt: placedAt,
            buyer: try shopOrder.wordsIfPresent("openid").map { ChannelOrder.Buyer(externalBuyerID: $0) },
            shipTo: try delivery.flatMap(address), lines: sums.lines.lines, orderDiscount: sums.orderDiscount,
            freight: sums.freight, total: sums.total, discounts: sums.discounts,
            paymentTerms: isLater ? .cashOnDelivery : .prepaid,
            payment: state.paidAt.flatMap { .whole(externalOrderID, sums.total, method: "wechat-pay", paidAt: $0) },
            delivery: isVirtual ? .virtual : state.isPickup ? .pickup : .express, shipBy: sums.shipBy,
            note: try detail.objectIfPresent("ext_info")?.wordsIfPresent("customer_notes", atMost: 2000))
        return try .checked(order, modifiedAt: modifiedAt, status: status, totalOf: sums.prices, field: "order_price")
    }

    private static func paysLater(_ detail: JSONObject) throws(Fault) -> Bool {
        guard let pay = try detail.objectIfPresent("pay_info") else { return false }
        var method = try pay.wordsIfPresent("payment_method")
        if method == nil { method = try pay.wordsIfPresent("pay_method") }
        return method == "2"
    }

    private static func address(_ delivery: JSONObject) throws(Fault) -> ChannelOrder.Address? {
        guard let info = try delivery.objectIfPresent("address_info") else { return nil }
        let token = try delivery.wordsIfPresent("ewaybill_order_code", atMost: 2000)
        let addressID = try info.wordsIfPresent("hash_code")
        var phone = try info.wordsIfPresent("virtual_order_tel_number")
        if phone == nil { phone = try info.wordsIfPresent("tel_number") }
        return ChannelOrder.Address(
            name: try info.wordsIfPresent("user_name"), phone: phone,
            province: try info.wordsIfPresent("province_name"), city: try info.wordsIfPresent("city_name"),
            district: try info.wordsIfPresent("county_name"),
            street: try info.wordsIfPresent("detail_info", atMost: 1500),
            postalCode: try info.wordsIfPresent("postal_code"),
            sealed: token.map { ChannelOrder.Sealed(scheme: "wechat-shop", token: $0, addressID: addressID) })
    }
}
