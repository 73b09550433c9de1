/// A point on the globe.
///
/// - Units: millionths of a degree, north and east positive.
struct Place: Hashable {
    let latitude: Int64
    let longitude: Int64

    private static let earthRadiusMetres = 6_371_009.0

    /// The great circle's length in whole metres.
    ///
    /// Sine and arc sine are summed here, with the operations that IEEE 754 fixes to the last bit, so that the same
    /// order takes the same route on every machine and in every replay.
    /// - Source: the haversine formula.
    func metres(to other: Place) -> Int64 {
        let half = Self.sine(Self.radians(other.latitude - latitude) / 2)
        let across = Self.sine(Self.radians(other.longitude - longitude) / 2)
        let cosines = Self.cosine(Self.radians(latitude)) * Self.cosine(Self.radians(other.latitude))
        let haversine = min(1, max(0, half * half + cosines * across * across))
        return Int64((2 * Self.earthRadiusMetres * Self.arcSine(haversine.squareRoot())).rounded())
    }

    private static func radians(_ microdegrees: Int64) -> Double { Double(microdegrees) / 1e6 * .pi / 180 }

    /// Taylor's series; 20 terms are exact enough for |x| ≤ π.
    private static func sine(_ angle: Double) -> Double {
        var (sum, term) = (angle, angle)
        for index in 1...20 {
            term *= -angle * angle / Double(2 * index * (2 * index + 1))
            sum += term
        }
        return sum
    }

    private static func cosine(_ angle: Double) -> Double { sine(.pi / 2 - angle) }

    /// For 0 ≤ x ≤ 1; above ½ by the half angle, so that the series converges.
    private static func arcSine(_ value: Double) -> Double {
        if value > 0.5 { return .pi / 2 - 2 * arcSine(((1 - value) / 2).squareRoot()) }
        var (sum, term) = (value, value)
        for index in 1...30 {
            let odd = Double(2 * index - 1)
            term *= value * value * odd / Double(2 * index)
            sum += term / (odd + 2)
        }
        return sum
    }
}
