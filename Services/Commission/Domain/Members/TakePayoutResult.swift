import Contracts

extension CommissionRules {
    /// Takes the answer of whoever makes payouts: the same one again, or an older one, changes nothing.
    ///
    /// Banks take payments back days later, so an answer may follow another; the money goes where the newest says.
    /// - Throws: `Fault` for a payout that nobody has approved.
    func takePayoutResult(
        _ result: PayoutResult, given state: State<CommissionAggregate>, at now: Instant
    ) throws(Fault) -> Decision<CommissionChange> {
        guard var payout = state.payout(result.payoutID) else {
            throw Fault("payout \(result.payoutID) is unknown", field: "payoutId")
        }
        if let answeredAt = payout.answeredAt, result.at <= answeredAt { return .nothing }
        let isPaid = result.status == .succeeded
        guard payout.state == .due || payout.answeredAt != nil else {
            throw Fault("payout \(result.payoutID) was not approved", field: "payoutId")
        }
        let isNews = payout.state == .due || (payout.state == .paid) != isPaid
        payout.answeredAt = result.at
        guard isNews else { return Decision(changes: [.payout(payout)]) }
        payout.answers += 1
        var books = MemberBooks(state.account(payout.memberID), at: now)
        if isPaid {
            books.payOut(&payout, calendar)
        } else {
            books.takeBack(&payout, reason: result.reason ?? "the payment failed", calendar)
        }
        return books.decision
    }
}

extension MemberBooks {
    fileprivate mutating func payOut(_ payout: inout Payout, _ calendar: BusinessCalendar) {
        // After a failure the money was available again; it may be gone by now, and is a debt then.
        let source: LedgerAccount =
            payout.state == .due ? .inPayout(member: payout.memberID) : .available(member: payout.memberID)
        if payout.state == .failed, var income = account.income,
            income.year == Int64(calendar.day(of: payout.requestedAt).year)
        {
            income.amount += payout.amount
            income.tax += payout.tax
            account.income = income
        }
        book(.paid, cause: payout.cause, payout.currency, [LedgerEntry(source, -payout.amount)] + payout.uses(1))
        payout.state = .paid
        keep(.payout(payout))
        tell(
            PayoutPaid(
                payoutID: payout.payoutID, memberID: payout.memberID, amount: payout.amount, currency: payout.currency,
                paidAt: payout.answeredAt ?? now))
    }

    fileprivate mutating func takeBack(_ payout: inout Payout, reason: String, _ calendar: BusinessCalendar) {
        guard payout.state == .paid else {
            return giveBack(&payout, from: .inPayout(member: payout.memberID), reason: reason, calendar)
        }
        // Through the account it left by, so that the journal of the payment stands against one like it.
        book(
            .paid, cause: payout.cause, payout.currency,
            [LedgerEntry(.inPayout(member: payout.memberID), payout.amount)] + payout.uses(-1))
        giveBack(&payout, from: .inPayout(member: payout.memberID), reason: reason, calendar)
    }
}

extension Payout {
    /// Where the amount goes, or comes from.
    fileprivate func uses(_ sign: Int64) -> [LedgerEntry] {
        [LedgerEntry(.paid, sign * net), LedgerEntry(.fee, sign * fee), LedgerEntry(.tax, sign * tax)]
    }
}
