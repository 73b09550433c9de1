/// The buyer, or the platform, writes about a case.
///
/// - Errors: `Fault` when it holds neither words nor files.
public struct AfterSalesNote: Message, Equatable {
    public static let type = "channel.after-sales.message.v1"

    public let channel: String
    public let externalOrderID: String
    public let externalCaseID: String
    /// The platform's name of the message: the same again is no other one.
    public let messageID: String
    public let author: CaseAuthor
    public let text: String?
    public let attachments: [CaseAttachment]
    public let sentAt: Instant

    public init(
        channel: String, externalOrderID: String, externalCaseID: String, messageID: String,
        author: CaseAuthor = .buyer, text: String? = nil, attachments: [CaseAttachment] = [], sentAt: Instant
    ) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.externalCaseID = externalCaseID
        self.messageID = messageID
        self.author = author
        self.text = text
        self.attachments = attachments
        self.sentAt = sentAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        externalCaseID = try json.externalID("externalCaseId")
        messageID = try json.externalID("messageId")
        author = try json.wordIfPresent("author") ?? .buyer
        text = try json.textIfPresent("text")
        attachments = try json.readListIfPresent("attachments")
        sentAt = try json.instant("sentAt")
        guard text?.isEmpty == false || !attachments.isEmpty else { throw json.fault("is missing", field: "text") }
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("externalCaseId", externalCaseID)
        json.field("messageId", messageID)
        json.field("author", author.rawValue)
        json.field("text", text)
        json.field("attachments", list: attachments)
        json.field("sentAt", sentAt)
    }
}
