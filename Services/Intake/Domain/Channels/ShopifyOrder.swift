import Contracts

/// A Shopify order as its webhooks `orders/create`, `orders/updated`, `orders/paid` and `orders/cancelled` send it.
///
/// | theirs | ours |
/// | --- | --- |
/// | `id` | `externalOrderId`, its digits as they stand |
/// | `created_at`; `updated_at` | `placedAt`; the time of the snapshot. RFC 3339 with offset |
/// | `currency`, and every amount outside `presentment_money` | shop money: decimal text with the currency's digits (JPY 0, KWD 3) |
/// | `line_items[]`: `id`, `sku` else `variant_id`, `quantity`, `price` | line; `quantity` is what was ordered, what was refunded stands in `refunds` |
/// | Σ `discount_allocations[].amount` of a line or a shipping line | its discount; `total_discount` lacks the order's codes and is not read |
/// | `discount_codes[]` | explains, borne by the merchant |
/// | `shipping_lines[]` that are not `is_removed` | `freight` |
/// | `total_tax`, `taxes_included` | `tax`, `taxIncluded` |
/// | `total_tip_received`, `original_total_duties_set`, `original_total_additional_fees_set` | `fees` |
/// | `total_price` | `total`; must be the sum |
/// | `financial_status` paid, partially_refunded, refunded | paid at `processed_at`; authorized, pending and partially_paid are not |
/// | `fulfillment_status` fulfilled, partial | shipped, in part |
/// | `cancelled_at` | cancelled |
/// | `refunds[]`: `transactions[]` with `kind` refund and `status` success; `refund_line_items[]` | money back, and for which pieces |
/// | `note_attributes[]` named ref or referral; `landing_site` with `?ref=` | `referral`: code; link |
/// | `customer.id`, `shipping_address`, `note`, `source_name` | buyer, address, note, terminal |
///
/// Refused: `test` true (never an order); an unknown `financial_status`; `total_price_set` in another shop currency.
/// A line that nothing requires to be shipped is virtual; the order is when all lines are.
/// - Source: CHANNELS section 6; shopify.dev, REST Admin API, "Order".
enum ShopifyOrder {
    static func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        if try json.bool("test", default: false) { throw json.fault("is a test order", field: "test") }
        let externalOrderID = try json.nativeID("id")
        let modifiedAt = try json.instant("updated_at")
        let currency = try currency(json)
        let units = MinorUnits(currency: currency)
        var lines = NativeLines()
        var needsShipping = false
        for line in try json.objects("line_items") {
            try add(line, units, to: &lines)
            if try line.bool("requires_shipping", default: true) { needsShipping = true }
        }
        guard !lines.lines.isEmpty else { throw json.fault("is empty", field: "line_items") }
        let total = try json.money("total_price", units)
        let placedAt = try json.instant("created_at")
        let address = try address(json)
        let order = ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, terminal: try json.wordsIfPresent("source_name"),
            modifiedAt: modifiedAt, placedAt: placedAt, currency: currency, buyer: try buyer(json, address),
            shipTo: address, referral: try referral(json), lines: lines.lines, freight: try freight(json, units),
            tax: try json.moneyIfPresent("total_tax", units) ?? 0,
            taxIncluded: try json.bool("taxes_included", default: false), fees: try fees(json, units), total: total,
            discounts: try discounts(json, units),
            payment: try isPaid(json)
                ? .whole(externalOrderID, total, paidAt: json.instantIfPresent("processed_at") ?? placedAt) : nil,
            delivery: needsShipping ? .express : .virtual, note: try json.wordsIfPresent("note", atMost: 2000)
        )
        return try .checked(
            order, modifiedAt: modifiedAt, status: try status(json, modifiedAt, units), totalOf: json,
            field: "total_price")
    }

    private static func currency(_ json: JSONObject) throws(Fault) -> String {
        let currency = try json.string("currency", atMost: 3)
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ 65...90 ~= $0 }) else {
            throw json.fault("is not an ISO 4217 code", field: "currency")
        }
        if let shop = try json.objectIfPresent("total_price_set")?.objectIfPresent("shop_money"),
            let code = try shop.stringIfPresent("currency_code"), code != currency
        {
            throw shop.fault("is not the order's \(currency)", field: "currency_code")
        }
        return currency
    }

    private static func add(_ line: JSONObject, _ units: MinorUnits, to lines: inout NativeLines) throws(Fault) {
        let lineID = try line.nativeID("id")
        let quantity = try line.pieces("quantity")
        let price = try line.money("price", units)
        let gross = Int128(price) * Int128(quantity)
        let discount = Int128(try allocated(line, units))
        guard gross < Int128(MinorUnits.bound) else { throw line.fault("costs 10^12 or more", field: "price") }
        guard discount <= gross else { throw line.fault("is above the line", field: "discount_allocations") }
        try lines.add(
            lineID, sku: try line.sku(["sku", "variant_id"], lineID: lineID), quantity: quantity, unitPrice: price,
            paid: Int64(gross - discount), in: line, field: "id")
    }

    private static func allocated(_ json: JSONObject, _ units: MinorUnits) throws(Fault) -> Int64 {
        var sum: Int64 = 0
        for allocation in try json.objects("discount_allocations") { sum += try allocation.money("amount", units) }
        return sum
    }

    private static func freight(_ json: JSONObject, _ units: MinorUnits) throws(Fault) -> Int64 {
        var sum: Int64 = 0
        for line in try json.objects("shipping_lines") where try !line.bool("is_removed", default: false) {
            let price = try line.money("price", units)
            let discount = try allocated(line, units)
            guard discount <= price else { throw line.fault("is above the price", field: "discount_allocations") }
            // Without allocations the discounted price is all there is.
            let hasAllocations = line.value("discount_allocations") != nil
            sum += hasAllocations ? price - discount : try line.moneyIfPresent("discounted_price", units) ?? price
        }
        return sum
    }

    private static func fees(_ json: JSONObject, _ units: MinorUnits) throws(Fault) -> [ChannelOrder.Fee] {
        let duties = try shopMoney(json, "original_total_duties_set", units) ?? 0
        let others = try shopMoney(json, "original_total_additional_fees_set", units) ?? 0
        let tip = try json.moneyIfPresent("total_tip_received", units) ?? 0
        return [("tip", tip), ("duties", duties), ("additional", others)].filter { $0.1 > 0 }.map {
            ChannelOrder.Fee(kind: $0.0, amount: $0.1)
        }
    }

    private static func shopMoney(
        _ json: JSONObject, _ name: StaticString, _ units: MinorUnits
    ) throws(Fault) -> Int64? {
        try json.objectIfPresent(name)?.objectIfPresent("shop_money")?.moneyIfPresent("amount", units)
    }

    private static func discounts(_ json: JSONObject, _ units: MinorUnits) throws(Fault) -> [ChannelOrder.Discount] {
        var discounts: [ChannelOrder.Discount] = []
        for code in try json.objects("discount_codes") {
            let amount = try code.moneyIfPresent("amount", units) ?? 0
            discounts.append(
                ChannelOrder.Discount(kind: .coupon, code: try code.wordsIfPresent("code"), amount: amount))
        }
        return discounts
    }

    private static func isPaid(_ json: JSONObject) throws(Fault) -> Bool {
        switch try json.string("financial_status") {
        case "paid", "partially_refunded", "refunded": true
        case "pending", "authorized", "partially_paid", "voided", "expired": false
        default: throw json.fault("is unknown", field: "financial_status")
        }
    }

    private static func status(
        _ json: JSONObject, _ modifiedAt: Instant, _ units: MinorUnits
    ) throws(Fault) -> PlatformStatus {
        var status = PlatformStatus()
        switch try json.stringIfPresent("fulfillment_status") {
        case "fulfilled": status.shipping = .all(modifiedAt)
        case "partial": status.shipping = .part
        default: break
        }
        status.cancelledAt = try json.instantIfPresent("cancelled_at")
        for refund in try json.objects("refunds") {
            if let refund = try self.refund(refund, units) { status.refunds.append(refund) }
        }
        return status
    }

    /// Money moved is what refund transactions moved; subtotals of lines only say what it was meant for.
    private static func refund(_ json: JSONObject, _ units: MinorUnits) throws(Fault) -> PlatformRefund? {
        var amount: Int64 = 0
        for transaction in try json.objects("transactions") {
            let kind = try transaction.stringIfPresent("kind")
            let status = try transaction.stringIfPresent("status")
            if kind == "refund", status == "success" { amount += try transaction.money("amount", units) }
        }
        var lines: [LinePieces] = []
        for line in try json.objects("refund_line_items") {
            lines.append(
                LinePieces(lineID: try line.nativeID("line_item_id"), quantity: try line.pieces("quantity")))
        }
        guard amount > 0 || !lines.isEmpty else { return nil }
        return PlatformRefund(try json.nativeID("id"), amount: amount, lines: lines)
    }
}

extension ShopifyOrder {
    private static func referral(_ json: JSONObject) throws(Fault) -> ChannelOrder.Referral? {
        for attribute in try json.objects("note_attributes") {
            let name = try attribute.wordsIfPresent("name") ?? ""
            if name == "ref" || name == "referral", let code = try attribute.wordsIfPresent("value") {
                return ChannelOrder.Referral(code: code, kind: .code)
            }
        }
        guard let site = try json.wordsIfPresent("landing_site", atMost: 2000), let query = site.firstIndex(of: "?")
        else { return nil }
        for pair in site[site.index(after: query)...].split(separator: "&") where pair.hasPrefix("ref=") {
            let code = pair.dropFirst("ref=".count)
            if !code.isEmpty, code.count <= 200 { return ChannelOrder.Referral(code: String(code), kind: .link) }
        }
        return nil
    }

    private static func buyer(
        _ json: JSONObject, _ address: ChannelOrder.Address?
    ) throws(Fault) -> ChannelOrder.Buyer? {
        guard let customer = try json.objectIfPresent("customer"), let id = try customer.nativeIDIfPresent("id") else {
            return nil
        }
        return ChannelOrder.Buyer(externalBuyerID: id, name: address?.name, phone: address?.phone)
    }

    /// Absent for goods that need none.
    private static func address(_ json: JSONObject) throws(Fault) -> ChannelOrder.Address? {
        guard let address = try json.objectIfPresent("shipping_address") else { return nil }
        let streets = [
            try address.wordsIfPresent("address1", atMost: 900), try address.wordsIfPresent("address2", atMost: 900),
        ]
        return ChannelOrder.Address(
            name: try address.wordsIfPresent("name"), phone: try address.wordsIfPresent("phone"),
            country: try address.wordsIfPresent("country_code") ?? unknownCountry,
            province: try address.wordsIfPresent("province"),
            city: try address.wordsIfPresent("city"), street: streets.compactMap { $0 }.joined(separator: ", "),
            postalCode: try address.wordsIfPresent("zip"))
    }
}
