public import Contracts

/// What intake keeps.
public indirect enum IntakeAggregate: Sendable, Equatable {
    case order(Order)
    case parties(Parties)
    case snapshot(FollowedSnapshot)
    case channel(Reference<CatalogChannel>)
    case item(Reference<CatalogItem>)
    case listing(Reference<CatalogListing>)
    case member(MemberHistory)
    case binding(BindingHistory)
    case buyer(BuyerRecord)
    case unmatched(UnmatchedSku)
    case expected(ExpectedMember)
    case dossier(BuyerDossier)
}

/// The newest record of something the outside describes.
public struct Reference<Record: JSONCoded & Equatable>: Sendable, Equatable {
    public let record: Record
    /// False after a tombstone, or when the record says so.
    public let isActive: Bool

    public init(record: Record, isActive: Bool) {
        self.record = record
        self.isActive = isActive
    }
}

/// What a decision changes: an aggregate gets a new value.
public struct IntakeChange: Sendable, Equatable {
    public let key: Key
    public let value: IntakeAggregate

    init(_ order: Order) {
        key = .order(order.orderID)
        value = .order(order)
    }

    init(_ parties: Parties) {
        key = .parties(parties.orderID)
        value = .parties(parties)
    }

    init(_ snapshot: FollowedSnapshot) {
        key = Key(.snapshot, snapshot.name)
        value = .snapshot(snapshot)
    }

    init(_ key: Key, _ value: IntakeAggregate) {
        self.key = key
        self.value = value
    }
}

extension State<IntakeAggregate> {
    /// An order under its id or the channel's name for it.
    public func order(_ key: Key) -> Order? {
        guard case .order(let order) = self[key] else { return nil }
        return order
    }

    public func snapshot(_ channel: String, _ externalOrderID: String) -> FollowedSnapshot? {
        guard case .snapshot(let snapshot) = self[.snapshot(channel, externalOrderID)] else { return nil }
        return snapshot
    }

    public func channel(_ channel: String) -> Reference<CatalogChannel>? {
        guard case .channel(let reference) = self[.channel(channel)] else { return nil }
        return reference
    }

    public func item(_ sku: String) -> CatalogItem? {
        guard case .item(let reference) = self[.item(sku)] else { return nil }
        return reference.record
    }

    /// What an active listing says that the channel's SKU is.
    public func listing(_ channel: String, _ externalSku: String) -> CatalogListing? {
        guard case .listing(let reference) = self[.listing(channel, externalSku)], reference.isActive else {
            return nil
        }
        return reference.record
    }

    public func member(_ memberID: String) -> MemberHistory? {
        guard case .member(let history) = self[.member(memberID)] else { return nil }
        return history
    }

    public func buyer(_ buyerID: String) -> BuyerRecord? {
        guard case .buyer(let record) = self[.buyer(buyerID)] else { return nil }
        return record
    }

    public func unmatched(_ externalSku: String) -> UnmatchedSku? {
        guard case .unmatched(let sku) = self[.unmatched(externalSku)] else { return nil }
        return sku
    }

    public func expected(_ memberID: String) -> ExpectedMember? {
        guard case .expected(let member) = self[.expected(memberID)] else { return nil }
        return member
    }

    public func parties(_ orderID: OrderID) -> Parties? {
        guard case .parties(let parties) = self[.parties(orderID)] else { return nil }
        return parties
    }

    public func binding(_ buyerID: String) -> BindingHistory? {
        guard case .binding(let history) = self[.binding(buyerID)] else { return nil }
        return history
    }
}
