import Contracts

/// What a JD order's state implies.
struct JDState {
    var status = PlatformStatus()
    let isPaid: Bool

    init(_ info: JSONObject, _ names: JDOrder.Names, isCash: Bool, _ modifiedAt: Instant) throws(Fault) {
        var hasPaid = true
        switch try info.words(names.state) {
        case "WAIT_SELLER_STOCK_OUT", "WAIT_SELLER_DELIVERY": break
        case "NOT_PAY", "WAIT_BUYER_PAY": hasPaid = false
        case "LOCKED": status.hold = .cancelAsked
        case "PAUSE", "POP_ORDER_PAUSE": status.hold = .paused
        case "WAIT_GOODS_RECEIVE_CONFIRM", "DELIVERY_RETURN": status.shipping = .all(modifiedAt)
        case "FINISHED_L":
            let endedAt = try info.shanghaiTimeIfPresent(names.endTime) ?? modifiedAt
            status.shipping = .all(endedAt)
            status.receivedAt = endedAt
        case "TRADE_CANCELED":
            status.cancelledAt = try info.shanghaiTimeIfPresent(names.endTime) ?? modifiedAt
            hasPaid = false
        default: throw info.fault("is unknown", field: names.state)
        }
        isPaid = isCash ? status.receivedAt != nil : hasPaid
    }
}

/// The discounts that a JD order lists.
struct JDCoupons {
    /// Types whose money comes from JD: beans, JD's coupons, gift cards.
    private static let byJD: Set = ["39", "41", "52"]
    private var all: [(skuID: String?, type: String, amount: Int64)] = []

    init(_ info: JSONObject, _ names: JDOrder.Names) throws(Fault) {
        for coupon in try info.objects(names.coupons) {
            let type = try coupon.wordsIfPresent(names.couponType) ?? ""
            all.append(
                (
                    try coupon.nativeIDIfPresent(names.skuID), String(type.prefix { $0 != "-" }),
                    try coupon.moneyIfPresent(names.couponPrice, .yuan) ?? 0
                ))
        }
    }

    var isEmpty: Bool { all.isEmpty }
    var borneByJD: Int64 { all.reduce(0) { $0 + (Self.byJD.contains($1.type) ? $1.amount : 0) } }

    func amount(ofSku skuID: String) -> Int64 { all.reduce(0) { $0 + ($1.skuID == skuID ? $1.amount : 0) } }

    /// The coupons as they are listed when their bearers make up the amount, else that amount alone.
    func explained(jdBears amount: Int64) -> [ChannelOrder.Discount] {
        let merchants = all.filter { !Self.byJD.contains($0.type) }
        var discounts = merchants.map {
            ChannelOrder.Discount(kind: .promotion, code: $0.type.isEmpty ? nil : $0.type, amount: $0.amount)
        }
        if borneByJD == amount {
            discounts += all.filter { Self.byJD.contains($0.type) }.map {
                ChannelOrder.Discount(
                    kind: $0.type == "39" ? .points : .coupon, code: $0.type, amount: $0.amount, bearer: .platform)
            }
        } else {
            discounts.append(ChannelOrder.Discount(kind: .subsidy, amount: amount, bearer: .platform))
        }
        return discounts
    }
}

/// The money of a JD order.
struct JDSums {
    var lines = NativeLines()
    let freight: Int64
    let total: Int64
    let orderDiscount: Int64
    let borneByJD: Int64

    init(_ info: JSONObject, _ names: JDOrder.Names, _ coupons: JDCoupons) throws(Fault) {
        freight = try info.moneyIfPresent(names.freight, .yuan) ?? 0
        let balance = try info.moneyIfPresent(names.balance, .yuan) ?? 0
        let sellerPrice = try info.money(names.sellerPrice, .yuan)
        let sellerDiscount = try info.moneyIfPresent(names.sellerDiscount, .yuan) ?? 0
        let payment = try info.money(names.payment, .yuan)
        var items: [(json: JSONObject, skuID: String, price: Int64, quantity: Int64)] = []
        var gross: Int128 = 0
        for item in try info.objects(names.items) {
            let price = try item.money(names.price, .yuan)
            let quantity = try item.pieces(names.pieces)
            gross += Int128(price) * Int128(quantity)
            items.append((item, try item.nativeID(names.skuID), price, quantity))
        }
        guard !items.isEmpty else { throw info.fault("is empty", field: names.items) }
        guard try gross == Int128(info.money(names.total, .yuan)) else {
            throw info.fault("is not the sum \(gross) of the items", field: names.total)
        }
        guard gross - Int128(sellerDiscount) == Int128(sellerPrice) else {
            throw info.fault("is not the total less the seller's discount", field: names.sellerPrice)
        }
        // Where the coupons show that the payment is without freight, the buyer owes it on top.
        let isWithoutFreight =
            freight > 0 && !coupons.isEmpty && sellerPrice - payment - balance == coupons.borneByJD
        total = payment + balance + (isWithoutFreight ? freight : 0)
        borneByJD = sellerPrice + freight - total
        guard borneByJD >= 0 else { throw info.fault("is above goods and freight", field: names.payment) }
        var left = sellerDiscount + borneByJD
        var used: Set<String> = []
        for item in items {
            let cost = item.price * item.quantity
            let own = used.insert(item.skuID).inserted ? min(coupons.amount(ofSku: item.skuID), cost, left) : 0
            left -= own
            try lines.add(
                lines.name(bySku: item.skuID),
                sku: try item.json.sku([names.outerSku, names.skuID], lineID: item.skuID),
                quantity: item.quantity, unitPrice: item.price, paid: cost - own, gift: item.price == 0,
                in: item.json, field: names.skuID)
        }
        orderDiscount = left
    }
}
