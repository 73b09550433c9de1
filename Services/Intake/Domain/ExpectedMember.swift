public import Contracts

/// A distributor of whom nobody has told yet, with the orders that would be other ones if it were known.
public struct ExpectedMember: JSONCoded, Equatable {
    public static let maximumOrders = 200
    public let memberID: String
    /// The first that came, at most.
    public private(set) var orderIDs: [OrderID]
    /// There is a row of it.
    public let isStored: Bool

    public init(memberID: String) {
        self.memberID = memberID
        orderIDs = []
        isStored = false
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        orderIDs = try json.orderIDs("orderIds")
        isStored = true
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("orderIds", texts: orderIDs.map(\.text))
    }

    mutating func put(_ orderID: OrderID) {
        guard !orderIDs.contains(orderID), orderIDs.count < Self.maximumOrders else { return }
        orderIDs.append(orderID)
    }

    mutating func keep(_ isKept: (OrderID) -> Bool) { orderIDs = orderIDs.filter(isKept) }
}

extension JSONObject {
    func orderIDs(_ name: StaticString) throws(Fault) -> [OrderID] {
        var orderIDs: [OrderID] = []
        for text in try texts(name) {
            guard let orderID = OrderID(text) else { throw fault("holds no order id", field: name) }
            orderIDs.append(orderID)
        }
        return orderIDs
    }
}
