/// What becomes of a demo order.
enum DemoFate: String, CaseIterable {
    case paidWithOrder = "paid with the order"
    case paidAfter = "paid after the order"
    /// The payment arrives before the order and waits for it.
    case paidBefore = "paid before the order"
    /// Cancelled by the timeout.
    case unpaid = "never paid"
    /// Paid after the timeout has cancelled it: reinstated.
    case paidLate = "paid late"
    case cancelledUnpaid = "cancelled before payment"
    case cancelledPaid = "cancelled after payment, before shipping"
    case refundedWhole = "refunded whole, before shipping"
    case refundedPart = "refunded in part, before shipping"
    case returned = "returned after delivery"

    /// Of a hundred orders.
    private var share: Int {
        switch self {
        case .paidWithOrder: 45
        case .paidAfter: 28
        case .paidBefore: 5
        case .unpaid: 6
        case .paidLate: 3
        case .cancelledUnpaid: 2
        case .cancelledPaid: 3
        case .refundedWhole: 2
        case .refundedPart: 3
        case .returned: 3
        }
    }

    /// - Parameter hasStock: Without stock an order is cancelled at once, and only payments can still come.
    static func draw(_ random: inout SeededRandom, purchase: Purchase, hasStock: Bool) -> DemoFate {
        var left = random.number(below: 100)
        let drawn = allCases.first { fate in
            left -= fate.share
            return left < 0
        }
        let fate = drawn ?? .paidWithOrder
        // Nothing to pay counts as paid; the rest of such an order's life goes its plain way.
        if purchase.cents == 0 { return .paidWithOrder }
        if !hasStock, ![.paidWithOrder, .paidAfter, .paidBefore].contains(fate) { return .paidAfter }
        if fate == .refundedPart, purchase.pieces < 2 { return .refundedWhole }
        return fate
    }

    var paysWithOrder: Bool {
        [.paidWithOrder, .cancelledPaid, .refundedWhole, .refundedPart, .returned].contains(self)
    }
}
