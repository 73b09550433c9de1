import Contracts
import IntakeEdge

/// The edge's view of platforms' own payloads: the id under which an order's messages meet.
enum NativeOrders {
    /// - Source: CHANNELS sections 6 and 7.
    static let externalOrderID: ChannelEdge.NativeReader = { (type, json, _) throws(Fault) in
        switch type {
        case "shopify.order.v1", "woocommerce.order.v1": try id(json)
        default: nil
        }
    }

    /// The platform's number as its digits; one that lost some as a floating-point number is refused.
    private static func id(_ json: JSONObject) throws(Fault) -> String {
        guard let id = try json.value("id")?.token() else { throw json.fault("is missing", field: "id") }
        guard !id.isEmpty, id.utf8.allSatisfy({ 48...57 ~= $0 }) else {
            throw json.fault("is not a whole number", field: "id")
        }
        return id
    }
}
