import Contracts

extension CommissionRules {
    /// Lets a payout go: a second person says so, the payee is still the one, and the member owes nothing.
    func approvePayout(
        _ command: ApprovePayout, on books: inout MemberBooks, given state: State<CommissionAggregate>
    ) -> String? {
        guard var payout = state.payout(command.payoutID), payout.memberID == command.memberID else {
            return "payout \(command.payoutID) of \(command.memberID) is unknown"
        }
        guard payout.state == .requested else { return "the payout is \(payout.state.rawValue)" }
        guard payout.requestedBy != command.head.actor else { return "who asked for the payout cannot approve it" }
        guard let payee = books.account.payee, payee.record.fingerprint == payout.payee else {
            return "the payee is another than the payout was asked for"
        }
        if let refusal = payee.refusal(at: books.now) { return refusal }
        let available = state.balance(payout.memberID).available(payout.currency)
        guard available >= 0 else { return "the member owes \(-available)" }
        payout.state = .due
        payout.decidedBy = command.head.actor
        books.keep(.payout(payout))
        books.tell(
            PayoutDue(
                payoutID: payout.payoutID, memberID: payout.memberID, amount: payout.amount, fee: payout.fee,
                tax: payout.tax, currency: payout.currency))
        return nil
    }

    /// Refuses a payout nobody has approved yet: the money is available again.
    func rejectPayout(
        _ command: RejectPayout, on books: inout MemberBooks, given state: State<CommissionAggregate>
    ) -> String? {
        guard var payout = state.payout(command.payoutID), payout.memberID == command.memberID else {
            return "payout \(command.payoutID) of \(command.memberID) is unknown"
        }
        guard payout.state == .requested else { return "the payout is \(payout.state.rawValue)" }
        payout.decidedBy = command.head.actor
        books.giveBack(
            &payout, from: .inPayout(member: payout.memberID), reason: "rejected: \(command.head.reason)", calendar)
        return nil
    }
}

extension MemberBooks {
    /// The money of a payout that was not made is available again, and no income.
    mutating func giveBack(
        _ payout: inout Payout, from source: LedgerAccount, reason: String, _ calendar: BusinessCalendar
    ) {
        payout.state = .failed
        payout.reason = reason
        move(payout, from: source, to: .available(member: payout.memberID), .returned)
        if var income = account.income, income.year == Int64(calendar.day(of: payout.requestedAt).year) {
            income.amount -= payout.amount
            income.tax -= payout.tax
            account.income = income
        }
        keep(.payout(payout))
        tell(
            PayoutFailed(
                payoutID: payout.payoutID, memberID: payout.memberID, amount: payout.amount, currency: payout.currency,
                reason: reason, failedAt: now))
    }
}
