/// One payload of each platform, in the shape that its public documentation gives: several lines, discounts, freight.
///
/// Tests change a part of the text to make the case they are about. Amounts and ids are made up, but for WooCommerce's,
/// which are those of the sample in its REST documentation.
public enum NativeSamples {
    /// By message type.
    public static let all: [(type: String, payload: String)] = [
        ("shopify.order.v1", shopify), ("woocommerce.order.v1", wooCommerce), ("taobao.trade.v1", taobao),
        ("jd.order.v1", jd), ("douyin.order.v1", douyin), ("pinduoduo.order.v1", pinduoduo),
        ("wechat-shop.order.v1", weChatShop),
    ]

    /// USD, paid in EUR: two lines, a code over both, discounted shipping, tax on top, a tip; shop money alone counts.
    public static let shopify = """
        {"id": 820982911946154508, "admin_graphql_api_id": "gid://shopify/Order/820982911946154508", "name": "#9999",
        "created_at": "2026-11-22T11:00:00+08:00", "processed_at": "2026-11-22T11:00:05+08:00",
        "updated_at": "2026-11-22T11:00:10+08:00", "cancelled_at": null, "cancel_reason": null, "test": false,
        "financial_status": "paid", "fulfillment_status": null, "currency": "USD", "presentment_currency": "EUR",
        "taxes_included": false, "total_tax": "6.00", "total_price": "67.50", "subtotal_price": "55.00",
        "total_discounts": "7.50", "total_tip_received": "1.00", "note": "ring twice", "source_name": "web",
        "landing_site": "/products/mug?utm=x&ref=M3", "customer": {"id": 115310627314723954, "email": "j@example.com"},
        "total_price_set": {"shop_money": {"amount": "67.50", "currency_code": "USD"},
        "presentment_money": {"amount": "61.20", "currency_code": "EUR"}},
        "discount_codes": [{"code": "SUMMER", "amount": "5.00", "type": "fixed_amount"}],
        "line_items": [
        {"id": 466157049, "variant_id": 39072856, "sku": "IPOD-8", "quantity": 2, "current_quantity": 2, "price": "20.00",
        "price_set": {"shop_money": {"amount": "20.00", "currency_code": "USD"},
        "presentment_money": {"amount": "18.14", "currency_code": "EUR"}}, "total_discount": "0.00",
        "requires_shipping": true, "gift_card": false,
        "discount_allocations": [{"amount": "3.33", "discount_application_index": 0}]},
        {"id": 518995019, "variant_id": 49148385, "sku": "", "quantity": 1, "current_quantity": 1, "price": "20.00",
        "total_discount": "0.00", "requires_shipping": true,
        "discount_allocations": [{"amount": "1.67", "discount_application_index": 0}]}],
        "shipping_lines": [{"id": 1, "title": "Express", "price": "8.00", "discounted_price": "8.00",
        "discount_allocations": [{"amount": "2.50"}]}, {"id": 2, "price": "9.99", "is_removed": true}],
        "refunds": [], "shipping_address": {"name": "Jane Doe", "address1": "1 Main St", "address2": "Apt 2",
        "city": "Ottawa", "province": "Ontario", "zip": "K1A 0B1", "country_code": "CA", "phone": "555-0100"}}
        """

    public static let wooCommerce = """
        {"id": 727, "parent_id": 0, "number": "727", "order_key": "wc_order_58d2d042d1d", "created_via": "rest-api",
        "status": "processing", "currency": "USD", "date_created": "2017-03-22T16:28:02",
        "date_created_gmt": "2017-03-22T19:28:02", "date_modified": "2017-03-22T16:28:08",
        "date_modified_gmt": "2017-03-22T19:28:08", "discount_total": "0.00", "discount_tax": "0.00",
        "shipping_total": "10.00", "shipping_tax": "0.00", "cart_tax": "1.35", "total": "29.35", "total_tax": "1.35",
        "prices_include_tax": false, "customer_id": 26, "customer_note": "",
        "billing": {"first_name": "John", "last_name": "Doe", "address_1": "969 Market", "city": "San Francisco",
        "state": "CA", "postcode": "94103", "country": "US", "phone": "(555) 555-5555"},
        "shipping": {"first_name": "John", "last_name": "Doe", "address_1": "969 Market", "city": "San Francisco",
        "state": "CA", "postcode": "94103", "country": "US"}, "payment_method": "bacs", "transaction_id": "",
        "date_paid": "2017-03-22T16:28:08", "date_paid_gmt": "2017-03-22T19:28:08", "date_completed_gmt": null,
        "line_items": [
        {"id": 315, "name": "Woo Single #1", "product_id": 93, "variation_id": 0, "quantity": 2, "subtotal": "6.00",
        "subtotal_tax": "0.45", "total": "6.00", "total_tax": "0.45", "sku": "", "price": 3},
        {"id": 316, "name": "Ship Your Idea", "product_id": 22, "variation_id": 23, "quantity": 1,
        "subtotal": "12.00", "subtotal_tax": "0.90", "total": "12.00", "total_tax": "0.90", "sku": "Bar3", "price": 12}],
        "tax_lines": [{"id": 318, "tax_total": "1.35"}], "shipping_lines": [{"id": 317, "total": "10.00",
        "total_tax": "0.00"}], "fee_lines": [], "coupon_lines": [], "refunds": []}
        """

    /// Two lines and a gift; the platform bears 5.00 of which the lines know nothing.
    public static let taobao = """
        {"trade_fullinfo_get_response": {"trade": {"tid": 2589104771324567890, "tid_str": "2589104771324567890",
        "type": "fixed", "status": "WAIT_SELLER_SEND_GOODS", "created": "2026-11-22 10:00:00",
        "pay_time": "2026-11-22 10:01:00", "modified": "2026-11-22 10:01:30", "num": 0, "payment": "103.00",
        "post_fee": "8.00", "discount_fee": "0.00", "platform_subsidy_fee": "5.00", "coupon_fee": 0,
        "buyer_open_uid": "AAHk5d-EAAeGwJedwSHpg8bT", "receiver_name": "李**", "receiver_mobile": "138****0000",
        "receiver_state": "浙江省", "receiver_city": "杭州市", "receiver_district": "西湖区",
        "receiver_address": "文**路*号", "receiver_zip": "310000", "oaid": "1CAVoy3kVrgyZ==", "top_hold": 0,
        "est_con_time": "2026-11-24 10:00:00", "buyer_message": "轻放", "orders": {"order": [
        {"oid": 2589104771324567891, "num": 2, "price": "40.00", "total_fee": "70.00", "discount_fee": "10.00",
        "adjust_fee": "0.00", "part_mjz_discount": "5.00", "divide_order_fee": "65.00", "payment": "70.00",
        "outer_sku_id": "红色+XL", "sku_id": "3912345678901", "num_iid": 612345678901, "title": "T 恤",
        "status": "WAIT_SELLER_SEND_GOODS", "refund_status": "NO_REFUND"},
        {"oid": 2589104771324567892, "num": 1, "price": "35.00", "total_fee": "35.00", "discount_fee": "0.00",
        "adjust_fee": "0.00", "part_mjz_discount": "0.00", "divide_order_fee": "35.00", "payment": "35.00",
        "outer_iid": "MUG", "num_iid": 612345678902, "title": "杯子", "status": "WAIT_SELLER_SEND_GOODS",
        "refund_status": "NO_REFUND"},
        {"oid": 2589104771324567893, "num": 1, "price": "0.00", "total_fee": "0.00", "divide_order_fee": "0.00",
        "payment": "0.00", "outer_iid": "GIFT", "num_iid": 612345678903, "bind_oids": "2589104771324567892",
        "status": "WAIT_SELLER_SEND_GOODS", "refund_status": "NO_REFUND"}]},
        "promotion_details": {"promotion_detail": [{"id": 2589104771324567891, "promotion_name": "满减",
        "discount_fee": "5.00", "promotion_id": "mjs-1"}]}}}}
        """

    /// Three pieces and a gift; the shop gives 20.00, JD 8.00 in a coupon and 2.00 in beans.
    public static let jd = """
        {"jingdong_pop_order_enGet_responce": {"code": "0", "orderDetailInfo": {"apiResult": {"success": true},
        "orderInfo": {"orderId": "290011223344", "parentOrderId": "0", "directParentOrderId": "0",
        "orderState": "WAIT_SELLER_STOCK_OUT", "orderStateRemark": "等待出库", "payType": "4-在线支付",
        "orderStartTime": "2026-11-22 10:00:00", "paymentConfirmTime": "2026-11-22 10:02:00",
        "modified": "2026-11-22 10:02:05", "orderEndTime": "0001-01-01 00:00:00", "orderTotalPrice": "200.00",
        "orderSellerPrice": "180.00", "orderPayment": "156.00", "balanceUsed": "20.00", "freightPrice": "6.00",
        "sellerDiscount": "20.00", "orderRemark": "", "venderRemark": "", "open_id_buyer": "ob-1",
        "consigneeInfo": {"fullname": "张**", "mobile": "139****1755", "telephone": "", "province": "北京",
        "city": "朝阳区", "county": "三环以内", "town": "", "fullAddress": "北京朝阳区***"}, "oaid": "jd-oaid-1",
        "itemInfoList": [
        {"skuId": "100012043978", "outerSkuId": "SKU-1", "skuName": "耳机", "jdPrice": "50.00", "itemTotal": "2",
        "wareId": "10001"},
        {"skuId": "100012043979", "outerSkuId": "", "skuName": "盒子", "jdPrice": "100.00", "itemTotal": "1"},
        {"skuId": "100012043978", "outerSkuId": "SKU-1", "skuName": "耳机", "jdPrice": "0.00", "itemTotal": "1"}],
        "couponDetailList": [{"skuId": "100012043979", "couponType": "100-店铺优惠", "couponPrice": "20.00"},
        {"skuId": "", "couponType": "41-京东券优惠", "couponPrice": "8.00"},
        {"skuId": "", "couponType": "39-京豆优惠", "couponPrice": "2.00"}]}}}}
        """
}
