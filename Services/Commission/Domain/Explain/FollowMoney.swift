/// What an order let mature for one member, and where it is by now.
public struct MemberMoney: Sendable {
    public let memberID: String
    /// Positive amounts that sum to all that matured.
    public let shares: [MoneyShare]
    let differences: [BookDifference]

    init(_ money: AvailableMoney) {
        memberID = money.memberID
        shares = followMoney(money)
        differences = compareMoney(money, with: shares)
    }

    private init(memberID: String, shares: [MoneyShare]) {
        self.memberID = memberID
        self.shares = shares
        differences = []
    }

    /// Only what matured by some journals; `nil` for nothing.
    func matured(by isMeant: (String) -> Bool) -> MemberMoney? {
        let shares = shares.filter { isMeant($0.maturedBy) }
        return shares.isEmpty ? nil : MemberMoney(memberID: memberID, shares: shares)
    }
}

/// A part of what matured that shares one fate.
public struct MoneyShare: Sendable, Equatable {
    public enum Place: String, Sendable {
        case available
        case inPayout = "in-payout"
        case paidOut = "paid-out"
        /// Taken back since, or by hand, maybe before it matured: then it paid a debt.
        case setOff = "set-off"
        /// Went out and came back so often that it is not followed further.
        case returned
    }

    public let amount: Int64
    /// The journal by which it matured.
    public let maturedBy: String
    public let place: Place
    /// `nil` while it is available.
    public let usedBy: AvailableMoney.Booking?
    public let payout: Payout?
    /// Payouts it was in before, the first one first.
    public let cameBackFrom: [String]
}

/// Follows what matured first in, first out: the oldest cent that is left goes into the next debit.
///
/// What a payout brings back is a credit of its own, the same cents in the same order, and is followed on.
/// - Source: README of commission, "Where the money went".
func followMoney(_ money: AvailableMoney) -> [MoneyShare] {
    money.matured.flatMap { credit in
        var trail = MoneyTrail(money: money, maturedBy: credit.journalID)
        var parts = [MoneyTrail.Part(cents: credit.cents, cameBackFrom: [])]
        for _ in 0...MoneyTrail.maximumReturns { parts = parts.flatMap { trail.follow($0) } }
        return trail.shares
    }
}

private struct MoneyTrail {
    static let maximumReturns = 100

    /// Cents of the side of credits.
    struct Part {
        let cents: Range<Int64>
        let cameBackFrom: [String]
    }

    let money: AvailableMoney
    let maturedBy: String
    private(set) var shares: [MoneyShare] = []

    init(money: AvailableMoney, maturedBy: String) {
        self.money = money
        self.maturedBy = maturedBy
    }

    /// Puts down where the cents are.
    ///
    /// - Returns: Those that came back meanwhile.
    mutating func follow(_ part: Part) -> [Part] {
        var left = Int64(part.cents.count)
        var onwards: [Part] = []
        for debit in money.debits {
            let used = part.cents.clamped(to: debit.cents)
            guard !used.isEmpty else { continue }
            left -= Int64(used.count)
            if part.cameBackFrom.count < Self.maximumReturns, let back = money.comingBack(debit) {
                let start = back.before + used.lowerBound - debit.before
                onwards.append(
                    Part(
                        cents: start..<start + Int64(used.count),
                        cameBackFrom: part.cameBackFrom + [debit.payoutID].compactMap(\.self)))
            } else {
                put(Int64(used.count), of: part, in: debit)
            }
        }
        if left > 0 { put(left, of: part, in: nil) }
        return onwards
    }

    private mutating func put(_ amount: Int64, of part: Part, in debit: AvailableMoney.Booking?) {
        let payout = debit?.payoutID.flatMap { money.payouts[$0] }
        let place: MoneyShare.Place =
            if let debit {
                if money.comingBack(debit) != nil {
                    .returned
                } else if debit.payoutID == nil {
                    .setOff
                } else {
                    payout?.state == .paid ? .paidOut : .inPayout
                }
            } else {
                .available
            }
        shares.append(
            MoneyShare(
                amount: amount, maturedBy: maturedBy, place: place, usedBy: debit, payout: payout,
                cameBackFrom: part.cameBackFrom))
    }
}

/// Compares the balance with its entries, and payouts with what was booked on them.
func compareMoney(_ money: AvailableMoney, with shares: [MoneyShare]) -> [BookDifference] {
    func difference(_ place: String, _ booked: String, _ expected: String) -> BookDifference {
        BookDifference(subject: .member(money.memberID), place: place, booked: booked, expected: expected)
    }
    var differences: [BookDifference] = []
    if money.balance != money.entrySum {
        differences.append(
            difference("available of \(money.memberID)", "\(money.balance)", "\(money.entrySum)"))
    }
    var seen: Set<String> = []
    for share in shares {
        guard let booking = share.usedBy, let payoutID = booking.payoutID, seen.insert(booking.journalID).inserted
        else { continue }
        guard let payout = share.payout else {
            differences.append(difference("payout \(payoutID)", "nothing", "it is there"))
            continue
        }
        if payout.amount != booking.amount {
            differences.append(difference("amount of payout \(payoutID)", "\(payout.amount)", "\(booking.amount)"))
        }
        if payout.state == .failed, share.place != .returned {
            differences.append(difference("state of payout \(payoutID)", "failed", "that nothing came back"))
        }
    }
    return differences
}
