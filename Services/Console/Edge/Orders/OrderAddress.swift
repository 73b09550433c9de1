import ConsoleDomain

/// Addresses of pages about orders.
enum OrderAddress {
    static let index = "/orders"

    static func order(_ orderID: String) -> String { "\(index)/\(PercentCoding.encoded(orderID))" }

    static func action(_ action: OrderAction, of orderID: String) -> String {
        "\(order(orderID))/\(action.rawValue)"
    }

    /// A list with its filter, at its beginning or at a cursor.
    static func list(_ filter: OrderFilter, at cursor: OrderCursor? = nil, _ path: String = index) -> String {
        var items = filter.items
        if let cursor { items.append((cursor.isBackwards ? "before" : "after", cursor.text)) }
        return path + (items.isEmpty ? "" : "?\(query(items))")
    }

    static func query(_ items: [(name: String, value: String)]) -> String {
        items.map { "\($0.name)=\(PercentCoding.encoded($0.value))" }.joined(separator: "&")
    }
}
