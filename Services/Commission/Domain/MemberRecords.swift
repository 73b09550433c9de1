public import Contracts

extension Dated<DistributionMember> {
    /// Every account that any of the records names as the member's own.
    public var accounts: Set<String> { Set(entries.flatMap(\.value.buyers)) }

    /// The member as of a moment, as intake sees it: before the first record as that one says, once it has joined.
    func record(at moment: Instant) -> DistributionMember? {
        if let entry = entries.last(where: { $0.from <= moment }) { return entry.value }
        guard let first = entries.first?.value, let joinedAt = first.joinedAt, joinedAt <= moment else { return nil }
        return first
    }

    /// Since when the records up to a moment name an account without a gap; `nil` for who is not active then, or does
    /// not name it.
    func since(naming account: String, at moment: Instant) -> Instant? {
        guard let record = record(at: moment), record.status == .active, record.buyers.contains(account) else {
            return nil
        }
        let begun = entries.filter { $0.from <= moment }
        let run = begun.reversed().prefix { $0.value.buyers.contains(account) }
        return (run.last ?? entries.first)?.from
    }
}

extension State<CommissionAggregate> {
    /// Members of whom some record names the account.
    func membersNaming(_ account: String) -> [String] {
        if case .buyer(let memberIDs) = self[.buyer(account)] { memberIDs } else { [] }
    }

    /// Only accounts that somebody asked for are looked after: the tables find them by the records.
    mutating func put(_ memberID: String, _ history: Dated<DistributionMember>) {
        for account in member(memberID).accounts.union(history.accounts).sorted() where isLoaded(.buyer(account)) {
            let others = membersNaming(account).filter { $0 != memberID }
            let memberIDs = history.accounts.contains(account) ? (others + [memberID]).sorted() : others
            set(.buyer(account), .buyer(memberIDs))
        }
        set(.member(memberID), .member(history))
    }
}
