import Contracts

/// Shares and averages for people to read: rounded half up, `nil` where nothing can be divided by.
public enum Ratio {
    /// Of a whole, in basis points.
    public static func basisPoints(_ part: Int64, of whole: Int64) -> Int64? { scaled(part, by: 10_000, over: whole) }

    public static func average(_ sum: Int64, _ count: Int64) -> Int64? { scaled(sum, by: 1, over: count) }

    /// `number × factor ÷ divisor`; `nil` also when that is no number for people any more.
    public static func scaled(_ number: Int64, by factor: Int64, over divisor: Int64) -> Int64? {
        let product = Int128(number) * Int128(factor)
        guard divisor > 0, product.magnitude / UInt128(divisor.magnitude) < UInt128(Int64.max) else { return nil }
        return Allocation.halfUp(product, over: Int128(divisor))
    }
}
