import Contracts

/// A JD POP order as `jingdong.pop.order.enGet` answers it, and older gateways with snake_case names.
///
/// Stands under `jingdong_pop_order_enGet_responce.orderDetailInfo.orderInfo` (JD's spelling), under a tail of that path,
/// or by itself. Amounts are yuan as decimal text, numbers are text too, times `yyyy-MM-dd HH:mm:ss` in Shanghai.
///
/// | theirs | ours |
/// | --- | --- |
/// | `orderId`; `orderStartTime`; `modified` | `externalOrderId`; `placedAt`; the time of the snapshot |
/// | `itemInfoList[]`: `skuId` (and a number from its second line on), `outerSkuId` else `skuId`, `itemTotal`, `jdPrice` | line; JD gives lines no id |
/// | item with `jdPrice` 0 (k) | gift |
/// | `orderTotalPrice` | must be Σ jdPrice · itemTotal |
/// | `sellerDiscount`, `orderSellerPrice` | the merchant's discount; total less discount, must agree |
/// | `orderPayment` + `balanceUsed` | `total`: what the buyer owes; balance is money too |
/// | `orderSellerPrice` + `freightPrice` − total | coupons and beans that JD bears (k); the same by `couponDetailList[]` types 39, 41, 52 where it is given |
/// | `couponDetailList[]` with a `skuId` | the discount of that line |
/// | `payType` "1-…" | cash on delivery |
/// | `orderState` WAIT_SELLER_STOCK_OUT, WAIT_SELLER_DELIVERY; NOT_PAY, WAIT_BUYER_PAY (k) | paid at `paymentConfirmTime`; not paid |
/// | LOCKED; PAUSE, POP_ORDER_PAUSE | held: the buyer asks to cancel; paused |
/// | WAIT_GOODS_RECEIVE_CONFIRM, DELIVERY_RETURN; FINISHED_L; TRADE_CANCELED | shipped; received at `orderEndTime`; cancelled |
/// | `directParentOrderId` else `parentOrderId`, not 0 | the order that this one was split from, which is over |
/// | `consigneeInfo` (masked), `oaid`, `open_id_buyer` | address, sealed token, buyer |
/// | `storeOrder` | pickup |
///
/// Refunds are not in the order: they come as messages of after-sales. Refused: an unknown `orderState`; sums that
/// disagree. Not confirmed: who bears which coupon, whether `orderPayment` holds the freight (it is taken to, unless the
/// coupons say otherwise).
/// - Source: CHANNELS section 2.
enum JDOrder {
    static func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        let info = try json.unwrapped("jingdong_pop_order_enGet_responce", "orderDetailInfo", "orderInfo")
        let names = info.value("order_id") == nil ? Names.camel : Names.snake
        let externalOrderID = try info.nativeID(names.orderID)
        let modifiedAt = try info.shanghaiTime("modified")
        let placedAt = try info.shanghaiTime(names.startTime)
        let coupons = try JDCoupons(info, names)
        let sums = try JDSums(info, names, coupons)
        let isCash = try info.wordsIfPresent(names.payType).map { $0 == "1" || $0.hasPrefix("1-") } ?? false
        let state = try JDState(info, names, isCash: isCash, modifiedAt)
        let paidAt = try info.shanghaiTimeIfPresent(names.paidTime)
        let isPaid = state.isPaid || (state.status.cancelledAt != nil && paidAt != nil)
        let order = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, modifiedAt: modifiedAt, placedAt: placedAt,
            buyer: try info.wordsIfPresent("open_id_buyer").map { ChannelOrder.Buyer(externalBuyerID: $0) },
            shipTo: try address(info, names), lines: sums.lines.lines, orderDiscount: sums.orderDiscount,
            freight: sums.freight, total: sums.total, discounts: coupons.explained(jdBears: sums.borneByJD),
            paymentTerms: isCash ? .cashOnDelivery : .prepaid,
            payment: isPaid ? .whole(externalOrderID, sums.total, paidAt: paidAt ?? placedAt) : nil,
            delivery: try info.wordsIfPresent(names.storeOrder) == nil ? .express : .pickup,
            note: try info.wordsIfPresent(names.remark, atMost: 2000))
        var status = state.status
        for name in [names.directParent, names.parent] where status.splitFrom == nil {
            if let parent = try info.nativeIDIfPresent(name), parent != "0", parent != externalOrderID {
                status.splitFrom = parent
            }
        }
        return try .checked(
            order, modifiedAt: modifiedAt, status: status, totalOf: info, field: names.payment)
    }

    private static func address(_ info: JSONObject, _ names: Names) throws(Fault) -> ChannelOrder.Address? {
        guard let consignee = try info.objectIfPresent(names.consignee) else { return nil }
        var token = try info.wordsIfPresent("oaid", atMost: 2000)
        if token == nil { token = try consignee.wordsIfPresent("oaid", atMost: 2000) }
        var phone = try consignee.wordsIfPresent("mobile")
        if phone == nil { phone = try consignee.wordsIfPresent("telephone") }
        var street = try consignee.wordsIfPresent(names.fullAddress, atMost: 1500)
        if street == nil { street = try consignee.wordsIfPresent("town") }
        return ChannelOrder.Address(
            name: try consignee.wordsIfPresent("fullname"), phone: phone,
            province: try consignee.wordsIfPresent("province"), city: try consignee.wordsIfPresent("city"),
            district: try consignee.wordsIfPresent("county"), street: street,
            sealed: token.map { ChannelOrder.Sealed(scheme: "jd-oaid", token: $0) })
    }

    /// The names of the fields, as the gateway writes them.
    struct Names: Sendable {
        let orderID, startTime, paidTime, endTime, state, payType, total, sellerPrice, payment, freight, sellerDiscount,
            balance, items, coupons, consignee, fullAddress, remark, parent, directParent, storeOrder, skuID, outerSku,
            price, pieces, couponType, couponPrice: StaticString

        static let camel = Names(
            orderID: "orderId", startTime: "orderStartTime", paidTime: "paymentConfirmTime", endTime: "orderEndTime",
            state: "orderState", payType: "payType", total: "orderTotalPrice", sellerPrice: "orderSellerPrice",
            payment: "orderPayment", freight: "freightPrice", sellerDiscount: "sellerDiscount",
            balance: "balanceUsed", items: "itemInfoList", coupons: "couponDetailList", consignee: "consigneeInfo",
            fullAddress: "fullAddress", remark: "orderRemark", parent: "parentOrderId",
            directParent: "directParentOrderId", storeOrder: "storeOrder", skuID: "skuId", outerSku: "outerSkuId",
            price: "jdPrice", pieces: "itemTotal", couponType: "couponType", couponPrice: "couponPrice")
        static let snake = Names(
            orderID: "order_id", startTime: "order_start_time", paidTime: "payment_confirm_time",
            endTime: "order_end_time", state: "order_state", payType: "pay_type", total: "order_total_price",
            sellerPrice: "order_seller_price", payment: "order_payment", freight: "freight_price",
            sellerDiscount: "seller_discount", balance: "balance_used", items: "item_info_list",
            coupons: "coupon_detail_list", consignee: "consignee_info", fullAddress: "full_address",
            remark: "order_remark", parent: "parent_order_id", directParent: "direct_parent_order_id",
            storeOrder: "store_order", skuID: "sku_id", outerSku: "outer_sku_id", price: "jd_price",
            pieces: "item_total", couponType: "coupon_type", couponPrice: "coupon_price")
    }
}
