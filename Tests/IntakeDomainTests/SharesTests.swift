import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Sharing discount and freight out")
struct SharesTests {
    /// Each share lies within one cent of its exact fraction, and all sums fit (I7).
    @Test func tenThousandRandomOrdersAddUpExactly() throws {
        var random = SeededRandom(state: 20_261_122)
        var desk = try Desk()
        for number in 0..<10_000 {
            let order = randomOrder(number, &random)
            try desk.take(order, on: .channelOrders, key: "wechat-mini/\(order.externalOrderID)")
            guard let placed = desk.last(OrderPlaced.self), placed.externalOrderID == order.externalOrderID else {
                Issue.record("order \(number) was not placed")
                return
            }
            guard let wrong = defect(of: placed, order) else { continue }
            Issue.record("order \(number): \(wrong)")
        }
    }

    /// What does not fit in a placed order.
    private func defect(of placed: OrderPlaced, _ order: ChannelOrder) -> String? {
        let taxAdded = order.taxIncluded ? 0 : order.tax
        let sums = [
            placed.lines.reduce(0) { $0 + $1.paid } - placed.goodsTotal,
            placed.goodsTotal + placed.freight + placed.fees + taxAdded - placed.total,
            placed.lines.reduce(0) { $0 + $1.orderDiscountShare } - order.orderDiscount,
            placed.lines.reduce(0) { $0 + $1.freightShare } - order.freight,
        ]
        guard sums.allSatisfy({ $0 == 0 }) else { return "sums are off by \(sums)" }
        let goods = order.lines.reduce(Int128(0)) { $0 + $1.amount }
        for (line, shared) in zip(order.lines, placed.lines) where goods > 0 {
            let discountError = Int128(shared.orderDiscountShare) * goods - Int128(order.orderDiscount) * line.amount
            let freightError = Int128(shared.freightShare) * goods - Int128(order.freight) * line.amount
            guard discountError.magnitude < goods.magnitude, freightError.magnitude < goods.magnitude else {
                return "line \(line.lineID) is a cent or more away from its fraction"
            }
            guard shared.paid >= 0, shared.paid == Int64(line.amount) - shared.orderDiscountShare else {
                return "line \(line.lineID) costs \(shared.paid)"
            }
        }
        return nil
    }

    private func randomOrder(_ number: Int, _ random: inout SeededRandom) -> ChannelOrder {
        let lines = (1...Int.random(in: 1...6, using: &random)).map { index -> ChannelOrder.Line in
            let quantity = Int64.random(in: 1...5, using: &random)
            let price = Int64.random(in: 0...30_000, using: &random)
            let discount = Int64.random(in: 0...price * quantity, using: &random)
            return .sample("\(index)", quantity: quantity, unitPrice: price, discount: discount)
        }
        let goods = Int64(lines.reduce(Int128(0)) { $0 + $1.amount })
        let orderDiscount = Int64.random(in: 0...goods, using: &random)
        let freight = Int64.random(in: 0...2000, using: &random)
        let fee = Int64.random(in: 0...300, using: &random)
        let tax = Int64.random(in: 0...900, using: &random)
        let taxIncluded = Bool.random(using: &random)
        return ChannelOrder(
            channel: "wechat-mini", externalOrderID: "R-\(number)", placedAt: .sample, lines: lines,
            orderDiscount: orderDiscount, freight: freight, tax: tax, taxIncluded: taxIncluded,
            fees: [.init(kind: "wrapping", amount: fee)],
            total: goods - orderDiscount + freight + fee + (taxIncluded ? 0 : tax))
    }
}

/// SplitMix64: the same numbers in every run.
///
/// - Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators".
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
