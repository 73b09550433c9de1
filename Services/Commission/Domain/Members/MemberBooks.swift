import Contracts

/// A member's account at work: books journals on it and gathers what the decision will say.
struct MemberBooks {
    var account: MemberAccount
    let now: Instant
    private var changes: [CommissionChange] = []
    private var facts: [any Fact] = []

    init(_ account: MemberAccount, at now: Instant) {
        self.account = account
        self.now = now
    }

    var decision: Decision<CommissionChange> {
        Decision(changes: [.account(account)] + changes, facts: facts)
    }

    mutating func book(_ kind: Journal.Kind, cause: String, _ currency: String, _ amounts: [LedgerEntry]) {
        account.journals += 1
        changes.append(
            .journal(
                Journal(
                    number: account.journals, of: .member(account.memberID), kind: kind, cause: cause, at: now,
                    currency: currency, amounts: amounts)))
    }

    mutating func keep(_ change: CommissionChange) { changes.append(change) }

    mutating func tell(_ fact: any Fact) { facts.append(fact) }

    /// Ends a command: remembers it and answers.
    mutating func answer(_ head: CommandHead, _ refusal: String?, remark: String? = nil) {
        account.remember(head.commandID)
        tell(head.answered(refusal, remark: remark))
    }
}

extension CommandHead {
    /// - Parameters:
    ///   - refusal: `nil` when it was carried out.
    ///   - remark: What is to be known about what was carried out.
    func answered(_ refusal: String?, remark: String? = nil, of orderID: OrderID? = nil) -> CommandAnswered {
        CommandAnswered(
            service: "commission", commandID: commandID, outcome: refusal == nil ? .accepted : .refused,
            reason: refusal ?? remark, orderID: orderID)
    }
}
