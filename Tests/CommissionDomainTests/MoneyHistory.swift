import Contracts
import Support

@testable import CommissionDomain

/// A member's available money, booking after booking, as the rules would book it.
struct MoneyHistory {
    typealias Booking = AvailableMoney.Booking

    /// In the order of booking.
    private(set) var bookings: [(isCredit: Bool, booking: Booking)] = []
    private(set) var payouts: [String: Payout] = [:]
    private var ours: Set<String> = []

    var available: Int64 { bookings.reduce(0) { $0 + ($1.isCredit ? 1 : -1) * $1.booking.amount } }

    func isOurs(_ booking: Booking) -> Bool { ours.contains(booking.journalID) }

    /// What an explanation of our order reads.
    var money: AvailableMoney {
        let credits = bookings.filter(\.isCredit).map(\.booking)
        return AvailableMoney(
            memberID: "M3", matured: credits.filter(isOurs), returned: credits.filter { $0.kind == "returned" },
            debits: bookings.filter { !$0.isCredit }.map(\.booking), payouts: payouts, entrySum: available,
            balance: available)
    }

    mutating func mature(_ amount: Int64, ours isOurs: Bool) {
        book(true, "mature", cause: "accrual-1", amount)
        if isOurs, let journalID = bookings.last?.booking.journalID { ours.insert(journalID) }
    }

    mutating func takeBack(_ amount: Int64) { book(false, "reverse", cause: "R", amount) }

    mutating func adjust(_ amount: Int64) { book(amount > 0, "adjust", cause: "A", abs(amount)) }

    mutating func request(_ amount: Int64) {
        let payoutID = "M-3-P\(payouts.count + 1)"
        book(false, "payout", cause: payoutID, payoutID: payoutID, amount)
        payouts[payoutID] = Payout(
            payoutID: payoutID, memberID: "M-3", amount: amount, fee: 0, tax: 0, currency: "CNY", payee: "f1",
            requestedBy: "u-1", requestedAt: .sample)
    }

    mutating func approve(_ payoutID: String) { payouts[payoutID]?.state = .due }

    mutating func reject(_ payoutID: String) {
        guard let payout = payouts[payoutID] else { return }
        book(true, "returned", cause: payout.cause, payoutID: payoutID, payout.amount)
        payouts[payoutID]?.state = .failed
    }

    /// Tells that a payout was made, or was not; as often as the bank changes its mind.
    mutating func answer(_ payoutID: String, isPaid: Bool) {
        guard var payout = payouts[payoutID], payout.state != (isPaid ? .paid : .failed) else { return }
        payout.answers += 1
        if !isPaid {
            book(true, "returned", cause: payout.cause, payoutID: payoutID, payout.amount)
        } else if payout.state == .failed {
            book(false, "paid", cause: payout.cause, payoutID: payoutID, payout.amount)
        }
        payout.state = isPaid ? .paid : .failed
        payouts[payoutID] = payout
    }

    private mutating func book(
        _ isCredit: Bool, _ kind: String, cause: String, payoutID: String? = nil, _ amount: Int64
    ) {
        let before = bookings.filter { $0.isCredit == isCredit }.reduce(0) { $0 + $1.booking.amount }
        bookings.append(
            (
                isCredit,
                Booking(
                    journalID: "J\(bookings.count + 1)", kind: kind, cause: cause, orderID: nil, payoutID: payoutID,
                    at: .sample, before: before, amount: amount)
            ))
    }
}

/// The same money cent by cent: a queue of what is left, and another of what is owed.
struct MoneyCents {
    private final class Place {
        let debit: AvailableMoney.Booking
        var cent: Cent?
        var isLeft = false

        init(_ debit: AvailableMoney.Booking) { self.debit = debit }
    }

    private final class Cent {
        let maturedBy: String?
        let cameOutOf: Place?

        init(maturedBy: String?, cameOutOf: Place?) {
            self.maturedBy = maturedBy
            self.cameOutOf = cameOutOf
        }

        /// By which journal of ours it matured, and what it has been in since.
        func story(depth: Int = 0) -> (maturedBy: String, payouts: [String])? {
            if let maturedBy { return (maturedBy, []) }
            guard depth < 1000, let cameOutOf, let story = cameOutOf.cent?.story(depth: depth + 1) else { return nil }
            return (story.maturedBy, story.payouts + [cameOutOf.debit.payoutID ?? ""])
        }
    }

    private var left: [Cent] = []
    private var owed: [Place] = []
    private var places: [Place] = []

    init(_ history: MoneyHistory) {
        for (isCredit, booking) in history.bookings {
            if isCredit {
                come(booking, isOurs: history.isOurs(booking))
            } else {
                go(booking)
            }
        }
    }

    /// Cents by where they are and how they got there.
    var whereabouts: [String: Int64] {
        var counts: [String: Int64] = [:]
        for place in places where !place.isLeft {
            guard let story = place.cent?.story() else { continue }
            counts["\(story.maturedBy) \(story.payouts) \(place.debit.journalID)", default: 0] += 1
        }
        for cent in left {
            guard let story = cent.story() else { continue }
            counts["\(story.maturedBy) \(story.payouts) available", default: 0] += 1
        }
        return counts
    }

    private mutating func come(_ booking: AvailableMoney.Booking, isOurs: Bool) {
        var sources: [Place?] = (0..<booking.amount).map { _ in nil }
        if booking.kind == "returned", let last = places.last(where: { $0.debit.payoutID == booking.payoutID }) {
            sources = places.filter { $0.debit == last.debit }
        }
        for source in sources {
            source?.isLeft = true
            let cent = Cent(maturedBy: isOurs ? booking.journalID : nil, cameOutOf: source)
            if owed.isEmpty { left.append(cent) } else { owed.removeFirst().cent = cent }
        }
    }

    private mutating func go(_ booking: AvailableMoney.Booking) {
        for _ in 0..<booking.amount {
            let place = Place(booking)
            places.append(place)
            if left.isEmpty { owed.append(place) } else { place.cent = left.removeFirst() }
        }
    }
}
