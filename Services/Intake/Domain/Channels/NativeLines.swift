import Contracts

/// The lines of a native payload, put into our form one by one.
///
/// - Shape: what a line costs the buyer is exact; `unitPrice · quantity − discount` is that amount.
struct NativeLines {
    private(set) var lines: [ChannelOrder.Line] = []
    private var names: Set<String> = []

    /// What all lines cost before the order's discount.
    var goods: Int64 { lines.reduce(0) { $0 + $1.unitPrice * $1.quantity - $1.discount } }

    /// Adds a line that costs `paid`; the list price rises to it when it is below, the rest is the line's discount.
    ///
    /// - Parameter json: The platform's line, for the path of a fault.
    mutating func add(
        _ lineID: String, sku: String, quantity: Int64, unitPrice: Int64, paid: Int64, gift: Bool = false,
        giftOf: String? = nil, in json: JSONObject, field: StaticString
    ) throws(Fault) {
        guard names.insert(lineID).inserted else { throw json.fault("stands twice", field: field) }
        let price = gift ? 0 : max(unitPrice, (paid + quantity - 1) / quantity)
        let (gross, overflow) = price.multipliedReportingOverflow(by: quantity)
        guard !overflow, gross < MinorUnits.bound else { throw json.fault("costs 10^12 or more", field: field) }
        lines.append(
            ChannelOrder.Line(
                lineID: lineID, sku: sku, quantity: quantity, unitPrice: price, discount: gift ? 0 : gross - paid,
                gift: gift, giftOf: giftOf))
    }

    /// A name for a line of a platform that gives lines none: its SKU, and a number from the second of it on.
    func name(bySku sku: String) -> String {
        guard names.contains(sku) else { return sku }
        var number = 2
        while names.contains("\(sku)/\(number)") { number += 1 }
        return "\(sku)/\(number)"
    }
}

extension JSONObject {
    /// What the line sells: the merchant's own code, else the platform's id; else a name that no listing has.
    ///
    /// - Returns: Never anything guessed from a title; what nobody lists holds the order.
    func sku(_ names: [StaticString], lineID: String) throws(Fault) -> String {
        for name in names {
            if let sku = try wordsIfPresent(name), sku != "0" { return sku }
        }
        return "unlisted:\(lineID.prefix(180))"
    }
}

extension ChannelSnapshot {
    /// Puts an order and its status together after the checks that reading a normal order makes.
    ///
    /// - Parameter json: The platform's object that holds the total, for the path of a fault.
    /// - Throws: `Fault` at the platform's total when it is not what lines, discounts, freight and fees make.
    static func checked(
        _ order: ChannelOrder, modifiedAt: Instant, status: PlatformStatus, totalOf json: JSONObject,
        field: StaticString
    ) throws(Fault) -> ChannelSnapshot {
        let goods = order.lines.reduce(Int128(0)) { $0 + $1.amount }
        guard order.orderDiscount >= 0, Int128(order.orderDiscount) <= goods else {
            throw json.fault("leaves a discount of \(order.orderDiscount) on goods of \(goods)", field: field)
        }
        let calculated = order.calculatedTotal
        guard Int128(order.total) == calculated else {
            throw json.fault("total \(order.total) is not the sum \(calculated)", field: field)
        }
        for fee in order.fees where fee.amount < 0 { throw json.fault("has a negative \(fee.kind)", field: field) }
        try order.checkLines()
        return ChannelSnapshot(order, modifiedAt: modifiedAt, status: status)
    }
}

extension ChannelOrder.Payment {
    /// The payment of a whole order; its id is the order's, so that every snapshot names the same one.
    static func whole(
        _ externalOrderID: String, _ amount: Int64, method: String? = nil, paidAt: Instant
    ) -> ChannelOrder.Payment? {
        guard amount > 0 else { return nil }
        return ChannelOrder.Payment(
            paymentID: externalOrderID, status: .succeeded, amount: amount, method: method, paidAt: paidAt)
    }
}

/// The country of an address that names none; ISO 3166 leaves it to its users.
let unknownCountry = "ZZ"
