public import Contracts

/// Where a member's money goes; name and account are sealed, and open to nobody without the master key.
public struct Payee: JSONCoded, Equatable {
    public let record: RecordPayee
    /// A changed payee waits, so that whoever took an account over cannot empty it at once.
    public let usableFrom: Instant
    public internal(set) var verifiedBy: String?

    init(_ record: RecordPayee, usableFrom: Instant) {
        self.record = record
        self.usableFrom = usableFrom
    }

    public init(_ json: JSONObject) throws(Fault) {
        record = try json.read("record")
        usableFrom = try json.instant("usableFrom")
        verifiedBy = try json.stringIfPresent("verifiedBy")
    }

    public func write(to json: inout JSONWriter) {
        json.field("record", record)
        json.field("usableFrom", usableFrom)
        json.field("verifiedBy", verifiedBy)
    }

    /// Why nothing may be paid to it now.
    func refusal(at now: Instant) -> String? {
        if verifiedBy == nil { return "the payee is not verified" }
        return now < usableFrom ? "the payee was changed lately and may be paid from \(usableFrom) on" : nil
    }
}

extension CommissionRules {
    /// Puts a payee down; another one than before waits, the same one again changes nothing.
    func recordPayee(_ command: RecordPayee, on books: inout MemberBooks) -> String? {
        if let known = books.account.payee, known.record.fingerprint == command.fingerprint { return nil }
        let isFirst = !books.account.hasHadPayee
        books.account.payee = Payee(command, usableFrom: isFirst ? books.now : books.now + payeeWait)
        books.account.hasHadPayee = true
        return nil
    }

    func verifyPayee(_ command: VerifyPayee, on books: inout MemberBooks) -> String? {
        guard let payee = books.account.payee else { return "the member has no payee" }
        guard payee.record.fingerprint == command.fingerprint else { return "the payee is another by now" }
        guard payee.record.head.actor != command.head.actor else { return "who put the payee down cannot verify it" }
        books.account.payee?.verifiedBy = command.head.actor
        return nil
    }

    func erasePayee(on books: inout MemberBooks) -> String? {
        guard books.account.payee != nil else { return "the member has no payee" }
        books.account.payee = nil
        return nil
    }
}
