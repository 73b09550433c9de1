public import Contracts

extension Instant {
    /// Sunday 22 November 2026, 16:00 in Shanghai: when samples happen.
    public static let sample = Instant(milliseconds: 1_795_334_400_000)
}

extension ChannelOrder {
    /// An order whose total fits its lines; `paid` adds the payment of the whole total.
    public static func sample(
        channel: String = "wechat-mini", externalOrderID: String = "WX-1001", placedAt: Instant = .sample,
        modifiedAt: Instant? = nil, buyer: Buyer? = .sample(), shipTo: Address? = .sample(),
        referral: Referral? = nil, lines: [Line] = [.sample()], orderDiscount: Int64 = 0, freight: Int64 = 0,
        discounts: [Discount] = [], paymentTerms: PaymentTerms = .prepaid, payment: Payment? = nil,
        paid: Bool = false, delivery: Delivery = .express, historical: Bool = false
    ) -> ChannelOrder {
        let goods = lines.reduce(Int64(0)) { $0 + $1.unitPrice * $1.quantity - $1.discount }
        let total = goods - orderDiscount + freight
        let whole = Payment.sample(paymentID: "P-\(externalOrderID)", amount: total, paidAt: placedAt)
        return ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, modifiedAt: modifiedAt, placedAt: placedAt,
            buyer: buyer, shipTo: shipTo, referral: referral, lines: lines, orderDiscount: orderDiscount,
            freight: freight, total: total, discounts: discounts, paymentTerms: paymentTerms,
            payment: payment ?? (paid ? whole : nil), delivery: delivery, historical: historical)
    }
}

extension ChannelOrder.Line {
    public static func sample(
        _ lineID: String = "1", sku: String = "SKU-1", quantity: Int64 = 1, unitPrice: Int64 = 10_000,
        discount: Int64 = 0, giftOf: String? = nil
    ) -> ChannelOrder.Line {
        ChannelOrder.Line(
            lineID: lineID, sku: sku, quantity: quantity, unitPrice: giftOf == nil ? unitPrice : 0,
            discount: discount, gift: giftOf != nil, giftOf: giftOf)
    }
}

extension ChannelOrder.Buyer {
    public static func sample(_ externalBuyerID: String = "u-77") -> ChannelOrder.Buyer {
        ChannelOrder.Buyer(externalBuyerID: externalBuyerID, name: "李雷", phone: "13800000000")
    }
}

extension ChannelOrder.Address {
    public static func sample(province: String = "浙江省", city: String = "杭州市") -> ChannelOrder.Address {
        ChannelOrder.Address(
            name: "李雷", phone: "13800000000", province: province, city: city, district: "西湖区",
            street: "文三路 1 号", postalCode: "310000")
    }
}

extension ChannelOrder.Payment {
    public static func sample(
        paymentID: String = "P-1", status: ChannelPayment.Status = .succeeded, amount: Int64 = 10_000,
        paidAt: Instant? = .sample
    ) -> ChannelOrder.Payment {
        ChannelOrder.Payment(
            paymentID: paymentID, status: status, amount: amount, method: "wechat-pay", paidAt: paidAt)
    }
}

extension ChannelPayment {
    public static func sample(
        channel: String = "wechat-mini", externalOrderID: String = "WX-1001", paymentID: String = "P-1",
        status: Status = .succeeded, amount: Int64 = 10_000, paidAt: Instant? = .sample
    ) -> ChannelPayment {
        ChannelPayment(
            channel: channel, externalOrderID: externalOrderID, paymentID: paymentID, status: status,
            amount: amount, method: "wechat-pay", paidAt: paidAt)
    }
}

extension AfterSalesRequest {
    public static func sample(
        channel: String = "wechat-mini", externalOrderID: String = "WX-1001", externalCaseID: String = "AS-1",
        kind: Kind = .return, lines: [Line] = [Line(lineID: "1", quantity: 1)], amount: Int64? = nil,
        requestedAt: Instant = .sample
    ) -> AfterSalesRequest {
        AfterSalesRequest(
            channel: channel, externalOrderID: externalOrderID, externalCaseID: externalCaseID, kind: kind,
            reason: "damaged", lines: lines, amount: amount, requestedAt: requestedAt)
    }
}
