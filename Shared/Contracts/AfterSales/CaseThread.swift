/// Somebody has written about a case; the words stay with after-sales, because they may name people.
public struct CaseNoted: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseNoted.v1"

    public let orderID: OrderID
    public let caseID: String
    /// Counts the messages of the case from 1.
    public let number: Int64
    public let author: CaseAuthor
    /// How many files it refers to.
    public let attachments: Int64
    public let notedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, number: Int64, author: CaseAuthor, attachments: Int64, notedAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.number = number
        self.author = author
        self.attachments = attachments
        self.notedAt = notedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        number = try json.integer("number")
        author = try json.word("author")
        attachments = try json.integer("attachments")
        notedAt = try json.instant("notedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("number", number)
        json.field("author", author.rawValue)
        json.field("attachments", attachments)
        json.field("notedAt", notedAt)
    }
}

/// Who writes in a case.
public enum CaseAuthor: String, CaseIterable, Sendable {
    case buyer, merchant, platform
}

/// A file that speaks for something: where it is, never what is in it.
public struct CaseAttachment: JSONCoded, Equatable, Sendable {
    /// An address, or a name in the mall's own store.
    public let reference: String
    /// As IANA calls it: `image/jpeg`.
    public let mediaType: String?
    /// Of the file, in hexadecimal: evidence that has been changed is none.
    public let sha256: String?

    public init(reference: String, mediaType: String? = nil, sha256: String? = nil) {
        self.reference = reference
        self.mediaType = mediaType
        self.sha256 = sha256
    }

    public init(_ json: JSONObject) throws(Fault) {
        reference = try json.string("reference", atMost: 500)
        mediaType = try json.stringIfPresent("mediaType")
        sha256 = try json.stringIfPresent("sha256", atMost: 64)
        guard !reference.isEmpty else { throw json.fault("is empty", field: "reference") }
        if let sha256, sha256.utf8.count != 64 || !sha256.allSatisfy(\.isHexDigit) {
            throw json.fault("is not 64 hexadecimal digits", field: "sha256")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.field("reference", reference)
        json.field("mediaType", mediaType)
        json.field("sha256", sha256)
    }
}

/// Who has to bear what is wrong with goods that came back.
public enum Liability: String, CaseIterable, Sendable {
    case buyer, merchant, carrier, supplier
}
