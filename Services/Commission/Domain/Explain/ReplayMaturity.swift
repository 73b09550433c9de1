import Contracts

/// Maturity, member by member: what was held then is not stored, so it is told from what the books let mature.
extension OrderReplay {
    /// Lets those mature who did by a journal; what they get is found out anew.
    mutating func mature(_ journal: BookedJournal) throws(Fault) {
        let matured = Set(journal.entries.filter { $0.account == "frozen" }.map(\.memberID))
        let isFirst = order?.accrual.map { journal.cause == "accrual-\($0.number)" } ?? true
        if order?.maturedAt == nil {
            hold { !isFirst || !matured.contains($0) }
            try mature(at: isFirst ? journal.at : books.maturedAt ?? journal.at)
        }
        guard !isFirst else { return }
        hold { !matured.contains($0) }
        // The cause names the journal's number.
        if let number = journal.number { change { $0.journals = number - 1 } }
        release(at: journal.at)
    }

    /// The order says that it has matured, the books have no journal of it: all was held, or the journal is missing.
    mutating func matureWithoutJournal(before time: Instant?) throws(Fault) {
        guard let maturedAt = books.maturedAt, time.map({ $0 > maturedAt }) ?? true, order?.maturedAt == nil,
            let last = books.accruals.last,
            !books.journals.contains(where: { $0.kind == Journal.Kind.mature.rawValue && $0.isOf(accrual: last.number) }
            )
        else { return }
        let frozen = Set(last.legs.filter { !$0.isMatured }.map(\.leg.memberID))
        hold { frozen.contains($0) }
        try mature(at: maturedAt)
    }

    /// What nothing holds by now must have matured.
    mutating func releaseAll() {
        guard order?.maturedAt != nil else { return }
        let held = Set(books.holds.map(\.memberID))
        hold { held.contains($0) }
        release(at: books.maturedAt ?? books.placed.placedAt)
    }

    private mutating func mature(at now: Instant) throws(Fault) {
        let orderID = books.placed.orderID
        if let completion = books.completion, order?.completion == nil {
            let completed = OrderCompleted(
                orderID: orderID, completedAt: completion.completedAt, afterSalesUntil: completion.afterSalesUntil)
            try take(.completed(completed), at: now)
        }
        try take(.caseEnded(orderID: orderID, caseID: Self.hold), at: now)
        try take(.caseOpened(orderID: orderID, caseID: Self.hold), at: now)
    }

    private mutating func release(at now: Instant) {
        guard let order else { return }
        var books = OrderBooks(order, at: now)
        books.matureReleased()
        apply(books.decision)
    }

    /// Holds those who earn on the order and are meant.
    private mutating func hold(_ isMeant: (String) -> Bool) {
        change { order in
            let earners = Set(order.accrual?.legs.map(\.leg.memberID) ?? [])
            order.holds = earners.filter(isMeant).map {
                Hold(memberID: $0, kind: .dispute, reason: "replayed", heldAt: order.placed.placedAt)
            }
        }
    }
}

extension BookedJournal {
    /// The last part of the id: 3 of `ORDER-J3`.
    fileprivate var number: Int64? { journalID.split(separator: "J").last.flatMap { Int64($0) } }

    fileprivate func isOf(accrual number: Int64) -> Bool {
        cause == "accrual-\(number)" || cause.hasPrefix("accrual-\(number)-")
    }
}
