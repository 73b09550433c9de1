import Contracts

/// Computes what an order pays out to a chain.
///
/// - Parameters:
///   - isOwnPurchase: The first of the chain is the buyer.
///   - number: Of the accrual within the order.
///   - commissionClass: The class that a SKU had when the order was placed.
/// - Returns: `nil` when nobody earns anything: then nothing is booked.
/// - Source: DESIGN section 4, "Commission".
func computeAccrual(
    of order: OrderPlaced, among chain: [ChainLink], isOwnPurchase: Bool = false, by plan: DistributionPlan,
    number: Int64, commissionClass: (String) -> String?
) -> Accrual? {
    var legs: [BookedLeg] = []
    var pools: [BookedPool] = []
    for (line, base) in zip(order.lines, bases(of: order, plan.base)) {
        let goods = CommissionLine(
            lineID: line.lineID, sku: line.sku, quantity: line.quantity,
            commissionClass: commissionClass(line.sku), base: base)
        let shares = shareOutLine(goods, among: chain, by: plan)
        legs += shares.legs.map { BookedLeg(isOwnPurchase && $0.level == 1 ? $0.asOwn : $0) }
        pools.append(
            BookedPool(
                lineID: line.lineID, paid: line.paid, pool: shares.pool, companyShare: shares.companyShare,
                remainder: shares.remainder))
    }
    let accrual = Accrual(number: number, legs: legs, pools: pools)
    return accrual.isAlive ? accrual : nil
}

extension CommissionLeg {
    fileprivate var asOwn: CommissionLeg {
        CommissionLeg(
            memberID: memberID, level: level, kind: .`self`, lineID: lineID, base: base,
            rateBasisPoints: rateBasisPoints, amountPerUnit: amountPerUnit, amount: amount,
            why: "own purchase: \(why)")
    }
}

/// What rates apply to, line by line: what the buyer paid for the goods, or with what others than the merchant bore.
private func bases(of order: OrderPlaced, _ basis: DistributionPlan.Basis) -> [Int64] {
    let paid = order.lines.map { max(0, $0.paid) }
    let borne = order.receivable - order.total
    guard basis == .goodsReceivable, borne > 0, paid.contains(where: { $0 > 0 }) else { return paid }
    return zip(paid, Allocation.split(borne, by: paid)).map { $0 + $1 }
}
