public import Contracts

/// What a plan would pay on orders and take back on refunds, by the rules themselves: every step goes through the
/// decisions that a real order goes through.
public struct CommissionTrial {
    private var state = State<CommissionAggregate>()
    private let members: [String: DistributionMember]
    private let now: Instant

    /// What came of one step: an order's legs, or what a refund takes of them, as positive amounts.
    public struct Step: JSONCoded, Equatable {
        public let orderID: OrderID
        /// Of a refund.
        public let refundID: String?
        public let legs: [CommissionLeg]
        public let companyShare: Int64
        public let remainder: Int64

        init(
            _ orderID: OrderID, refundID: String? = nil, _ legs: [CommissionLeg] = [], _ share: Int64 = 0,
            _ rest: Int64 = 0
        ) {
            self.orderID = orderID
            self.refundID = refundID
            self.legs = legs
            companyShare = share
            remainder = rest
        }

        public init(_ json: JSONObject) throws(Fault) {
            orderID = try json.orderID()
            refundID = try json.stringIfPresent("refundId", atMost: 64)
            legs = try json.readList("legs", atMost: 5000)
            companyShare = try json.integer("companyShare")
            remainder = try json.integer("remainder")
        }

        public func write(to json: inout JSONWriter) {
            json.field("orderId", orderID)
            json.field("refundId", refundID)
            json.field("legs", list: legs)
            json.field("companyShare", companyShare)
            json.field("remainder", remainder)
        }
    }

    /// - Parameters:
    ///   - plan: Holds for every order, whenever it was placed.
    ///   - members: Give the chain of an order that names its distributor alone, and of a buyer who is one of them.
    ///   - items: Give the classes of SKUs.
    /// - Throws: `Fault` for a plan that nobody answers for.
    public init(
        plan: DistributionPlan, members: [DistributionMember] = [], items: [CatalogItem] = []
    ) throws(Fault) {
        self.members = Dictionary(members.map { ($0.memberID, $0) }) { _, last in last }
        now = Instant(milliseconds: 0)
        try take(.plan(plan, recordedAt: now))
        for item in items { try take(.item(item, recordedAt: now)) }
        for account in members.flatMap(\.buyers) { state.load(.buyer(account), nil) }
        for member in members { try take(.member(member, recordedAt: now)) }
    }

    /// - Throws: `Fault` when the order came before.
    public mutating func order(_ placed: OrderPlaced) throws(Fault) -> Step {
        guard !state.isLoaded(.order(placed.orderID)) else {
            throw Fault("\(placed.orderID) stands twice", field: "orderId")
        }
        try take(.placed(attributing(placed)))
        let confirmed = OrderConfirmed(
            orderID: placed.orderID, reservation: 1, allocations: [], confirmedAt: placed.placedAt)
        let told = try take(.confirmed(confirmed))
        guard let accrued = told.compactMap({ $0 as? CommissionAccrued }).first else { return Step(placed.orderID) }
        return Step(placed.orderID, accrued.legs, accrued.companyShare, accrued.remainder)
    }

    /// - Throws: `Fault` when the order did not come before.
    public mutating func refund(_ refunded: CaseRefunded) throws(Fault) -> Step {
        guard state.isLoaded(.order(refunded.orderID)) else {
            throw Fault("order \(refunded.orderID) did not come before", field: "orderId")
        }
        let told = try take(.caseRefunded(refunded))
        guard let reversed = told.compactMap({ $0 as? CommissionReversed }).first else {
            return Step(refunded.orderID, refundID: refunded.refundID)
        }
        return Step(
            refunded.orderID, refundID: refunded.refundID, reversed.legs, reversed.companyShare, reversed.remainder)
    }

    /// The chain of who sold it, from the members, where the order itself has none.
    private func attributing(_ placed: OrderPlaced) -> OrderPlaced {
        guard let attribution = placed.attribution, attribution.chain.isEmpty else { return placed }
        var chain: [ChainLink] = []
        var next = members[attribution.memberID]
        while let member = next, chain.count < 10, !chain.contains(where: { $0.memberID == member.memberID }) {
            chain.append(ChainLink(memberID: member.memberID, grade: member.grade))
            next = member.parentID.flatMap { members[$0] }
        }
        return placed.attributed(
            to: Attribution(
                memberID: attribution.memberID, kind: attribution.kind, chain: chain, reason: attribution.reason,
                contest: attribution.contest))
    }

    @discardableResult
    private mutating func take(_ message: CommissionMessage) throws(Fault) -> [any Fact] {
        state.loadNothing(for: message)
        let decision = try decide(message, given: state, at: now)
        for change in decision.changes { evolve(&state, by: change) }
        return decision.facts
    }
}

extension OrderPlaced {
    fileprivate func attributed(to attribution: Attribution) -> OrderPlaced {
        OrderPlaced(
            orderID: orderID, kind: kind, replaces: replaces, caseID: caseID, reservation: reservation,
            channel: channel, terminal: terminal, campaign: campaign, externalOrderID: externalOrderID,
            placedAt: placedAt, currency: currency, buyerID: buyerID, region: region, fingerprints: fingerprints,
            weightGrams: weightGrams, lines: lines, goodsTotal: goodsTotal, freight: freight, tax: tax, fees: fees,
            total: total, receivable: receivable, paymentTerms: paymentTerms, delivery: delivery, shipBy: shipBy,
            historical: historical, attribution: attribution, contest: contest, version: version)
    }
}
