public import Contracts

/// What somebody wrote about a case; the words may name people and never travel in facts.
public struct CaseMessage: Sendable, Equatable {
    public let caseID: String
    /// Counts the messages of its case from 1.
    public let number: Int64
    public let author: CaseAuthor
    /// The channel's name of the message, or the command's: the same again is no other one.
    public let messageID: String
    /// Who of the merchant's people; `nil` for others.
    public let actor: String?
    /// `nil`: none, or forgotten.
    public var text: String?
    public var attachments: [CaseAttachment]
    public let at: Instant

    public init(
        caseID: String, number: Int64, author: CaseAuthor, messageID: String, actor: String? = nil, text: String?,
        attachments: [CaseAttachment], at: Instant
    ) {
        self.caseID = caseID
        self.number = number
        self.author = author
        self.messageID = messageID
        self.actor = actor
        self.text = text
        self.attachments = attachments
        self.at = at
    }

    /// Without what may name people.
    var forgotten: CaseMessage {
        var message = self
        message.text = nil
        message.attachments = []
        return message
    }
}

extension OrderAccount {
    /// A case holds at most so many messages: a thread is no archive.
    static let mostMessages = 200

    public func messages(of caseID: String) -> [CaseMessage] { messages.filter { $0.caseID == caseID } }
}

/// Puts down what a buyer or a platform wrote about a case.
///
/// - Throws: `Fault` when the order has no such case, or its thread is full.
func hearNote(
    _ note: AfterSalesNote, given state: State<AfterSalesAggregate>, at now: Instant
) throws(Fault) -> Decision<AfterSalesChange> {
    let external = Key.external(note.channel, note.externalOrderID)
    guard let account = state.order(external) else { return .waits(for: external, reason: "its order is not known") }
    guard account.isReady else { return .waits(forPaymentOf: account.orderID) }
    let about = try account.requiredCase(note.externalCaseID)
    guard note.author != .merchant else { throw Fault("is not for a channel to be", field: "author") }
    var draft = OrderDraft(account, at: now)
    let refusal = draft.note(
        about.caseID, by: note.author, messageID: note.messageID, text: note.text, note.attachments, at: note.sentAt)
    if let refusal { throw Fault(refusal, field: "externalCaseId") }
    return draft.decision
}

/// The buyer wants to be forgotten: the cases stay, their words go.
func forgetThreads(
    _ erased: BuyerErased, given state: State<AfterSalesAggregate>
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(erased.orderID)) else { return .waits(forOrder: erased.orderID) }
    guard account.messages.contains(where: { $0 != $0.forgotten }) else { return .nothing }
    return Decision(changes: [.threadsForgotten(account.orderID)])
}

extension OrderDraft {
    /// Adds to a case's thread what is not in it yet; answers why not.
    mutating func note(
        _ caseID: String, by author: CaseAuthor, messageID: String, actor: String? = nil, text: String?,
        _ attachments: [CaseAttachment], at moment: Instant
    ) -> String? {
        let thread = account.messages(of: caseID)
        guard !thread.contains(where: { $0.messageID == messageID }) else { return nil }
        guard thread.count < OrderAccount.mostMessages else {
            return "the case has \(OrderAccount.mostMessages) messages already"
        }
        let message = CaseMessage(
            caseID: caseID, number: Int64(thread.count + 1), author: author, messageID: messageID, actor: actor,
            text: text, attachments: attachments, at: min(moment, now))
        change(.noted(orderID, message))
        tell(
            CaseNoted(
                orderID: orderID, caseID: caseID, number: message.number, author: author,
                attachments: Int64(attachments.count), notedAt: message.at))
        return nil
    }
}
