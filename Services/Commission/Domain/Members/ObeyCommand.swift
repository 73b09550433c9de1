import Contracts

extension CommissionRules {
    /// Carries out what somebody wants, or says why not; every command is answered, once.
    ///
    /// - Source: CONTRACTS section 4.
    func obey(
        _ command: CommissionCommand, given state: State<CommissionAggregate>, at now: Instant
    ) -> Decision<CommissionChange> {
        var books = MemberBooks(state.account(command.memberID), at: now)
        guard !books.account.commandIDs.contains(command.head.commandID) else { return .nothing }
        if case .settlePeriod(let settle) = command { return settlePeriod(settle, on: &books) }
        guard !state.member(command.memberID).entries.isEmpty else {
            return Decision(facts: [command.head.answered("member \(command.memberID) is unknown")])
        }
        if let orderID = command.orderID { return decideEntry(command, of: orderID, on: &books, given: state) }
        var remark: String?
        let refusal: String?
        switch command {
        case .requestPayout(let command): refusal = requestPayout(command, on: &books, given: state)
        case .approvePayout(let command): refusal = approvePayout(command, on: &books, given: state)
        case .rejectPayout(let command): refusal = rejectPayout(command, on: &books, given: state)
        case .recordPayee(let command): refusal = recordPayee(command, on: &books)
        case .verifyPayee(let command): refusal = verifyPayee(command, on: &books)
        case .erasePayee: refusal = erasePayee(on: &books)
        case .adjust(let command): (refusal, remark) = adjust(command, on: &books, given: state)
        case .approveAdjustment(let command): refusal = approveAdjustment(command, on: &books, given: state)
        case .rejectAdjustment(let command): refusal = rejectAdjustment(command, on: &books, given: state)
        case .disputeEntry(let command): refusal = "entry \(command.entryID) is none of an order"
        case .answerDispute(let command): refusal = "entry \(command.entryID) is none of an order"
        case .releaseEntry(let command): refusal = "entry \(command.entryID) is none of an order"
        case .settlePeriod: refusal = nil
        }
        books.answer(command.head, refusal, remark: remark)
        return books.decision
    }
}
