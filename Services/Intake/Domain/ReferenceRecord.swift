public import Contracts

/// A record of a reference topic; without a body it makes its key inactive.
public struct ReferenceRecord: Sendable {
    enum Body: Sendable {
        case channel(CatalogChannel)
        case item(CatalogItem)
        case listing(CatalogListing)
        case member(DistributionMember)
        case binding(DistributionBinding)
        case tombstone
    }

    public let key: Key
    let body: Body
    let recordedAt: Instant

    /// `nil` when the topic is none of those that intake refers to.
    init?(_ inbound: Inbound) throws(Fault) {
        recordedAt = inbound.time
        guard let json = inbound.body else {
            guard let kind = Self.kinds[inbound.topic.name] else { return nil }
            key = Key(kind, inbound.key)
            body = .tombstone
            return
        }
        switch inbound.envelope.type {
        case CatalogChannel.type:
            let channel = try CatalogChannel(json)
            (key, body) = (.channel(channel.channel), .channel(channel))
        case CatalogItem.type:
            let item = try CatalogItem(json)
            (key, body) = (.item(item.sku), .item(item))
        case CatalogListing.type:
            let listing = try CatalogListing(json)
            (key, body) = (.listing(listing.channel, listing.externalSku), .listing(listing))
        case DistributionMember.type:
            let member = try DistributionMember(json)
            (key, body) = (.member(member.memberID), .member(member))
        case DistributionBinding.type:
            let binding = try DistributionBinding(json)
            (key, body) = (.binding("\(binding.channel)/\(binding.externalBuyerID)"), .binding(binding))
        default: return nil
        }
    }

    /// From when on it says how things are.
    var since: Instant {
        if case .binding(let binding) = body { binding.boundAt } else { recordedAt }
    }

    /// What leads from it to orders that it may concern.
    var register: Key? {
        switch key.kind {
        case .binding: .buyer(key.id)
        case .member: .expected(key.id)
        case .item: .unmatched(key.id)
        case .listing:
            if case .listing(let listing) = body { .unmatched(listing.externalSku) } else { nil }
        default: nil
        }
    }

    private static let kinds: [String: Key.Kind] = [
        Topic.catalogChannels.name: .channel, Topic.catalogItems.name: .item, Topic.catalogListings.name: .listing,
        Topic.distributionMembers.name: .member, Topic.distributionBindings.name: .binding,
    ]
}
