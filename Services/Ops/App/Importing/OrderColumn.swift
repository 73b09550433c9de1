/// What a column of an agent's file can mean; its raw value names it in `--map`.
enum OrderColumn: String, CaseIterable {
    case channel, externalOrderID = "externalOrderId", placedAt
    case buyerID = "buyerId", buyerName, buyerPhone
    case receiverName, receiverPhone, province, city, district, street, postalCode
    case lineID = "lineId", sku, quantity, unitPrice, lineDiscount
    case orderDiscount, freight, total, paid, paymentID = "paymentId", paymentMethod, paidAt, referral, note

    /// Without these there is no order.
    static let required: [OrderColumn] = [.externalOrderID, .placedAt, .sku, .quantity, .unitPrice]

    /// Said once for a whole order: its rows may repeat it or leave it out.
    var isOfOrder: Bool {
        switch self {
        case .lineID, .sku, .quantity, .unitPrice, .lineDiscount: false
        default: true
        }
    }

    /// Headings that mean it, as `normalised` writes them.
    private var headings: [String] {
        switch self {
        case .channel: ["渠道", "来源", "channel"]
        case .externalOrderID: ["订单号", "订单编号", "外部订单号", "原始单号", "orderid", "ordernumber", "orderno"]
        case .placedAt: ["下单时间", "下单日期", "订单时间", "订单日期", "ordertime", "orderdate", "orderedat"]
        case .buyerID: ["买家id", "买家编号", "会员号", "会员编号", "客户编号", "customerid", "memberid"]
        case .buyerName: ["买家", "买家姓名", "客户", "客户姓名", "customer", "customername"]
        case .buyerPhone: ["买家电话", "买家手机", "客户电话", "customerphone"]
        case .receiverName: ["收货人", "收货人姓名", "收件人", "receiver", "recipient"]
        case .receiverPhone: ["收货电话", "收货人电话", "收件人电话", "手机", "手机号", "电话", "phone", "recipientphone"]
        case .province: ["省", "省份", "state"]
        case .city: ["市", "城市"]
        case .district: ["区", "区县", "县"]
        case .street: ["地址", "详细地址", "收货地址", "address"]
        case .postalCode: ["邮编", "邮政编码", "zip", "postcode"]
        case .lineID: ["行号", "明细号", "line", "lineno"]
        case .sku: ["商品编码", "商家编码", "货号", "规格编码", "itemcode"]
        case .quantity: ["数量", "件数", "购买数量", "qty", "pieces"]
        case .unitPrice: ["单价", "售价", "价格", "price"]
        case .lineDiscount: ["优惠", "行优惠", "商品优惠", "折扣金额", "discount"]
        case .orderDiscount: ["订单优惠", "整单优惠"]
        case .freight: ["运费", "邮费", "shipping"]
        case .total: ["总额", "总金额", "订单金额", "应付金额", "合计", "ordertotal", "amount"]
        case .paid: ["已付金额", "实付金额", "已收金额", "amountpaid"]
        case .paymentID: ["支付单号", "付款单号", "流水号", "transactionid"]
        case .paymentMethod: ["支付方式", "付款方式"]
        case .paidAt: ["支付时间", "付款时间", "paymenttime"]
        case .referral: ["推荐码", "分销员", "分销商", "代理编号", "referrer", "agent"]
        case .note: ["备注", "买家留言", "remark"]
        }
    }

    /// The meaning of a heading; `nil` for one that nobody knows, which is then left out.
    static func meaning(of heading: String) -> OrderColumn? {
        let text = normalised(heading)
        return allCases.first { normalised($0.rawValue) == text || $0.headings.contains(text) }
    }

    /// Without blanks, marks, upper case and what stands in brackets, like a unit.
    private static func normalised(_ heading: String) -> String {
        let name = heading.prefix { !"(（[【".contains($0) }
        return String(name.lowercased().filter { !$0.isWhitespace && !"_-*:：".contains($0) })
    }
}
