/// Gives the present step of a case more days.
public struct ExtendCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.ExtendCase.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String
    public let days: Int64

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String, days: Int64) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
        self.days = days
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
        days = try json.integer("days")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
        json.field("days", days)
    }
}

/// Takes a case that was decided to a person again.
public struct AppealCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.AppealCase.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String
    /// What speaks for another decision.
    public let note: String?
    /// What proves it.
    public let attachments: [CaseAttachment]

    public var key: String { orderID.text }

    public init(
        head: CommandHead, orderID: OrderID, caseID: String, note: String? = nil, attachments: [CaseAttachment] = []
    ) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
        self.note = note
        self.attachments = attachments
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
        note = try json.stringIfPresent("note", atMost: 2000)
        attachments = try json.readListIfPresent("attachments")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
        json.field("note", note)
        json.field("attachments", list: attachments)
    }
}

/// Stops the clock of a case: what it waits for is out of everybody's hands.
public struct PauseCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.PauseCase.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
    }
}

/// Lets the clock of a case go on with the time it had left.
public struct ResumeCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.ResumeCase.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
    }
}
