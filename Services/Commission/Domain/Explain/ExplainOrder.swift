public import Contracts

/// The whole why of an order's commission, found out anew from what is stored, and compared with the books.
///
/// - Source: DESIGN section 4, "Commission": `explain`.
public struct OrderExplanation: Sendable {
    public let books: BookedOrder
    /// Every version of every plan.
    public let plans: [PlanStanding]
    public let accruals: [AccrualReckoning]
    /// When the commission can be withdrawn, unless an open case holds it; `nil` while that is not known.
    public let due: Instant?
    /// Where what matured is by now, by member.
    public let money: [MemberMoney]
    /// What a reader should know beside the numbers.
    public let notes: [String]
    /// Nothing when the books agree.
    public let differences: [BookDifference]

    /// - Throws: `Fault` when what is stored cannot have been decided, as a refund of a line that the order lacks.
    public init(_ books: BookedOrder) throws(Fault) {
        let replay = try OrderReplay(books)
        self.books = books
        plans = books.plans.standings(
            at: books.placed.placedAt, currency: books.placed.currency, kept: books.plan?.name)
        accruals = reckonAccruals(of: books, by: replay)
        due = replay.order.flatMap { order in
            var order = order
            order.completion = books.completion
            order.maturedAt = nil
            return order.maturesAt
        }
        notes = [books.silence, books.shift].compactMap(\.self)
        money = books.money.map { MemberMoney($0) }
        differences = compareBooks(books, with: replay) + money.flatMap(\.differences)
    }
}

/// One accrual as the rules have it, and as it was booked.
public struct AccrualReckoning: Sendable {
    public let number: Int64
    /// Of the journal that began it.
    public let cause: String?
    /// `nil` when it is not kept, or the buyer is paid.
    public let attribution: Attribution?
    /// The buyer, a distributor, and those above.
    public let ownChain: OwnChain?
    public let lines: [LineReckoning]
    /// `nil` when the books lack it.
    public let booked: Accrual?

    /// Who is paid; `nil` when it is not kept: then `lines` is empty, and the legs stand as they were booked.
    public var chain: [ChainLink]? { ownChain?.links ?? attribution?.chain }
}

private func reckonAccruals(of books: BookedOrder, by replay: OrderReplay) -> [AccrualReckoning] {
    let made = replay.order?.accruals ?? []
    let planName = books.plan?.name ?? replay.order?.plan?.name
    let plan = planName.flatMap { books.plans.version(named: $0) }?.plan
    return (0..<max(made.count, books.accruals.count)).map { index in
        let owner =
            replay.owners.indices.contains(index)
            ? replay.owners[index] : books.attribution.map(AccrualOwner.distributor) ?? .unknown
        var lines: [LineReckoning] = []
        if let plan, let chain = owner.chain, index < made.count {
            lines = zip(books.placed.lines, bases(of: books.placed, by: plan)).map { line, base in
                reckonLine(
                    line, base: base, of: made[index], among: chain, by: plan,
                    commissionClass: books.commissionClass(of: line.sku))
            }
        }
        let accruing = books.accruing
        return AccrualReckoning(
            number: Int64(index + 1), cause: index < accruing.count ? accruing[index].cause : nil,
            attribution: owner.attribution, ownChain: owner.ownChain, lines: lines,
            booked: index < books.accruals.count ? books.accruals[index] : nil)
    }
}

extension BookedOrder {
    /// Why nothing is booked; `nil` when something is.
    fileprivate var silence: String? {
        guard accruals.isEmpty else { return nil }
        if placed.historical { return "an imported order pays no commission" }
        if placed.kind == .replacement { return "a replacement pays no commission" }
        if confirmedAt == nil {
            return cancelledAt.map { "cancelled \($0) before it was confirmed" } ?? "not confirmed yet"
        }
        guard let attribution, !attribution.chain.isEmpty else { return "nobody has the order" }
        return "nobody earns a cent by the plan, so nothing is booked"
    }

    fileprivate var shift: String? {
        ownChain?.links.first.map { "the buyer is a distributor; the plan shifts: level 1 is \($0.memberID)" }
    }
}
