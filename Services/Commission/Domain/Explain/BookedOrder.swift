public import Contracts

/// An order with all that books and references hold about it, as an explanation reads it.
///
/// Apart from `CommissionOrder`, which decides: this one also has the journals, and the reference data of that time.
public struct BookedOrder: Sendable {
    public let placed: OrderPlaced
    public let state: String
    public let attribution: Attribution?
    public let attributionVersion: Int64
    /// Kept from the first accrual on.
    public let plan: OrderPlan?
    /// Who is paid by the last accrual in place of the attribution's chain.
    public let ownChain: OwnChain?
    /// Oldest first; their numbers count from 1.
    public let accruals: [Accrual]
    /// In the order of their booking.
    public let journals: [BookedJournal]
    public let confirmedAt: Instant?
    public let cancelledAt: Instant?
    public let completion: Completion?
    public let maturedAt: Instant?
    /// What still holds members' legs, beside the window.
    public let holds: [Hold]
    public let afterSales: AfterSalesNotes
    public let plans: Plans
    /// Classes by SKU.
    public let classes: [String: Dated<String?>]
    /// Of each member for whom something has matured.
    public let money: [AvailableMoney]

    public init(
        placed: OrderPlaced, state: String, attribution: Attribution?, attributionVersion: Int64, plan: OrderPlan?,
        ownChain: OwnChain?, accruals: [Accrual], journals: [BookedJournal], confirmedAt: Instant?,
        cancelledAt: Instant?,
        completion: Completion?, maturedAt: Instant?, holds: [Hold], afterSales: AfterSalesNotes, plans: Plans,
        classes: [String: Dated<String?>], money: [AvailableMoney]
    ) {
        self.placed = placed
        self.state = state
        self.attribution = attribution
        self.attributionVersion = attributionVersion
        self.plan = plan
        self.ownChain = ownChain
        self.accruals = accruals
        self.journals = journals
        self.confirmedAt = confirmedAt
        self.cancelledAt = cancelledAt
        self.completion = completion
        self.maturedAt = maturedAt
        self.holds = holds
        self.afterSales = afterSales
        self.plans = plans
        self.classes = classes
        self.money = money
    }

    /// The version the order is paid by, with its terms.
    var keptPlan: PlanVersion? { plan.flatMap { plans.version(named: $0.name) } }

    func commissionClass(of sku: String) -> String? { classes[sku]?.value(at: placed.placedAt) ?? nil }

    /// The journals that began an accrual each, in its order.
    var accruing: [BookedJournal] { journals.filter { $0.kind == Journal.Kind.accrue.rawValue } }

    func journal(_ kind: Journal.Kind, _ cause: String) -> BookedJournal? {
        journals.first { $0.kind == kind.rawValue && $0.cause == cause }
    }

    /// The number of the accrual that a journal is about; what comes before the first is 0.
    public func accrualNumber(of journal: BookedJournal) -> Int64 {
        let upTo = journals.firstIndex { $0.journalID == journal.journalID }.map { journals[...$0] } ?? []
        return Int64(upTo.count { $0.kind == Journal.Kind.accrue.rawValue })
    }
}

/// One journal as the books have it; kind and accounts are words, because other rules book as well.
public struct BookedJournal: Sendable, Equatable {
    public let journalID: String
    public let kind: String
    public let cause: String
    public let at: Instant
    /// By account, then member.
    public let entries: [Entry]

    public struct Entry: Sendable, Equatable, Comparable {
        public let account: String
        /// Empty for the company's accounts.
        public let memberID: String
        public let amount: Int64

        public init(account: String, memberID: String, amount: Int64) {
            self.account = account
            self.memberID = memberID
            self.amount = amount
        }

        public static func < (left: Entry, right: Entry) -> Bool {
            (left.account, left.memberID) < (right.account, right.memberID)
        }
    }

    public init(journalID: String, kind: String, cause: String, at: Instant, entries: [Entry]) {
        self.journalID = journalID
        self.kind = kind
        self.cause = cause
        self.at = at
        self.entries = entries.sorted()
    }

    init(_ journal: Journal) {
        self.init(
            journalID: journal.journalID, kind: journal.kind.rawValue, cause: journal.cause, at: journal.at,
            entries: journal.entries.map {
                Entry(account: $0.account.name, memberID: $0.account.memberID ?? "", amount: $0.amount)
            })
    }
}
