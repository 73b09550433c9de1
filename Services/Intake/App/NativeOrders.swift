import Contracts
import IntakeDomain
import IntakeEdge

/// The edge's view of platforms' own payloads: the id under which an order's messages meet.
enum NativeOrders {
    /// Reads the payload whole, so that its sender hears at once what an adapter refuses.
    static let externalOrderID: ChannelEdge.NativeReader = { (type, json, channel) throws(Fault) in
        try NativeOrder(rawValue: type)?.read(json, channel: channel).order.externalOrderID
    }
}
