public import Contracts

/// What a channel's buyer has done lately, and whether it may order freely.
///
/// It leads from a buyer to its orders: a binding or a click that comes late, and the rule of the velocity, need them.
public struct BuyerRecord: JSONCoded, Equatable {
    public static let maximumOrders = 50
    public static let maximumClicks = 100
    /// `channel/externalBuyerId`.
    public let buyerID: String
    public internal(set) var isBlocked = false
    /// Of the buyer's personal data; `nil` before the first, and after it was destroyed.
    public internal(set) var key: BuyerKey?
    /// The buyer wants to be forgotten.
    public internal(set) var erasure: Erasure?
    /// What was placed up to then has no buyer any more.
    public internal(set) var erasedAt: Instant?
    /// By `placedAt`, the newest at most.
    public private(set) var orders: [BuyerOrder] = []
    /// By time, the newest at most.
    public private(set) var clicks: [BuyerClick] = []
    /// There is a row of it.
    public private(set) var isStored = false

    public init(buyerID: String) { self.buyerID = buyerID }

    public init(_ json: JSONObject) throws(Fault) {
        buyerID = try json.string("buyerId", atMost: 300)
        isBlocked = try json.bool("blocked", default: false)
        key = try json.readIfPresent("key")
        erasure = try json.readIfPresent("erasure")
        erasedAt = try json.instantIfPresent("erasedAt")
        orders = try json.readList("orders")
        clicks = try json.readList("clicks")
        isStored = true
    }

    public func write(to json: inout JSONWriter) {
        json.field("buyerId", buyerID)
        json.field("blocked", isBlocked)
        json.field("key", key)
        json.field("erasure", erasure)
        json.field("erasedAt", erasedAt)
        json.field("orders", list: orders)
        json.field("clicks", list: clicks)
    }

    /// Orders of the buyer within some time up to a moment.
    func orderCount(within minutes: Int64, upTo moment: Instant) -> Int64 {
        Int64(orders.count { $0.placedAt <= moment && moment < $0.placedAt + .minutes(minutes) })
    }

    /// Orders of one moment stand by id, so that their arrival does not matter.
    mutating func put(_ order: BuyerOrder) {
        guard !orders.contains(where: { $0.orderID == order.orderID }) else { return }
        let index = orders.firstIndex {
            ($0.placedAt, $0.orderID.text) > (order.placedAt, order.orderID.text)
        }
        orders.insert(order, at: index ?? orders.count)
        if orders.count > Self.maximumOrders { orders.removeFirst() }
    }

    /// Clicks of one moment stand by member, so that their arrival does not matter.
    mutating func put(_ click: BuyerClick) {
        guard !clicks.contains(click) else { return }
        let index = clicks.firstIndex { ($0.at, $0.memberID) > (click.at, click.memberID) }
        clicks.insert(click, at: index ?? clicks.count)
        if clicks.count > Self.maximumClicks { clicks.removeFirst() }
    }
}

/// An order of a buyer.
public struct BuyerOrder: JSONCoded, Equatable {
    public let orderID: OrderID
    public let placedAt: Instant

    public init(orderID: OrderID, placedAt: Instant) {
        self.orderID = orderID
        self.placedAt = placedAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        placedAt = try json.instant("placedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("placedAt", placedAt)
    }
}

/// A buyer opened a distributor's link.
public struct BuyerClick: JSONCoded, Equatable {
    public let memberID: String
    public let at: Instant

    public init(memberID: String, at: Instant) {
        self.memberID = memberID
        self.at = at
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("at", at)
    }
}
