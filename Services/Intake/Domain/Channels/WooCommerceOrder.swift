import Contracts

/// A WooCommerce order as `/wp-json/wc/v3/orders` and its webhooks send it.
///
/// | theirs | ours |
/// | --- | --- |
/// | `id` | `externalOrderId` |
/// | `date_created_gmt`; `date_modified_gmt` | `placedAt`; the time of the snapshot. Text without a zone that is UTC; the fields without `_gmt` are in the site's zone and not read |
/// | `currency`; every amount | decimal text with the currency's digits; the shop may write more, which must be 0 |
/// | `line_items[]`: `id`, `sku` else `variation_id` else `product_id`, `quantity`, `subtotal`, `total` | line before and after coupons, always without tax; `price` is a float and not read |
/// | `shipping_total` | `freight`, without tax |
/// | `total_tax` | `tax`, on top |
/// | `fee_lines[].total` | `fees`; a negative one is a discount of the order |
/// | `coupon_lines[]` | explains; the lines hold it already |
/// | `total` | `total`; must be the sum, but for the half unit that each rounded part may be off |
/// | `date_paid_gmt`, `status` processing, completed, refunded | paid; with `payment_method` cod only when completed |
/// | `status` pending, on-hold, failed, checkout-draft | not paid |
/// | `status` completed, also refunded with `date_completed_gmt` | shipped and received at `date_completed_gmt` |
/// | `status` cancelled, trash | cancelled |
/// | `refunds[]`: `id`, `total` "-10.00" | money back; for which pieces is not told |
/// | `customer_id`, `billing`, `shipping`, `customer_note`, `created_via` | buyer, address, note, terminal |
///
/// Refused: a `webhook_id` without an order (the ping of a new webhook). A status of a plug-in is read by
/// `date_paid_gmt` alone. Guest orders (`customer_id` 0) have no buyer.
/// - Source: CHANNELS section 7; woocommerce.github.io, REST API v3, "Orders".
enum WooCommerceOrder {
    static func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        let externalOrderID = try json.nativeID("id")
        guard let placedAt = try json.gmtTimeIfPresent("date_created_gmt") else {
            throw json.fault("is missing", field: "date_created_gmt")
        }
        guard let modifiedAt = try json.gmtTimeIfPresent("date_modified_gmt") else {
            throw json.fault("is missing", field: "date_modified_gmt")
        }
        let currency = try json.string("currency", atMost: 3)
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ 65...90 ~= $0 }) else {
            throw json.fault("is not an ISO 4217 code", field: "currency")
        }
        let units = MinorUnits(currency: currency)
        var sums = try Sums(json, units)
        let total = try json.money("total", units)
        try sums.round(to: total, json)
        let status = try json.string("status")
        let method = try json.wordsIfPresent("payment_method")
        let isCash = method == "cod"
        let paidAt = try paidAt(json, status, isCash: isCash, placedAt)
        let order = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, terminal: try json.wordsIfPresent("created_via"),
            modifiedAt: modifiedAt, placedAt: placedAt, currency: currency, buyer: try buyer(json),
            shipTo: try address(json), lines: sums.lines.lines, orderDiscount: sums.discount, freight: sums.freight,
            tax: sums.tax, taxIncluded: false, fees: sums.fees, total: total, discounts: try coupons(json, units),
            paymentTerms: isCash ? .cashOnDelivery : .prepaid,
            payment: paidAt.flatMap { .whole(externalOrderID, total, method: method, paidAt: $0) },
            note: try json.wordsIfPresent("customer_note", atMost: 2000))
        return try .checked(
            order, modifiedAt: modifiedAt, status: try self.status(json, status, modifiedAt, units), totalOf: json,
            field: "total")
    }

    /// The parts of the total, all of them without tax but the tax itself.
    private struct Sums {
        var lines = NativeLines()
        var freight: Int64
        var tax: Int64
        var fees: [ChannelOrder.Fee] = []
        var discount: Int64 = 0
        /// Numbers that the shop may have rounded by themselves.
        private var roundedParts: Int64 = 2

        init(_ json: JSONObject, _ units: MinorUnits) throws(Fault) {
            freight = try json.moneyIfPresent("shipping_total", units) ?? 0
            tax = try json.moneyIfPresent("total_tax", units) ?? 0
            for line in try json.objects("line_items") {
                let lineID = try line.nativeID("id")
                let quantity = try line.pieces("quantity")
                let subtotal = try line.money("subtotal", units)
                try lines.add(
                    lineID, sku: try line.sku(["sku", "variation_id", "product_id"], lineID: lineID),
                    quantity: quantity, unitPrice: (subtotal + quantity - 1) / quantity,
                    paid: try line.money("total", units), in: line, field: "id")
                roundedParts += 1
            }
            guard !lines.lines.isEmpty else { throw json.fault("is empty", field: "line_items") }
            for fee in try json.objects("fee_lines") {
                let amount = try fee.signedMoneyIfPresent("total", units) ?? 0
                if amount < 0 { discount -= amount }
                if amount > 0 { fees.append(.init(kind: try fee.wordsIfPresent("name") ?? "fee", amount: amount)) }
                roundedParts += 1
            }
        }

        /// Takes what is left by rounding as a fee or a discount of its own; more than that is no rounding.
        mutating func round(to total: Int64, _ json: JSONObject) throws(Fault) {
            let sum = lines.goods + freight + tax + fees.reduce(0) { $0 + $1.amount } - discount
            let rest = total - sum
            guard rest.magnitude <= (roundedParts + 1) / 2 else {
                throw json.fault("total \(total) is not the sum \(sum)", field: "total")
            }
            if rest > 0 { fees.append(ChannelOrder.Fee(kind: "rounding", amount: rest)) }
            if rest < 0 { discount -= rest }
        }
    }

    private static func coupons(_ json: JSONObject, _ units: MinorUnits) throws(Fault) -> [ChannelOrder.Discount] {
        var coupons: [ChannelOrder.Discount] = []
        for coupon in try json.objects("coupon_lines") {
            coupons.append(
                ChannelOrder.Discount(
                    kind: .coupon, code: try coupon.wordsIfPresent("code"),
                    amount: try coupon.moneyIfPresent("discount", units) ?? 0))
        }
        return coupons
    }

    private static func paidAt(
        _ json: JSONObject, _ status: String, isCash: Bool, _ placedAt: Instant
    ) throws(Fault) -> Instant? {
        let paidAt = try json.gmtTimeIfPresent("date_paid_gmt")
        switch status {
        case "completed", "refunded": return paidAt ?? placedAt
        case "processing" where !isCash: return paidAt ?? placedAt
        case "pending", "on-hold", "failed", "checkout-draft", "processing": return nil
        default: return isCash ? nil : paidAt
        }
    }

    private static func status(
        _ json: JSONObject, _ word: String, _ modifiedAt: Instant, _ units: MinorUnits
    ) throws(Fault) -> PlatformStatus {
        var status = PlatformStatus()
        let completedAt = try json.gmtTimeIfPresent("date_completed_gmt")
        if word == "completed" || (word == "refunded" && completedAt != nil) {
            status.shipping = .all(completedAt ?? modifiedAt)
            status.receivedAt = completedAt ?? modifiedAt
        }
        if word == "cancelled" || word == "trash" { status.cancelledAt = modifiedAt }
        for refund in try json.objects("refunds") {
            let amount = try refund.signedMoneyIfPresent("total", units) ?? 0
            guard amount <= 0 else { throw refund.fault("is positive", field: "total") }
            status.refunds.append(PlatformRefund(try refund.nativeID("id"), amount: -amount))
        }
        return status
    }
}

extension WooCommerceOrder {
    private static func buyer(_ json: JSONObject) throws(Fault) -> ChannelOrder.Buyer? {
        guard let id = try json.nativeIDIfPresent("customer_id"), id != "0" else { return nil }
        guard let billing = try json.objectIfPresent("billing") else { return ChannelOrder.Buyer(externalBuyerID: id) }
        return ChannelOrder.Buyer(
            externalBuyerID: id, name: try name(billing), phone: try billing.wordsIfPresent("phone"))
    }

    /// Where the goods go; the address of the bill when no other is given.
    private static func address(_ json: JSONObject) throws(Fault) -> ChannelOrder.Address? {
        let billing = try json.objectIfPresent("billing")
        var address = try json.objectIfPresent("shipping")
        if try address?.wordsIfPresent("address_1", atMost: 900) == nil { address = billing }
        guard let address else { return nil }
        let streets = [
            try address.wordsIfPresent("address_1", atMost: 900), try address.wordsIfPresent("address_2", atMost: 900),
        ]
        let phone = try billing?.wordsIfPresent("phone")
        return ChannelOrder.Address(
            name: try name(address), phone: try address.wordsIfPresent("phone") ?? phone,
            country: try address.wordsIfPresent("country") ?? unknownCountry,
            province: try address.wordsIfPresent("state"),
            city: try address.wordsIfPresent("city"), street: streets.compactMap { $0 }.joined(separator: ", "),
            postalCode: try address.wordsIfPresent("postcode"))
    }

    private static func name(_ json: JSONObject) throws(Fault) -> String? {
        let names = [try json.wordsIfPresent("first_name"), try json.wordsIfPresent("last_name")].compactMap { $0 }
        return names.isEmpty ? nil : names.joined(separator: " ")
    }
}
