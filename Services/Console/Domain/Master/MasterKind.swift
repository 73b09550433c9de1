public import Contracts

/// A kind of master record: what it is called, where it is published, and what it holds.
///
/// - Source: CONTRACTS section 2.
public enum MasterKind: String, CaseIterable, Sendable {
    case items, listings, warehouses, carriers, channels, members, bindings, plans

    public var topic: Topic {
        switch self {
        case .items: .catalogItems
        case .listings: .catalogListings
        case .warehouses: .catalogWarehouses
        case .carriers: .catalogCarriers
        case .channels: .catalogChannels
        case .members: .distributionMembers
        case .bindings: .distributionBindings
        case .plans: .distributionPlans
        }
    }

    /// The fields whose values, joined by `/`, are the record's key.
    public var keyFields: [String] { fields.filter(\.isKey).map(\.text) }

    /// Every field of the contract, in the order of the form.
    public var fields: [MasterField] {
        switch self {
        case .items: MasterFields.item
        case .listings: MasterFields.listing
        case .warehouses: MasterFields.warehouse
        case .carriers: MasterFields.carrier
        case .channels: MasterFields.channel
        case .members: MasterFields.member
        case .bindings: MasterFields.binding
        case .plans: MasterFields.plan
        }
    }

    /// Fields that stand in the list beside the key.
    public var listed: [String] {
        switch self {
        case .items: ["name", "category", "price", "safetyStock", "active"]
        case .listings: ["name", "components", "active"]
        case .warehouses: ["name", "province", "kind", "priority", "active"]
        case .carriers: ["name", "tariffs", "active"]
        case .channels: ["name", "kind", "platform", "attributionMode", "active"]
        case .members: ["name", "parentId", "grade", "status", "joinedAt"]
        case .bindings: ["memberId", "boundAt", "source"]
        case .plans: ["version", "mode", "poolCapBasisPoints", "freezeDays", "effectiveFrom"]
        }
    }

    /// Reads a body as its contract does.
    ///
    /// - Throws: `Fault` with the field and the reason.
    public func record(_ json: JSONObject) throws(Fault) -> MasterRecord {
        switch self {
        case .items:
            let item = try CatalogItem(json)
            return MasterRecord(kind: self, type: CatalogItem.type, key: item.sku, body: item.jsonBytes)
        case .listings:
            let listing = try CatalogListing(json)
            return MasterRecord(
                kind: self, type: CatalogListing.type, key: "\(listing.channel)/\(listing.externalSku)",
                body: listing.jsonBytes)
        case .warehouses:
            let warehouse = try CatalogWarehouse(json)
            return MasterRecord(
                kind: self, type: CatalogWarehouse.type, key: warehouse.warehouse, body: warehouse.jsonBytes)
        case .carriers:
            let carrier = try CatalogCarrier(json)
            return MasterRecord(kind: self, type: CatalogCarrier.type, key: carrier.carrier, body: carrier.jsonBytes)
        case .channels:
            let channel = try CatalogChannel(json)
            return MasterRecord(kind: self, type: CatalogChannel.type, key: channel.channel, body: channel.jsonBytes)
        case .members:
            let member = try DistributionMember(json)
            return MasterRecord(
                kind: self, type: DistributionMember.type, key: member.memberID, body: member.jsonBytes)
        case .bindings:
            let binding = try DistributionBinding(json)
            return MasterRecord(
                kind: self, type: DistributionBinding.type, key: "\(binding.channel)/\(binding.externalBuyerID)",
                body: binding.jsonBytes)
        case .plans:
            let plan = try DistributionPlan(json)
            try checkPlan(plan)
            return MasterRecord(kind: self, type: DistributionPlan.type, key: plan.planID, body: plan.jsonBytes)
        }
    }
}

/// One version of a master record as it is published.
public struct MasterRecord: Sendable, Equatable {
    public let kind: MasterKind
    public let type: String
    public let key: String
    public let body: [UInt8]
}
