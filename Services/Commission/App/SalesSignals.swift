import Contracts

/// What makes the watch over sales look twice; each signal can be switched off.
///
/// - Shape: `{"days", "ownPurchase": {"active"}, "refundRing": {"active", "sales", "returnedBasisPoints"}, "velocity":
///   {"active", "sales", "timesUsual"}}`, each field optional.
struct SalesSignals: Equatable {
    /// So far back sales count.
    var days: Int64 = 30
    var seesOwnPurchases = true
    /// `nil` when it is off, like `velocity`.
    var refundRing: RefundRing? = RefundRing()
    var velocity: Velocity? = Velocity()

    /// Of so many sales or more, such a share or more came back.
    struct RefundRing: Equatable {
        var sales: Int64 = 10
        var returnedBasisPoints: Int64 = 5000
    }

    /// So many sales or more in one hour, and so many times as many as usual.
    struct Velocity: Equatable {
        var sales: Int64 = 20
        var timesUsual: Int64 = 10
    }

    var isOff: Bool { !seesOwnPurchases && refundRing == nil && velocity == nil }
}

extension SalesSignals {
    /// - Throws: `Fault` that names the field.
    init(_ json: JSONObject) throws(Fault) {
        if let days = try json.integerIfPresent("days", within: 1...365) { self.days = days }
        if let signal = try json.objectIfPresent("ownPurchase") { seesOwnPurchases = try signal.isActive() }
        if let signal = try json.objectIfPresent("refundRing") {
            refundRing = try signal.isActive() ? RefundRing(signal) : nil
        }
        if let signal = try json.objectIfPresent("velocity") {
            velocity = try signal.isActive() ? Velocity(signal) : nil
        }
    }
}

extension SalesSignals.RefundRing {
    fileprivate init(_ json: JSONObject) throws(Fault) {
        if let sales = try json.integerIfPresent("sales", within: 1...1_000_000) { self.sales = sales }
        if let share = try json.integerIfPresent("returnedBasisPoints", within: 1...10_000) {
            returnedBasisPoints = share
        }
    }
}

extension SalesSignals.Velocity {
    fileprivate init(_ json: JSONObject) throws(Fault) {
        if let sales = try json.integerIfPresent("sales", within: 1...1_000_000) { self.sales = sales }
        if let times = try json.integerIfPresent("timesUsual", within: 1...10_000) { timesUsual = times }
    }
}

extension JSONObject {
    fileprivate func isActive() throws(Fault) -> Bool { try bool("active", default: true) }
}
