public import Contracts

/// Which of a platform's snapshots of an order intake has followed last.
///
/// Kept under the channel's name for the order, because another order may say that this one is over before it is known.
/// - Source: CHANNELS, "A native payload is a snapshot, not an event".
public struct FollowedSnapshot: JSONCoded, Equatable {
    /// `channel/externalOrderId`.
    public let name: String
    /// Absent when no snapshot of the order itself has come yet.
    public internal(set) var modifiedAt: Instant?
    /// How far the order had come, and a hash of the whole: what tells snapshots of the same moment apart.
    public internal(set) var progress: Int64
    public internal(set) var contentHash: Int64
    /// Of lines, sums and region: what must not change once the order may leave.
    public internal(set) var goodsHash: Int64
    /// The part of a pre-sale that has been paid.
    public internal(set) var deposit: Int64?
    /// Other orders carry its goods now.
    public internal(set) var isSplit: Bool

    init(splitOrder name: String) {
        self.name = name
        (progress, contentHash, goodsHash) = (-1, 0, 0)
        isSplit = true
    }

    init(_ snapshot: ChannelSnapshot, isSplit: Bool) {
        let order = snapshot.order
        name = "\(order.channel)/\(order.externalOrderID)"
        modifiedAt = snapshot.modifiedAt
        progress = snapshot.progress
        contentHash = order.contentHash
        goodsHash = order.goodsHash
        deposit = snapshot.status.deposit
        self.isSplit = isSplit
    }

    /// Of two snapshots the later one counts; of the same moment the further one, then the one with the higher hash, so
    /// that it does not matter which comes first.
    func isNewer(than other: FollowedSnapshot) -> Bool {
        guard let modifiedAt, let otherAt = other.modifiedAt else { return other.modifiedAt == nil }
        if modifiedAt != otherAt { return modifiedAt > otherAt }
        if progress != other.progress { return progress > other.progress }
        return contentHash > other.contentHash
    }

    public init(_ json: JSONObject) throws(Fault) {
        name = try json.string("name", atMost: 300)
        modifiedAt = try json.instantIfPresent("modifiedAt")
        progress = try json.integer("progress")
        contentHash = try json.integer("contentHash")
        goodsHash = try json.integer("goodsHash")
        deposit = try json.integerIfPresent("deposit")
        isSplit = try json.bool("split", default: false)
    }

    public func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("modifiedAt", modifiedAt)
        json.field("progress", progress)
        json.field("contentHash", contentHash)
        json.field("goodsHash", goodsHash)
        json.field("deposit", deposit)
        json.field("split", isSplit)
    }
}

extension ChannelSnapshot {
    /// How far the order has come, the payment included, and how much of it was paid back.
    fileprivate var progress: Int64 {
        let back = status.refunds.reduce(Int64(0)) { $0 + min($1.amount, MinorUnits.bound) }
        let steps = status.progress * 2 + (order.payment == nil ? 0 : 1)
        return steps * (MinorUnits.bound * 1000) + min(back, MinorUnits.bound * 1000 - 1)
    }
}

extension ChannelOrder {
    /// Equal for two orders of the same goods, money and region.
    var goodsHash: Int64 {
        let region = shipTo.map {
            Address(country: $0.country, province: $0.province, city: $0.city, district: $0.district)
        }
        return ChannelOrder(
            channel: channel, externalOrderID: externalOrderID, placedAt: placedAt, currency: currency, shipTo: region,
            lines: lines, orderDiscount: orderDiscount, freight: freight, tax: tax, taxIncluded: taxIncluded,
            fees: fees, total: total
        ).contentHash
    }
}
