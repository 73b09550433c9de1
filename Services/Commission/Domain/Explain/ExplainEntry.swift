import Contracts

/// One journal of an order, with the legs it is about.
public struct EntryExplanation: Sendable {
    public let journal: BookedJournal
    public let accrual: AccrualReckoning?
    /// Of the accrual as booked, with their places from 1.
    public let legs: [(place: Int, leg: BookedLeg)]
    /// Of a maturity, or of all maturities of the accrual that the journal began.
    public let money: [MemberMoney]
    /// Those of the journal and of its accrual.
    public let differences: [BookDifference]

    /// `nil` when the order has no such journal.
    public init?(of journalID: String, in explanation: OrderExplanation) {
        let books = explanation.books
        guard let journal = books.journals.first(where: { $0.journalID == journalID }) else { return nil }
        let number = books.accrualNumber(of: journal)
        let members = Set(journal.entries.map(\.memberID))
        let refundedLines = books.afterSales.refunds.filter { $0.refundID == journal.cause }.map(\.lineID)
        let booked = books.accruals.first { $0.number == number }?.legs ?? []
        self.journal = journal
        accrual = explanation.accruals.first { $0.number == number }
        legs = booked.enumerated().filter { _, leg in
            members.contains(leg.leg.memberID)
                && (refundedLines.isEmpty || refundedLines.contains(leg.leg.lineID))
        }.map { ($0 + 1, $1) }
        money = explanation.money.compactMap { member in
            member.matured { maturedBy in
                guard journal.kind == Journal.Kind.accrue.rawValue else { return maturedBy == journalID }
                return books.journals.first { $0.journalID == maturedBy }.map(books.accrualNumber(of:)) == number
            }
        }
        differences = explanation.differences.filter { difference in
            switch difference.subject {
            case .plan: true
            case .accrual(let accrual): accrual == number
            case .journal(let kind, let cause): kind == journal.kind && cause == journal.cause
            case .member(let memberID): members.contains(memberID)
            }
        }
    }
}
