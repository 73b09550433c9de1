import ConsoleDomain
import Contracts
import Postgres

/// What the text of the one field for searching turns out to be.
enum SearchTerm: Sendable, Equatable {
    case order(String)
    /// The channel's own order number, or its beginning.
    case external(String)
    case waybill(String)
    case buyer([String])
    case sku(String)
    case member(String)
    /// None of them.
    case unknown

    /// Of the phrases `orders.found.<word>`.
    var word: String {
        switch self {
        case .order: "order"
        case .external: "external"
        case .waybill: "waybill"
        case .buyer: "buyer"
        case .sku: "sku"
        case .member: "member"
        case .unknown: "nothing"
        }
    }

    /// Tries one index after the other; the first that knows the text says what it is.
    ///
    /// Nothing is recognised by orders that the viewer does not see, and members do not look for buyers.
    static func recognise(_ text: String, _ viewer: Viewer, in connection: Connection) throws(PostgresError) -> Self {
        let scope = ScopeSQL(viewer.scope)
        let known = scope.orders("o")
        let orderID = text.uppercased()
        let buyers: SQL =
            viewer.scope.masksPersonalData
            ? "FALSE" : "EXISTS (SELECT FROM orders o WHERE o.buyer_id = ANY(\(buyerIDs(text))) AND \(known))"
        let row = try connection.rows(
            """
            SELECT EXISTS (SELECT FROM orders o WHERE o.order_id = \(orderID) AND \(known)),
                EXISTS (SELECT FROM orders o WHERE o.external_order_id LIKE \(prefix(text)) AND \(known)),
                EXISTS (SELECT FROM parcels p JOIN orders o ON o.order_id = p.order_id
                    WHERE p.waybill = \(text) AND \(known)),
                \(buyers), EXISTS (SELECT FROM order_lines l WHERE l.sku = \(text)),
                EXISTS (SELECT FROM orders o WHERE o.seller = \(text) AND \(known)),
                array_to_string(\(buyerIDs(text)), E'\\n')
            """)[0]
        if row.bool(0) { return .order(orderID) }
        if row.bool(1) { return .external(text) }
        if row.bool(2) { return .waybill(text) }
        if row.bool(3) { return .buyer(row.text(6).split(separator: "\n").map(String.init)) }
        if row.bool(4) { return .sku(text) }
        return row.bool(5) ? .member(text) : .unknown
    }

    /// A buyer's id names its channel; people type what stands behind that.
    private static func buyerIDs(_ text: String) -> SQL {
        "ARRAY(SELECT \(text)::text UNION ALL SELECT c.channel || '/' || \(text) FROM channels c)"
    }

    private static func prefix(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
    }

    /// As a condition on the orders `o`.
    var condition: SQL {
        switch self {
        case .order(let orderID): "o.order_id = \(orderID)"
        case .external(let text): "o.external_order_id LIKE \(Self.prefix(text))"
        case .waybill(let text): "o.order_id IN (SELECT p.order_id FROM parcels p WHERE p.waybill = \(text))"
        case .buyer(let buyerIDs): "o.buyer_id = ANY(\(buyerIDs))"
        case .sku(let sku): "EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.order_id AND l.sku = \(sku))"
        case .member(let memberID): "o.seller = \(memberID)"
        case .unknown: "FALSE"
        }
    }
}
