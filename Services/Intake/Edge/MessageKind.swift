import Contracts

/// One type that a channel may send in our own form: where it belongs, and the business key inside it.
struct MessageKind: Sendable {
    let type: String
    let topic: Topic
    /// Reads the whole message, so that what intake could not read is refused here already.
    let key: @Sendable (JSONObject) throws(Fault) -> BusinessKey

    /// The two halves of a record key, and the field that the second one stands in.
    struct BusinessKey: Sendable {
        let channel: String
        let id: String
        let field: String
    }

    static func named(_ type: String) -> MessageKind? { byType[type] }

    /// - Source: CONTRACTS section 2.
    static let all: [MessageKind] = [
        MessageKind(.channelOrders, ChannelOrder.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelOrders, ChannelOrderCancel.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelOrders, ChannelOrderReceived.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelPayments, ChannelPayment.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelAfterSales, AfterSalesRequest.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelAfterSales, AfterSalesShipped.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelAfterSales, AfterSalesWithdrawn.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelAfterSales, AfterSalesNote.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelAfterSales, AfterSalesResult.self) { .order($0.channel, $0.externalOrderID) },
        MessageKind(.channelVisits, ChannelVisit.self) {
            BusinessKey(channel: $0.channel, id: $0.visitorID, field: "visitorId")
        },
    ]

    private static let byType = Dictionary(uniqueKeysWithValues: all.map { ($0.type, $0) })

    private init<M: Message>(_ topic: Topic, _ message: M.Type, _ key: @escaping @Sendable (M) -> BusinessKey) {
        type = M.type
        self.topic = topic
        self.key = { (json) throws(Fault) in key(try M(json)) }
    }
}

extension MessageKind.BusinessKey {
    fileprivate static func order(_ channel: String, _ id: String) -> Self {
        Self(channel: channel, id: id, field: "externalOrderId")
    }
}
