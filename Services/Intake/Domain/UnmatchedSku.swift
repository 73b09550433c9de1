public import Contracts

/// A SKU of channels that nobody knew when an order named it: the orders that wait, and what people said it is.
public struct UnmatchedSku: JSONCoded, Equatable {
    public static let maximumOrders = 500
    /// As the channels call it.
    public let externalSku: String
    /// The first that came, at most; an order stands here until it is mended or over.
    public private(set) var waiting: [WaitingOrder]
    /// At most one per channel.
    public private(set) var matches: [SkuMatch]
    /// There is a row of it.
    public let isStored: Bool

    public init(externalSku: String) {
        self.externalSku = externalSku
        waiting = []
        matches = []
        isStored = false
    }

    public init(_ json: JSONObject) throws(Fault) {
        externalSku = try json.string("externalSku")
        waiting = try json.readList("waiting")
        matches = try json.readList("matches")
        isStored = true
    }

    public func write(to json: inout JSONWriter) {
        json.field("externalSku", externalSku)
        json.field("waiting", list: waiting)
        json.field("matches", list: matches)
    }

    func match(_ channel: String) -> SkuMatch? { matches.first { $0.channel == channel } }

    mutating func put(_ order: WaitingOrder) {
        guard !waiting.contains(order), waiting.count < Self.maximumOrders else { return }
        waiting.append(order)
    }

    mutating func put(_ match: SkuMatch) {
        matches.removeAll { $0.channel == match.channel }
        matches.append(match)
    }

    /// - Parameter channel: `nil` means those of all channels.
    mutating func removeWaiting(_ channel: String?) {
        waiting.removeAll { channel == nil || $0.channel == channel }
    }
}

/// An order with a line that nobody can send.
public struct WaitingOrder: JSONCoded, Equatable {
    public let channel: String
    public let orderID: OrderID

    public init(channel: String, orderID: OrderID) {
        self.channel = channel
        self.orderID = orderID
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.string("channel")
        orderID = try json.orderID()
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("orderId", orderID)
    }
}

/// What a person said that a channel's SKU is.
public struct SkuMatch: JSONCoded, Equatable {
    public let channel: String
    public let sku: String
    /// Pieces of ours in one of theirs.
    public let quantity: Int64

    public init(channel: String, sku: String, quantity: Int64) {
        self.channel = channel
        self.sku = sku
        self.quantity = quantity
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.string("channel")
        sku = try json.string("sku")
        quantity = try json.integer("quantity")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("sku", sku)
        json.field("quantity", quantity)
    }
}
