/// Puts down where a member's money goes; nothing of it can be read without the master key.
public struct RecordPayee: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.RecordPayee.v1"

    public let head: CommandHead
    public let memberID: String
    public let kind: PayeeKind
    public let method: PayeeMethod
    public let masterKeyID: String
    /// The payee's own key under the master key, base64.
    public let wrappedKey: String
    /// Name and account under that key, base64: `{"name", "account", "bank"}`.
    public let sealed: String
    /// The last characters of the account, for people.
    public let hint: String
    /// The same for the same name and account: tells a change from a repetition.
    public let fingerprint: String

    public var key: String { memberID }

    public init(
        head: CommandHead, memberID: String, kind: PayeeKind, method: PayeeMethod, masterKeyID: String,
        wrappedKey: String, sealed: String, hint: String, fingerprint: String
    ) {
        self.head = head
        self.memberID = memberID
        self.kind = kind
        self.method = method
        self.masterKeyID = masterKeyID
        self.wrappedKey = wrappedKey
        self.sealed = sealed
        self.hint = hint
        self.fingerprint = fingerprint
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        kind = try json.word("kind")
        method = try json.word("method")
        masterKeyID = try json.string("masterKeyId", atMost: 40)
        wrappedKey = try json.string("wrappedKey", atMost: 200)
        sealed = try json.string("sealed", atMost: 4000)
        hint = try json.string("hint", atMost: 16)
        fingerprint = try json.string("fingerprint", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("kind", kind.rawValue)
        json.field("method", method.rawValue)
        json.field("masterKeyId", masterKeyID)
        json.field("wrappedKey", wrappedKey)
        json.field("sealed", sealed)
        json.field("hint", hint)
        json.field("fingerprint", fingerprint)
    }
}

public enum PayeeKind: String, CaseIterable, Sendable {
    case person, company
}

public enum PayeeMethod: String, CaseIterable, Sendable {
    case bank, alipay, wechat
}

/// Somebody else has made sure that the payee is who it says.
public struct VerifyPayee: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.VerifyPayee.v1"

    public let head: CommandHead
    public let memberID: String
    /// Of the payee that was looked at.
    public let fingerprint: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, fingerprint: String) {
        self.head = head
        self.memberID = memberID
        self.fingerprint = fingerprint
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        fingerprint = try json.string("fingerprint", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("fingerprint", fingerprint)
    }
}

/// Forgets where a member's money goes; payouts are refused until another payee is known.
public struct ErasePayee: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.ErasePayee.v1"

    public let head: CommandHead
    public let memberID: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String) {
        self.head = head
        self.memberID = memberID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
    }
}
