public import Contracts

/// Which distributors a buyer was bound to, and since when.
///
/// - Shape: `entries` by `boundAt`, oldest first, at most `maximumEntries`; the first, which may hold for ever, stays.
public struct BindingHistory: JSONCoded, Equatable {
    public static let maximumEntries = 200
    /// `channel/externalBuyerId`.
    public let buyerID: String
    public private(set) var entries: [BindingEntry]

    public init(buyerID: String, entries: [BindingEntry] = []) {
        self.buyerID = buyerID
        self.entries = entries
    }

    public init(_ json: JSONObject) throws(Fault) {
        buyerID = try json.string("buyerId", atMost: 300)
        entries = try json.readList("entries")
    }

    public func write(to json: inout JSONWriter) {
        json.field("buyerId", buyerID)
        json.field("entries", list: entries)
    }

    /// The bindings that a sale at this moment can see: those before it, after the last time all were ended.
    public func entries(at moment: Instant) -> [BoundMember] {
        let past = entries.prefix { $0.boundAt <= moment }
        let start = past.lastIndex { $0.member == nil }.map { $0 + 1 } ?? 0
        return past[start...].compactMap { entry in
            entry.member.map { BoundMember(memberID: $0, boundAt: entry.boundAt, source: entry.source) }
        }
    }

    mutating func put(_ entry: BindingEntry) {
        guard !entries.contains(entry) else { return }
        let index = entries.firstIndex { $0.boundAt > entry.boundAt } ?? entries.count
        entries.insert(entry, at: index)
        if entries.count > Self.maximumEntries { entries.remove(at: 1) }
    }
}

/// One binding, or the end of all before it.
public struct BindingEntry: JSONCoded, Equatable {
    /// `nil` ends what was bound before.
    public let member: String?
    public let boundAt: Instant
    public let source: DistributionBinding.Source

    public init(member: String?, boundAt: Instant, source: DistributionBinding.Source = .link) {
        self.member = member
        self.boundAt = boundAt
        self.source = source
    }

    public init(_ json: JSONObject) throws(Fault) {
        member = try json.stringIfPresent("memberId")
        boundAt = try json.instant("boundAt")
        source = try json.word("source")
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", member)
        json.field("boundAt", boundAt)
        json.field("source", source.rawValue)
    }
}

/// A binding that counts at some moment.
public struct BoundMember: Sendable, Equatable {
    public let memberID: String
    public let boundAt: Instant
    public let source: DistributionBinding.Source
}
