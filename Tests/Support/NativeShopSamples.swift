extension NativeSamples {
    /// Two lines and a gift in a talent's live room; shop, platform, talent and the way of paying each give something.
    public static let douyin = """
        {"data": {"shop_order_list": [{"order_id": "6917055180234556427", "order_status": 2, "main_status": 2,
        "trade_type": 0, "pay_type": 2, "create_time": 1795312800, "pay_time": 1795312860, "update_time": 1795312870,
        "ship_time": 0, "finish_time": 0, "exp_ship_time": 1795485660, "order_expire_time": 1800,
        "order_amount": 30600, "pay_amount": 26300, "post_amount": 500, "post_insurance_amount": 100,
        "modify_amount": 0, "modify_post_amount": 0, "promotion_amount": 4000, "promotion_pay_amount": 300,
        "shop_cost_amount": 2000, "platform_cost_amount": 1500, "author_cost_amount": 500,
        "doudian_open_id": "1@#open", "buyer_words": "", "seller_words": "", "seller_remark_stars": 1,
        "mask_post_receiver": "王*", "mask_post_tel": "1******0000", "encrypt_post_receiver": "##recv##",
        "encrypt_post_tel": "$$tel$$", "open_address_id": "addr-77", "post_addr": {"province": {"name": "江苏省",
        "id": "32"}, "city": {"name": "南京市"}, "town": {"name": "玄武区"}, "street": {"name": "梅园新村街道"},
        "encrypt_detail": "##detail##"}, "mask_post_addr": {"detail": "珠江路*号"}, "sku_order_list": [
        {"order_id": "6917055180234556428", "parent_order_id": "6917055180234556427", "item_num": 2,
        "origin_amount": 10000, "sum_amount": 20000, "pay_amount": 17000, "promotion_amount": 3000,
        "out_sku_id": "SKU-1", "code": "A-1", "sku_id": 1736502563483666, "product_id": 3660207428038974464,
        "given_product_type": "MASTER", "goods_type": 0, "author_id": 98765432101234567, "author_name": "小明",
        "room_id": 7345678901234567890, "after_sale_info": {"after_sale_status": 0, "after_sale_type": 0,
        "refund_status": 0}},
        {"order_id": "6917055180234556429", "item_num": 1, "origin_amount": 10000, "sum_amount": 10000,
        "pay_amount": 8700, "promotion_amount": 1000, "out_sku_id": "", "code": "A-2", "sku_id": 1736502563483667,
        "product_id": 3660207428038974465, "given_product_type": "MASTER", "goods_type": 0, "author_id": 0,
        "room_id": 0},
        {"order_id": "6917055180234556430", "item_num": 1, "origin_amount": 1900, "sum_amount": 0, "pay_amount": 0,
        "promotion_amount": 0, "code": "GIFT", "sku_id": 1736502563483668, "given_product_type": "FREE",
        "goods_type": 0}]}]}, "err_no": 0}
        """

    /// Amounts as JSON numbers; the platform gives 3.00, the shop 2.50; a gift outside the sums.
    public static let pinduoduo = """
        {"order_info_get_response": {"order_info": {"order_sn": "261122-512345678901234", "confirm_status": 1,
        "order_status": 1, "refund_status": 1, "after_sales_status": 0, "group_status": 1, "risk_control_status": 0,
        "is_lucky_flag": 1, "created_time": "2026-11-22 10:00:00", "pay_time": "2026-11-22 10:00:30",
        "confirm_time": "2026-11-22 10:05:00", "updated_at": "2026-11-22 10:05:01", "shipping_time": null,
        "receive_time": null, "last_ship_time": "2026-11-24 10:05:00", "pay_amount": 25.1, "goods_amount": 29.6,
        "discount_amount": 5.5, "platform_discount": 3.0, "seller_discount": 2.5, "capital_free_discount": 0.0,
        "postage": 1.0, "order_change_amount": 0, "pay_type": "WEIXIN", "pay_no": "X1", "trade_type": 0,
        "step_order_info": null, "receiver_name": "~AgAAAAK1~name~", "receiver_phone": "$phone$",
        "receiver_address": "~addr~", "receiver_name_mask": "陈*", "receiver_phone_mask": "1**********",
        "receiver_address_mask": "***", "province": "广东省", "city": "深圳市", "town": "南山区", "country_id": 1,
        "remark": "", "remark_tag": 0, "buyer_memo": "", "item_list": [{"goods_id": 12345678901, "sku_id": 98765432101,
        "outer_id": "SKU-1", "outer_goods_id": "", "goods_name": "茶", "goods_price": 14.8, "goods_spec": "250g",
        "goods_count": 2}], "gift_list": [{"goods_id": 12345678902, "sku_id": 98765432102, "outer_id": "CUP",
        "goods_name": "杯", "goods_price": 9.9, "goods_count": 1}], "order_depot_info": {"ware_type": 0,
        "ware_sub_info_list": []}, "order_tag_list": [{"name": "region_black_delay_shipping", "value": 0}]}},
        "request_id": "1"}
        """

    /// Two lines and a gift; the shop gives 10.00, a talent 2.00 and the platform 3.00.
    public static let weChatShop = """
        {"errcode": 0, "errmsg": "ok", "order": {"order_id": "3705115058471208928", "openid": "OPENID",
        "unionid": "UNIONID", "create_time": 1795312800, "update_time": 1795312900, "status": 20, "order_detail": {
        "product_infos": [
        {"product_id": "1100001", "product_unique_id": "u-1", "sku_id": "2200001", "sku_code": "SKU-1",
        "out_sku_id": "", "sku_cnt": 2, "sale_price": 5000, "real_price": 8500, "on_aftersale_sku_cnt": 0,
        "finish_aftersale_sku_cnt": 0, "delivery_deadline": 1795572000},
        {"product_id": "1100002", "product_unique_id": "u-2", "sku_id": "2200002", "sku_code": "",
        "out_sku_id": "SET-9", "sku_cnt": 1, "sale_price": 3000, "real_price": 3000, "delivery_deadline": 1795485600},
        {"product_id": "1100003", "product_unique_id": "u-3", "sku_id": "2200003", "sku_code": "GIFT", "sku_cnt": 1,
        "sale_price": 900, "real_price": 0, "is_free_gift": true}],
        "price_info": {"product_price": 13000, "order_price": 12300, "freight": 800, "discounted_price": 1500,
        "merchant_discounted_price": 1000, "finder_discounted_price": 200, "cash_coupon_discounted_price": 300,
        "original_order_price": 13800, "merchant_receieve_price": 12800},
        "pay_info": {"transaction_id": "4200001", "prepay_id": "x", "pay_time": 1795312850, "payment_method": 1},
        "delivery_info": {"deliver_method": 0, "address_info": {"user_name": "张**", "postal_code": "510000",
        "province_name": "广东省", "city_name": "广州市", "county_name": "海珠区", "detail_info": "****",
        "tel_number": "139****1755", "hash_code": "hash-1"}, "ewaybill_order_code": "ewb-1",
        "delivery_product_info": []}, "ext_info": {"customer_notes": "放门口", "merchant_notes": ""},
        "settle_info": {"predict_commission_fee": 100}}, "aftersale_detail": {"aftersale_order_list": [],
        "on_aftersale_order_cnt": 0}}}
        """
}
