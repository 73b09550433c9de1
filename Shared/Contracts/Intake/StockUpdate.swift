/// Tells a platform how many pieces it may sell; idempotent by `updateID`.
///
/// It concerns a listing and no order, so its key is `channel/externalSku`.
public struct StockUpdate: Fact, Equatable {
    public static let topic = Topic.channelUpdates
    public static let type = "tributary.channel.updates.StockUpdate.v1"

    public let updateID: String
    public let channel: String
    public let externalSku: String
    public let sku: String
    public let available: Int64
    public var version: Int64

    public var key: String { "\(channel)/\(externalSku)" }

    public init(
        updateID: String, channel: String, externalSku: String, sku: String, available: Int64, version: Int64 = 0
    ) {
        self.updateID = updateID
        self.channel = channel
        self.externalSku = externalSku
        self.sku = sku
        self.available = available
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        updateID = try json.string("updateId", atMost: 64)
        channel = try json.string("channel")
        externalSku = try json.string("externalSku")
        version = try json.integer("version")
        sku = try json.string("sku")
        available = try json.integer("available")
    }

    public func write(to json: inout JSONWriter) {
        json.field("updateId", updateID)
        json.field("channel", channel)
        json.field("externalSku", externalSku)
        json.field("version", version)
        json.field("sku", sku)
        json.field("available", available)
    }
}
