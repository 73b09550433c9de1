import Contracts

extension CommissionRules {
    /// Sets money aside for a payout, or says why not.
    func requestPayout(
        _ command: RequestPayout, on books: inout MemberBooks, given state: State<CommissionAggregate>
    ) -> String? {
        let available = state.balance(command.memberID).available(command.currency)
        guard command.amount > 0 else { return "amount \(command.amount) is not positive" }
        guard command.amount <= available else {
            return "amount \(command.amount) is more than the \(available) available"
        }
        guard let plan = state.plans.inForce(at: books.now, currency: command.currency)?.plan else {
            return "no plan pays in \(command.currency)"
        }
        guard command.amount >= plan.minimumPayout else {
            return "amount \(command.amount) is below the minimum of \(plan.minimumPayout)"
        }
        guard let payee = books.account.payee else { return "the member has no payee" }
        if let refusal = payee.refusal(at: books.now) { return refusal }
        let income = income(of: books.account, at: books.now)
        let fee = Allocation.share(of: command.amount, basisPoints: plan.payoutFeeBasisPoints)
        let tax = payee.record.kind == .person ? self.tax.withheld(from: command.amount, before: income) : 0
        guard fee + tax < command.amount else { return "fee \(fee) and tax \(tax) leave nothing of \(command.amount)" }
        books.account.payouts += 1
        books.account.income = YearIncome(
            year: income.year, amount: income.amount + command.amount, tax: income.tax + tax)
        let payout = Payout(
            payoutID: "\(command.memberID)-P\(books.account.payouts)", memberID: command.memberID,
            amount: command.amount, fee: fee, tax: tax, currency: command.currency, payee: payee.record.fingerprint,
            requestedBy: command.head.actor, requestedAt: books.now)
        books.move(payout, from: .available(member: payout.memberID), to: .inPayout(member: payout.memberID), .payout)
        books.keep(.payout(payout))
        books.tell(
            PayoutRequested(
                payoutID: payout.payoutID, memberID: payout.memberID, amount: payout.amount, fee: fee, tax: tax,
                currency: payout.currency, requestedAt: books.now))
        return nil
    }

    /// What the member was paid in the year of that moment.
    private func income(of account: MemberAccount, at now: Instant) -> YearIncome {
        let year = Int64(calendar.day(of: now).year)
        guard let income = account.income, income.year == year else { return YearIncome(year: year) }
        return income
    }
}

extension MemberBooks {
    /// Books the whole amount of a payout from one account of the member to another.
    mutating func move(
        _ payout: Payout, from source: LedgerAccount, to target: LedgerAccount, _ kind: Journal.Kind
    ) {
        book(
            kind, cause: payout.cause, payout.currency,
            [LedgerEntry(source, -payout.amount), LedgerEntry(target, payout.amount)])
    }
}

extension Payout {
    /// Of a journal: each answer that changes something has its own.
    var cause: String { answers == 0 ? payoutID : "\(payoutID)-\(answers)" }
}
