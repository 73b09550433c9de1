import Contracts

/// The rules and clocks by which cases move without a person.
///
/// - Source: DESIGN section 4, "After-sales".
enum AfterSalesPolicy {
    /// Of channels that have no rules of their own; amounts in minor units.
    static let usualRules = [
        AfterSalesRule(name: "unshipped", decide: .approve, kinds: [.refund], shipped: false),
        AfterSalesRule(
            name: "small-amount", decide: .approve, kinds: [.refund, .priceAdjustment], maximumAmount: 2000),
    ]
    static let approvalWait = Duration.days(2)
    static let shipBackWait = Duration.days(7)
    /// Counted from the day the buyer sent the goods.
    static let refundAfterShipping = Duration.days(10)
    /// Counted from the day the goods came.
    static let refundAfterReceipt = Duration.days(7)
    /// What is paid to the buyer for the way back without a person, in minor units.
    static let mostReturnFreight: Int64 = 3000
    /// How long a message may wait for its channel to become known.
    static let channelPatience = Duration.seconds(30)
}

/// The word of a clock is its timer's kind, the case's id the timer's key.
extension AfterSalesCase {
    /// The clock that runs while the case rests in its state, and when it is due.
    func clock(at now: Instant) -> (clock: CaseClock, due: Instant)? {
        guard kind.bringsGoodsBack else { return nil }
        let afterShipping = (shippedAt ?? now) + AfterSalesPolicy.refundAfterShipping
        switch state {
        case .requested: return (.approve, now + AfterSalesPolicy.approvalWait)
        case .approved: return (.shipBack, now + AfterSalesPolicy.shipBackWait)
        case .goodsInTransit: return (.refundReturn, afterShipping)
        case .received, .inspected:
            return (.refundReturn, min(afterShipping, now + AfterSalesPolicy.refundAfterReceipt))
        case .refunding, .closed, .rejected, .withdrawn: return nil
        }
    }
}
