/// The kinds of field that messages share, each read within the contract's bounds.
///
/// - Units: amounts are minor units (分), quantities pieces, rates basis points (1 % = 100).
/// - Source: CONTRACTS section 1.
extension JSONObject {
    /// Amounts and quantities are below this.
    static let bound: Int64 = 1_000_000_000_000

    /// An amount of at least 0.
    public func amount(_ name: StaticString) throws(Fault) -> Int64 {
        guard let amount = try amountIfPresent(name) else { throw fault("is missing", field: name) }
        return amount
    }

    public func amountIfPresent(_ name: StaticString) throws(Fault) -> Int64? {
        guard let amount = try signedIfPresent(name) else { return nil }
        guard amount >= 0 else { throw fault("\(name) \(amount) is negative", field: name) }
        return amount
    }

    /// A number of pieces of at least 1.
    public func quantity(_ name: StaticString) throws(Fault) -> Int64 {
        guard let quantity = try quantityIfPresent(name) else { throw fault("is missing", field: name) }
        return quantity
    }

    public func quantityIfPresent(_ name: StaticString) throws(Fault) -> Int64? {
        guard let quantity = try signedIfPresent(name) else { return nil }
        guard quantity > 0 else { throw fault("\(name) \(quantity) is not positive", field: name) }
        return quantity
    }

    /// An amount or quantity of either sign.
    public func signed(_ name: StaticString) throws(Fault) -> Int64 {
        guard let number = try signedIfPresent(name) else { throw fault("is missing", field: name) }
        return number
    }

    public func signedIfPresent(_ name: StaticString) throws(Fault) -> Int64? {
        guard let number = try integerIfPresent(name) else { return nil }
        guard number < Self.bound, number > -Self.bound else {
            throw fault("\(name) \(number) is not below 10^12", field: name)
        }
        return number
    }

    /// A rate from 0 to 10,000.
    public func basisPoints(_ name: StaticString) throws(Fault) -> Int64 {
        try integer(name, within: 0...10_000)
    }

    public func basisPointsIfPresent(_ name: StaticString) throws(Fault) -> Int64? {
        try integerIfPresent(name, within: 0...10_000)
    }

    public func integer(_ name: StaticString, within range: ClosedRange<Int64>) throws(Fault) -> Int64 {
        guard let number = try integerIfPresent(name, within: range) else { throw fault("is missing", field: name) }
        return number
    }

    public func integerIfPresent(
        _ name: StaticString, within range: ClosedRange<Int64>
    ) throws(Fault) -> Int64? {
        guard let number = try integerIfPresent(name) else { return nil }
        guard range.contains(number) else {
            throw fault("\(name) \(number) is not within \(range.lowerBound) to \(range.upperBound)", field: name)
        }
        return number
    }

    /// A number of days, at most ten years.
    public func daysIfPresent(_ name: StaticString) throws(Fault) -> Int64? {
        try integerIfPresent(name, within: 0...3660)
    }

    /// A day like 2026-11-27.
    public func civilDay(_ name: StaticString) throws(Fault) -> CivilDay {
        guard let day = CivilDay(try string(name, atMost: 10)) else { throw fault("is not a day", field: name) }
        return day
    }

    /// An ISO 4217 code; absent means CNY.
    public func currency(_ name: StaticString = "currency") throws(Fault) -> String {
        guard let code = try stringIfPresent(name, atMost: 3) else { return "CNY" }
        guard code.utf8.count == 3, code.utf8.allSatisfy({ 65...90 ~= $0 }) else {
            throw fault("is not an ISO 4217 code", field: name)
        }
        return code
    }
}
