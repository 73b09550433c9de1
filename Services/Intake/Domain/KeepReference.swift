import Contracts

extension IntakeRules {
    /// What is kept once a record is known; the same record again makes the same value.
    func value(of record: ReferenceRecord, _ known: IntakeAggregate?) -> IntakeAggregate? {
        switch record.body {
        case .channel(let channel): .channel(Reference(record: channel, isActive: channel.active))
        case .item(let item): .item(Reference(record: item, isActive: item.active))
        case .listing(let listing): .listing(Reference(record: listing, isActive: listing.active))
        case .member(let member): .member(joined(member, record, known))
        case .binding(let binding): .binding(bound(binding, record, known))
        case .tombstone: ended(known, at: record.recordedAt)
        }
    }

    private func joined(
        _ member: DistributionMember, _ record: ReferenceRecord, _ known: IntakeAggregate?
    ) -> MemberHistory {
        var history = MemberHistory(memberID: member.memberID)
        if case .member(let former) = known { history = former }
        history.put(MemberVersion(member, recordedAt: record.recordedAt))
        return history
    }

    private func bound(
        _ binding: DistributionBinding, _ record: ReferenceRecord, _ known: IntakeAggregate?
    ) -> BindingHistory {
        var history = BindingHistory(buyerID: record.key.id)
        if case .binding(let former) = known { history = former }
        history.put(BindingEntry(member: binding.memberID, boundAt: binding.boundAt, source: binding.source))
        return history
    }

    /// What a tombstone leaves; nothing of what was never there.
    private func ended(_ known: IntakeAggregate?, at moment: Instant) -> IntakeAggregate? {
        switch known {
        case .channel(let reference): return .channel(Reference(record: reference.record, isActive: false))
        case .item(let reference): return .item(Reference(record: reference.record, isActive: false))
        case .listing(let reference): return .listing(Reference(record: reference.record, isActive: false))
        case .member(var history):
            guard let last = history.version(at: moment) ?? history.versions.last else { return nil }
            history.put(last.disabled(from: moment))
            return .member(history)
        case .binding(var history):
            history.put(BindingEntry(member: nil, boundAt: moment))
            return .binding(history)
        case .order, .parties, .snapshot, .buyer, .unmatched, .expected, .dossier, nil: return nil
        }
    }
}
