public import Contracts

/// Why a member has what it has of one order: every booking of its commission, and what holds it.
public struct EarningStory: Sendable, Equatable {
    public let steps: [EarningStep]
    /// The journal that the present amount was put aside by; what a question names.
    public let entryID: String?

    /// - Parameter facts: Type and body of what commission has told of the order, oldest first.
    public init(of memberID: String, on orderID: String, _ facts: [(type: String, body: JSONObject)]) throws(Fault) {
        var steps: [EarningStep] = []
        var journals = 0
        var accrual: Int?
        for (type, body) in facts {
            if Self.booking.contains(type) { journals += 1 }
            if type == CommissionAccrued.type { accrual = journals }
            if let step = try EarningStep(of: memberID, type, body) { steps.append(step) }
        }
        self.steps = steps
        entryID = accrual.map { "\(orderID)-J\($0)" }
    }

    /// A question that nobody has answered yet.
    public var openQuestion: EarningStep? {
        guard let last = steps.last(where: { $0.hold == .dispute }), last.kind == .held else { return nil }
        return last
    }

    private static let booking: Set = [CommissionAccrued.type, CommissionMatured.type, CommissionReversed.type]
}

/// One thing that happened to a member's commission of an order.
public struct EarningStep: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable { case accrued, matured, reversed, held, released }

    public let kind: Kind
    public let at: Instant
    /// Of all legs; 0 for what moves no money.
    public private(set) var amount: Int64 = 0
    public private(set) var currency: String?
    /// The member's, with their arithmetic.
    public private(set) var legs: [CommissionLeg] = []
    /// With its version, of what was accrued.
    public private(set) var plan: String?
    public private(set) var reason: String?
    public private(set) var caseID: String?
    public private(set) var hold: CommissionHoldKind?
    /// Of a question that was answered.
    public private(set) var answer: DisputeAnswer?

    /// `nil` for what is not about the member.
    init?(of memberID: String, _ type: String, _ body: JSONObject) throws(Fault) {
        switch type {
        case CommissionAccrued.type:
            let fact = try CommissionAccrued(body)
            self.init(.accrued, fact.legs, of: memberID, fact.currency, fact.at)
            plan = "\(fact.planID) v\(fact.planVersion)"
        case CommissionMatured.type:
            let fact = try CommissionMatured(body)
            self.init(.matured, fact.legs, of: memberID, fact.currency, fact.at)
        case CommissionReversed.type:
            let fact = try CommissionReversed(body)
            self.init(.reversed, fact.legs, of: memberID, fact.currency, fact.at)
            reason = fact.reason
            caseID = fact.caseID
        case CommissionHeld.type:
            let fact = try CommissionHeld(body)
            guard fact.memberID == memberID else { return nil }
            self.init(.held, at: fact.heldAt, fact.kind, fact.reason)
        case CommissionReleased.type:
            let fact = try CommissionReleased(body)
            guard fact.memberID == memberID else { return nil }
            self.init(.released, at: fact.releasedAt, fact.kind, fact.reason)
            answer = fact.answer
        default: return nil
        }
    }

    private init?(_ kind: Kind, _ legs: [CommissionLeg], of memberID: String, _ currency: String, _ at: Instant) {
        let own = legs.filter { $0.memberID == memberID }
        guard !own.isEmpty else { return nil }
        self.kind = kind
        self.at = at
        self.currency = currency
        self.legs = own
        amount = own.reduce(0) { $0 + $1.amount }
    }

    private init(_ kind: Kind, at: Instant, _ hold: CommissionHoldKind, _ reason: String) {
        self.kind = kind
        self.at = at
        self.hold = hold
        self.reason = reason
    }
}
