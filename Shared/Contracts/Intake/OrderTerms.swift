/// Sold, or sent in exchange for goods of another order.
public enum OrderKind: String, CaseIterable, Sendable {
    case sale, replacement
}

/// When the buyer pays.
public enum PaymentTerms: String, CaseIterable, Sendable {
    case prepaid
    case cashOnDelivery = "cash-on-delivery"
}

/// How the goods reach the buyer.
public enum DeliveryKind: String, CaseIterable, Sendable {
    case express, pickup, local, virtual
}
