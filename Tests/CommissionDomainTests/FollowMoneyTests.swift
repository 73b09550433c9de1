import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Where matured money is")
struct FollowMoneyTests {
    private func shares(_ write: (inout MoneyHistory) -> Void) -> [String] {
        var history = MoneyHistory()
        write(&history)
        return followMoney(history.money).map { share in
            let words = ["\(share.amount)", share.place.rawValue, share.usedBy?.journalID, share.payout?.payoutID]
            return (words.compactMap(\.self) + share.cameBackFrom.map { "from \($0)" }).joined(separator: " ")
        }
    }

    @Test func whatNobodyUsedIsAvailable() {
        #expect(shares { $0.mature(1000, ours: true) } == ["1000 available"])
    }

    @Test func oldestMoneyLeavesFirst() {
        let shares = shares { history in
            history.mature(300, ours: false)
            history.mature(1000, ours: true)
            history.mature(500, ours: false)
            history.request(500)
            history.takeBack(50)
            history.adjust(-100)
        }
        #expect(shares == ["200 in-payout J4 M-3-P1", "50 set-off J5", "100 set-off J6", "650 available"])
    }

    @Test func everyMaturityOfTheOrderIsFollowed() {
        let shares = shares { history in
            history.mature(100, ours: true)
            history.mature(100, ours: false)
            history.mature(100, ours: true)
            history.request(250)
        }
        #expect(shares == ["100 in-payout J4 M-3-P1", "50 in-payout J4 M-3-P1", "50 available"])
    }

    /// The debt came first, and the next money pays it.
    @Test func debtUsesUpWhatMaturesLater() {
        let shares = shares { history in
            history.mature(100, ours: false)
            history.request(100)
            history.takeBack(80)
            history.mature(200, ours: true)
        }
        #expect(shares == ["80 set-off J3", "120 available"])
    }

    @Test func payoutIsMadeOnceItsAnswerSaysSo() {
        func shares(_ answer: (inout MoneyHistory) -> Void) -> [String] {
            self.shares { history in
                history.mature(100, ours: true)
                history.request(100)
                answer(&history)
            }
        }
        #expect(shares { $0.approve("M-3-P1") } == ["100 in-payout J2 M-3-P1"])
        #expect(shares { $0.answer("M-3-P1", isPaid: true) } == ["100 paid-out J2 M-3-P1"])
        #expect(shares { $0.answer("M-3-P1", isPaid: false) } == ["100 available from M-3-P1"])
        #expect(shares { $0.reject("M-3-P1") } == ["100 available from M-3-P1"])
    }

    @Test func moneyOfAFailedPayoutGoesIntoTheNext() {
        let shares = shares { history in
            history.mature(100, ours: true)
            history.mature(50, ours: false)
            history.request(150)
            history.answer("M-3-P1", isPaid: false)
            history.request(70)
        }
        #expect(shares == ["70 in-payout J5 M-3-P2 from M-3-P1", "30 available from M-3-P1"])
    }

    /// The bank pays after all what it had sent back, out of the same money.
    @Test func paymentAfterAFailureIsFollowed() {
        let shares = shares { history in
            history.mature(100, ours: true)
            history.request(100)
            for isPaid in [true, false, true] { history.answer("M-3-P1", isPaid: isPaid) }
        }
        #expect(shares == ["100 paid-out J4 M-3-P1 from M-3-P1"])
    }

    /// Meanwhile it went to something else, so the payment made a debt, of which one cent is ours; when the payment comes
    /// back that cent wanders through all of it.
    @Test func whatComesBackWithoutEndIsNotFollowedForEver() {
        let shares = shares { history in
            history.mature(300, ours: false)
            history.request(300)
            history.answer("M-3-P1", isPaid: false)
            history.adjust(-300)
            history.answer("M-3-P1", isPaid: true)
            history.mature(1, ours: true)
            history.answer("M-3-P1", isPaid: false)
        }
        let path = Array(repeating: " from M-3-P1", count: 100).joined()
        #expect(shares == ["1 returned J5 M-3-P1" + path])
    }

    /// 2,000 members' histories of up to 40 bookings: the shares are those of single cents in a queue.
    @Test func everyCentIsWhereAQueueHasIt() throws {
        var random = SeededGenerator(seed: 20_261_201)
        var seen: [MoneyShare.Place: Int] = [:]
        var longest = 0
        for number in 0..<2000 {
            let history = MoneyHistory(bookings: 40, &random)
            let shares = followMoney(history.money)
            try #require(shares.allSatisfy { $0.amount > 0 }, "history \(number)")
            let sums = Dictionary(grouping: shares, by: \.maturedBy).mapValues { $0.reduce(0) { $0 + $1.amount } }
            let matured = Dictionary(uniqueKeysWithValues: history.money.matured.map { ($0.journalID, $0.amount) })
            try #require(sums == matured, "history \(number)")
            var found: [String: Int64] = [:]
            for share in shares {
                found[
                    "\(share.maturedBy) \(share.cameBackFrom) \(share.usedBy?.journalID ?? "available")", default: 0] +=
                    share.amount
                seen[share.place, default: 0] += 1
                longest = max(longest, share.cameBackFrom.count)
            }
            try #require(found == MoneyCents(history).whereabouts, "history \(number)")
        }
        // The draw must reach what it is about.
        for place in [MoneyShare.Place.available, .inPayout, .paidOut, .setOff] { #expect(seen[place] ?? 0 > 500) }
        #expect(seen[.returned] == nil && longest > 3)
    }

    @Test(
        arguments: [
            (10, nil, nil, "available of M3: the books say 10, the rules 100"),
            (100, nil, nil, "payout M-3-P1: the books say nothing, the rules it is there"),
            (100, .due, 250, "amount of payout M-3-P1: the books say 250, the rules 200"),
            (100, .failed, 200, "state of payout M-3-P1: the books say failed, the rules that nothing came back"),
            (100, .paid, 200, nil),
        ] as [(Int64, Payout.State?, Int64?, String?)])
    func booksThatContradictTheirEntriesAreNamed(
        balance: Int64, state: Payout.State?, amount: Int64?, difference: String?
    ) {
        var history = MoneyHistory()
        history.mature(300, ours: true)
        history.request(200)
        let money = history.money
        let payouts = amount.map { amount in
            Payout(
                payoutID: "M-3-P1", memberID: "M3", amount: amount, fee: 0, tax: 0, currency: "CNY", payee: "f1",
                requestedBy: "u-1", requestedAt: .sample, state: state ?? .due)
        }
        let tampered = AvailableMoney(
            memberID: "M3", matured: money.matured, returned: [], debits: money.debits,
            payouts: payouts.map { [$0.payoutID: $0] } ?? [:], entrySum: 100, balance: balance)
        #expect(MemberMoney(tampered).differences.first?.text == difference)
    }
}

extension MoneyHistory {
    /// Draws what may happen to a member, with little money so that it often meets itself.
    init(bookings count: Int, _ random: inout SeededGenerator) {
        self.init()
        while bookings.count < count {
            let amount = Int64.random(in: 1...20, using: &random)
            let payoutID = payouts.keys.sorted().randomElement(using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: mature(amount, ours: true)
            case 2: mature(amount, ours: false)
            case 3: takeBack(amount)
            case 4: adjust(Bool.random(using: &random) ? amount : -amount)
            case 5, 6: if available > 0 { request(min(amount, available)) }
            default:
                guard let payoutID, let payout = payouts[payoutID] else { continue }
                if payout.state == .requested, amount % 4 == 0 {
                    reject(payoutID)
                } else if payout.state == .requested {
                    approve(payoutID)
                } else if payout.state != .failed || payout.answers > 0 {
                    answer(payoutID, isPaid: payout.state == .due ? amount % 2 == 0 : payout.state == .failed)
                }
            }
        }
    }
}
