import Contracts

/// An order's life decided once more, by the decisions themselves, from what is stored of it.
///
/// The books tell in which order things came about; what they must have come to is found out anew. What is stored says
/// nothing about open cases of the past, so an own case holds maturity until the books have it.
struct OrderReplay {
    static let hold = "replay"

    let books: BookedOrder
    /// Who each accrual was for.
    let owners: [AccrualOwner]
    private let refunds: [[AfterSalesNotes.Refund]]
    private var state = State<CommissionAggregate>()
    private var refundsTaken = 0
    private var isCancelled = false
    private var attributionVersion: Int64 = 1
    /// What the rules have booked.
    private(set) var journals: [BookedJournal] = []

    init(_ books: BookedOrder) throws(Fault) {
        self.books = books
        owners = books.accruals.map(books.owner(of:))
        var refunds: [[AfterSalesNotes.Refund]] = []
        for refund in books.afterSales.refunds {
            if let index = refunds.firstIndex(where: { $0[0].refundID == refund.refundID }) {
                refunds[index].append(refund)
            } else {
                refunds.append([refund])
            }
        }
        self.refunds = refunds
        loadReferences()
        try begin()
        for journal in books.journals {
            try matureWithoutJournal(before: journal.at)
            try follow(journal)
        }
        try matureWithoutJournal(before: nil)
        releaseAll()
        try takeRefunds(upTo: refunds.count, at: books.placed.placedAt)
        if let cancelledAt = books.cancelledAt { try cancel(at: cancelledAt) }
    }

    var order: CommissionOrder? { state.order(books.placed.orderID) }

    /// The plan that the order keeps is the only one, so that a version published later changes nothing.
    private mutating func loadReferences() {
        let kept = books.keptPlan.map { Plans([PlanVersion(plan: $0.plan, effectiveFrom: $0.effectiveFrom)]) }
        state.load(.plans, .plans(kept ?? books.plans))
        for line in books.placed.lines { state.load(.item(line.sku), .item(books.classes[line.sku] ?? Dated())) }
        state.load(.order(books.placed.orderID), nil)
    }

    /// Up to the confirmation, before which nothing is booked.
    private mutating func begin() throws(Fault) {
        let placed = books.placed
        try take(.placed(placed), at: placed.placedAt)
        let first = attributionAtConfirmation
        if first != placed.attribution { try take(.attributionChanged(changed(to: first, 1)), at: placed.placedAt) }
        try take(.caseOpened(orderID: placed.orderID, caseID: Self.hold), at: placed.placedAt)
        guard let confirmedAt = books.confirmedAt else { return }
        let confirmed = OrderConfirmed(
            orderID: placed.orderID, reservation: placed.reservation, allocations: [], confirmedAt: confirmedAt)
        let isAccruing = books.accruing.first?.cause == "confirmed"
        if isAccruing { loadBuyer(ofAccrual: 0) }
        try take(.confirmed(confirmed), cause: "confirmed", at: confirmedAt)
        if isAccruing { adoptIfUnknown(accrual: 0) }
    }

    private var attributionAtConfirmation: Attribution? {
        guard let first = books.accruing.first else { return books.attribution }
        return first.cause == "confirmed" ? owners.first?.attribution : nil
    }

    /// The buyer is a distributor from now on, under those who were paid: records of today may say otherwise.
    private mutating func loadBuyer(ofAccrual index: Int) {
        guard owners.indices.contains(index), let links = owners[index].ownChain?.links, let first = links.first,
            let buyerID = books.placed.buyerID
        else { return }
        state.load(.buyer(buyerID), .buyer([first.memberID]))
        for (place, link) in links.enumerated() {
            let member = DistributionMember(
                memberID: link.memberID, parentID: links.dropFirst(place + 1).first?.memberID, grade: link.grade,
                buyers: place == 0 ? [buyerID] : [])
            var history = Dated<DistributionMember>()
            history.set(member, from: books.placed.placedAt)
            state.load(.member(link.memberID), .member(history))
        }
    }

    private mutating func follow(_ journal: BookedJournal) throws(Fault) {
        let prefix = "attribution-"
        if journal.cause.hasPrefix(prefix), let version = Int64(journal.cause.dropFirst(prefix.count)) {
            if version > attributionVersion { try change(version, journal) }
        } else if journal.kind == Journal.Kind.mature.rawValue {
            try mature(journal)
        } else if journal.kind == Journal.Kind.reverse.rawValue {
            if journal.cause == "cancelled" { return try cancel(at: journal.at) }
            guard let index = refunds.firstIndex(where: { $0[0].refundID == journal.cause }) else { return }
            try takeRefunds(upTo: index + 1, at: journal.at)
        }
    }

    private mutating func change(_ version: Int64, _ journal: BookedJournal) throws(Fault) {
        attributionVersion = version
        let index = books.accruing.firstIndex { $0.cause == journal.cause }
        var next = version == books.attributionVersion ? books.attribution : nil
        if let index, owners.indices.contains(index) {
            next = owners[index].attribution
            loadBuyer(ofAccrual: index)
        }
        try take(.attributionChanged(changed(to: next, version)), cause: journal.cause, at: journal.at)
        if let index { adoptIfUnknown(accrual: index) }
    }

    private mutating func cancel(at now: Instant) throws(Fault) {
        guard !isCancelled else { return }
        isCancelled = true
        let cancelled = OrderCancelled(
            orderID: books.placed.orderID, reason: .buyer, cancelledAt: books.cancelledAt ?? now, refundDue: 0)
        try take(.cancelled(cancelled), at: now)
    }

    /// Takes what accrues, after those refunds that came before it.
    ///
    /// Where a refund changed nothing it left no journal, so its place is known only as far as the next one that did:
    /// as many count as agree with what was taken back at once.
    private mutating func take(_ message: CommissionMessage, cause: String, at now: Instant) throws(Fault) {
        let booked = books.journal(.reverse, "\(cause)-refunds")?.entries
        let limit =
            refunds.indices.dropFirst(refundsTaken).first { books.journal(.reverse, refunds[$0][0].refundID) != nil }
            ?? refunds.count
        for count in (refundsTaken...max(refundsTaken, limit)).reversed() {
            var attempt = self
            try attempt.takeRefunds(upTo: count, at: now)
            guard attempt.journals.count == journals.count else { continue }
            try attempt.take(message, at: now)
            let taken = attempt.journals.last { $0.cause == "\(cause)-refunds" }?.entries
            guard taken == booked else { continue }
            self = attempt
            return
        }
        if booked != nil { try takeRefunds(upTo: limit, at: now) }
        try take(message, at: now)
    }

    private mutating func takeRefunds(upTo count: Int, at now: Instant) throws(Fault) {
        while refundsTaken < count {
            let parts = refunds[refundsTaken]
            refundsTaken += 1
            let lines = parts.map { RefundedLine(lineID: $0.lineID, quantity: 0, amount: $0.amount) }
            let refunded = CaseRefunded(
                orderID: books.placed.orderID, caseID: Self.hold, refundID: parts[0].refundID,
                amount: lines.reduce(0) { $0 + $1.amount }, lines: lines, freight: 0)
            try take(.caseRefunded(refunded), at: now)
        }
    }

    /// Puts an accrual down as it was booked, so that later ones keep their numbers.
    private mutating func adoptIfUnknown(accrual index: Int) {
        guard owners.indices.contains(index), owners[index].chain == nil else { return }
        let taken = books.accruals[index]
        change { order in
            order.formerAccruals = order.accruals + [taken]
            order.accrual = nil
        }
    }

    /// Puts something down that no message tells.
    mutating func change(_ body: (inout CommissionOrder) -> Void) {
        guard var order else { return }
        body(&order)
        state.set(.order(order.placed.orderID), .order(order))
    }

    private func changed(to attribution: Attribution?, _ version: Int64) -> OrderAttributionChanged {
        OrderAttributionChanged(
            orderID: books.placed.orderID, attribution: attribution, reason: "replayed", version: version)
    }

    mutating func take(_ message: CommissionMessage, at now: Instant) throws(Fault) {
        state.loadNothing(for: message)
        apply(try decide(message, given: state, at: now))
    }

    mutating func apply(_ decision: Decision<CommissionChange>) {
        for change in decision.changes {
            evolve(&state, by: change)
            if case .journal(let journal) = change { journals.append(BookedJournal(journal)) }
        }
    }
}
