public import Contracts

/// What an order pays out under one attribution: legs and pools with what was taken back of each.
public struct Accrual: Sendable, Equatable {
    /// Counts the accruals of an order from 1; a later one follows a change of its distributor.
    public let number: Int64
    public internal(set) var legs: [BookedLeg]
    /// One per line of the order, in its order.
    public internal(set) var pools: [BookedPool]
    /// Whose the order was, once another has it; until then that is the order's own.
    public internal(set) var formerly: Attribution?

    public init(number: Int64, legs: [BookedLeg], pools: [BookedPool]) {
        self.number = number
        self.legs = legs
        self.pools = pools
    }

    /// Who earns at level 1, if anybody.
    public var seller: String? { legs.first { $0.leg.level == 1 }?.leg.memberID }

    /// Members still have something of it.
    public var isAlive: Bool { legs.contains { $0.rest > 0 } }

    var companyShare: Int64 { pools.reduce(0) { $0 + $1.companyShare } }
    var remainder: Int64 { pools.reduce(0) { $0 + $1.remainder } }
    var pool: Int64 { pools.reduce(0) { $0 + $1.pool } }

    /// What is left of the accrual, as facts show it.
    var rest: Reversal {
        let left = legs.filter { $0.rest > 0 }
        return Reversal(
            legs: left.map { $0.leg.amounting(to: $0.rest) }, frozen: left.map { !$0.isMatured },
            companyShare: pools.reduce(0) { $0 + $1.companyShare - $1.companyShareReversed },
            remainder: pools.reduce(0) { $0 + $1.remainder - $1.remainderReversed })
    }

    /// Lets legs mature that are left and may, and answers them.
    mutating func mature(_ may: (CommissionLeg) -> Bool) -> [CommissionLeg] {
        var matured: [CommissionLeg] = []
        for index in legs.indices where legs[index].rest > 0 && !legs[index].isMatured && may(legs[index].leg) {
            legs[index].isMatured = true
            matured.append(legs[index].leg.amounting(to: legs[index].rest))
        }
        return matured
    }

    /// Takes back what refunds are worth, and answers what that is beyond what was taken back before.
    ///
    /// The rule is cumulative, `half-up(amount · refunded / paid)`, so that partial refunds in any order end alike and
    /// a full one leaves exactly 0.
    /// - Parameter refunded: Money paid back so far by line; `nil` takes everything back.
    mutating func reverse(refunded: [String: Int64]?) -> Reversal {
        let shares = Dictionary(
            pools.map { ($0.lineID, RefundedShare(refunded?[$0.lineID, default: 0], of: $0.paid)) }
        ) { first, _ in first }
        var reversal = Reversal(legs: [], frozen: [], companyShare: 0, remainder: 0)
        for index in legs.indices {
            let step = shares[legs[index].leg.lineID]?.step(of: legs[index].leg.amount, from: legs[index].reversed) ?? 0
            guard step > 0 else { continue }
            legs[index].reversed += step
            reversal.legs.append(legs[index].leg.amounting(to: step))
            reversal.frozen.append(!legs[index].isMatured)
        }
        for index in pools.indices {
            guard let share = shares[pools[index].lineID] else { continue }
            let company = share.step(of: pools[index].companyShare, from: pools[index].companyShareReversed)
            let remainder = share.step(of: pools[index].remainder, from: pools[index].remainderReversed)
            pools[index].companyShareReversed += company
            pools[index].remainderReversed += remainder
            reversal.companyShare += company
            reversal.remainder += remainder
        }
        return reversal
    }
}

/// A leg with what was taken back of it.
public struct BookedLeg: Sendable, Equatable {
    public let leg: CommissionLeg
    public internal(set) var reversed: Int64
    /// It can be withdrawn.
    public internal(set) var isMatured: Bool

    public init(_ leg: CommissionLeg, reversed: Int64 = 0, isMatured: Bool = false) {
        self.leg = leg
        self.reversed = reversed
        self.isMatured = isMatured
    }

    public var rest: Int64 { leg.amount - reversed }
}

/// The pool of one line: what the company keeps, what rounding left over, and what was taken back of both.
public struct BookedPool: Sendable, Equatable {
    public let lineID: String
    /// What the buyer paid for the line without freight: refunds are measured by it.
    public let paid: Int64
    public let pool: Int64
    public let companyShare: Int64
    public let remainder: Int64
    public internal(set) var companyShareReversed: Int64
    public internal(set) var remainderReversed: Int64

    public init(
        lineID: String, paid: Int64, pool: Int64, companyShare: Int64, remainder: Int64,
        companyShareReversed: Int64 = 0, remainderReversed: Int64 = 0
    ) {
        self.lineID = lineID
        self.paid = paid
        self.pool = pool
        self.companyShare = companyShare
        self.remainder = remainder
        self.companyShareReversed = companyShareReversed
        self.remainderReversed = remainderReversed
    }
}

/// Amounts taken from one accrual at once.
struct Reversal: Equatable {
    var legs: [CommissionLeg]
    /// Of each leg: whether it had not matured.
    var frozen: [Bool]
    var companyShare: Int64
    var remainder: Int64

    var isEmpty: Bool { legs.isEmpty && companyShare == 0 && remainder == 0 }
}

/// The part of a line that was paid back.
private struct RefundedShare {
    private let refunded: Int64
    private let paid: Int64

    init(_ refunded: Int64?, of paid: Int64) {
        // A line that cost nothing pays no commission, so its share is never asked for.
        self.paid = max(paid, 1)
        self.refunded = min(refunded ?? self.paid, self.paid)
    }

    /// What is still to be taken back of an amount; never gives back what was taken before.
    func step(of amount: Int64, from reversed: Int64) -> Int64 {
        let target = Allocation.halfUp(Int128(amount) * Int128(refunded), over: Int128(paid))
        return target.magnitude > reversed.magnitude ? target - reversed : 0
    }
}

extension CommissionLeg {
    fileprivate func amounting(to amount: Int64) -> CommissionLeg {
        CommissionLeg(
            memberID: memberID, level: level, kind: kind, lineID: lineID, base: base,
            rateBasisPoints: rateBasisPoints, amountPerUnit: amountPerUnit, amount: amount, why: why)
    }
}
