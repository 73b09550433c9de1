/// Simple exponential smoothing: a level that follows the values.
///
/// - Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, chapter 8.
struct LevelModel: DemandModel {
    let alpha: Double
    private(set) var level: Double

    init(alpha: Double, level: Double) {
        self.alpha = alpha
        self.level = level
    }

    mutating func observe(_ value: Double) { level += alpha * (value - level) }
    func expect(_ step: Int) -> Double { level }
}

/// Holt's linear trend, damped when `phi` is below 1.
struct TrendModel: DemandModel {
    let alpha: Double
    let beta: Double
    let phi: Double
    private(set) var level: Double
    private(set) var trend: Double

    init(alpha: Double, beta: Double, phi: Double, level: Double, trend: Double) {
        self.alpha = alpha
        self.beta = beta
        self.phi = phi
        self.level = level
        self.trend = trend
    }

    mutating func observe(_ value: Double) {
        let before = level
        let damped = phi * trend
        level = alpha * value + (1 - alpha) * (before + damped)
        trend = beta * (level - before) + (1 - beta) * damped
    }

    func expect(_ step: Int) -> Double { level + dampedSteps(phi, step) * trend }
}

/// Holt and Winters: level, damped trend and a season that adds or multiplies.
struct SeasonalModel: DemandModel {
    let alpha: Double
    let beta: Double
    let gamma: Double
    let phi: Double
    let isMultiplicative: Bool
    private(set) var level: Double
    private(set) var trend: Double
    private var season: Ring

    /// - Parameter season: From the first observation on, one period.
    init(
        alpha: Double, beta: Double, gamma: Double, phi: Double, isMultiplicative: Bool, level: Double, trend: Double,
        season: [Double]
    ) {
        self.alpha = alpha
        self.beta = beta
        self.gamma = gamma
        self.phi = phi
        self.isMultiplicative = isMultiplicative
        self.level = level
        self.trend = trend
        self.season = Ring(season)
    }

    mutating func observe(_ value: Double) {
        let factor = season[ahead: 1]
        let before = level
        let damped = phi * trend
        let expected = before + damped
        if isMultiplicative {
            level = alpha * (value / factor) + (1 - alpha) * expected
            season.append(gamma * (value / expected) + (1 - gamma) * factor)
        } else {
            level = alpha * (value - factor) + (1 - alpha) * expected
            season.append(gamma * (value - expected) + (1 - gamma) * factor)
        }
        trend = beta * (level - before) + (1 - beta) * damped
    }

    func expect(_ step: Int) -> Double {
        let expected = level + dampedSteps(phi, step) * trend
        return isMultiplicative ? expected * season[ahead: step] : expected + season[ahead: step]
    }
}

/// φ + φ² + … + φˢ.
private func dampedSteps(_ phi: Double, _ step: Int) -> Double {
    if phi == 1 { return Double(step) }
    var (sum, power) = (0.0, 1.0)
    for _ in 0..<step {
        power *= phi
        sum += power
    }
    return sum
}
