/// The models among which a series finds its own; the baseline first, so that it wins a draw.
public enum ForecastMethod: String, CaseIterable, Sendable {
    case seasonalNaive = "seasonal-naive"
    case naive
    case movingAverage = "moving-average"
    case exponentialSmoothing = "ses"
    case holt
    case dampedHolt = "holt-damped"
    case seasonalLevel = "holt-winters-level"
    case seasonalAdditive = "holt-winters-additive"
    case seasonalMultiplicative = "holt-winters-multiplicative"
    case croston
    case syntetosBoylan = "sba"
    case teunterSyntetosBabai = "tsb"

    /// The methods that make sense for a series, also when only its beginning is fitted.
    ///
    /// - Parameter trained: How many of the values are fitted at first.
    static func suited(to values: ArraySlice<Double>, trained: Int, period: Int) -> [ForecastMethod] {
        let nonZero = values.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
        let isIntermittent = 10 * nonZero < 9 * values.count
        let hasEnded = hasEnded(values, period: period)
        return allCases.filter { method in
            if hasEnded, !method.fades { return false }
            return switch method {
            case .naive: period > 1
            case .seasonalNaive, .movingAverage, .exponentialSmoothing: true
            case .holt, .dampedHolt: trained >= 5
            case .seasonalLevel, .seasonalAdditive: period > 1 && trained >= 2 * period
            // Nothing times a factor is nothing for ever.
            case .seasonalMultiplicative: period > 1 && trained >= 2 * period && nonZero == values.count
            case .croston, .syntetosBoylan, .teunterSyntetosBabai: isIntermittent && nonZero >= 2
            }
        }
    }

    /// Nothing came for two periods and for longer than ever before.
    private static func hasEnded(_ values: ArraySlice<Double>, period: Int) -> Bool {
        var (gap, longest) = (0, 0)
        for value in values {
            if value == 0 {
                gap += 1
            } else {
                longest = max(longest, gap)
                gap = 0
            }
        }
        return gap >= 2 * period && gap > longest
    }

    /// What was long ago no longer counts for it, and it draws no line into the future.
    private var fades: Bool {
        switch self {
        case .seasonalNaive, .naive, .movingAverage, .exponentialSmoothing, .teunterSyntetosBabai: true
        default: false
        }
    }

    /// The model that fits the values best, after it has seen them.
    func observing(_ values: ArraySlice<Double>, period: Int) -> any DemandModel {
        fitted(to: values, period: period).observing(values)
    }

    /// The model with the parameters whose forecasts one step ahead have the least squared error over the values.
    ///
    /// - Returns: The model as it was before the first of them.
    func fitted(to values: ArraySlice<Double>, period: Int) -> any DemandModel {
        switch self {
        case .naive: return NaiveModel()
        case .seasonalNaive: return SeasonalNaiveModel(period: period)
        case .movingAverage:
            let windows = [period, 2 * period, 4 * period].filter { $0 > 1 && $0 <= values.count }
            return best(of: windows.map(MovingAverageModel.init), over: values) ?? MovingAverageModel(window: 3)
        case .exponentialSmoothing: return fitLevel(to: values, period: period)
        case .holt: return fitTrend(to: values, phi: 1...1)
        case .dampedHolt: return fitTrend(to: values, phi: 0.8...0.98)
        case .seasonalLevel: return fitSeasonal(to: values, period: period, hasTrend: false, isMultiplicative: false)
        case .seasonalAdditive: return fitSeasonal(to: values, period: period, hasTrend: true, isMultiplicative: false)
        case .seasonalMultiplicative:
            return fitSeasonal(to: values, period: period, hasTrend: true, isMultiplicative: true)
        case .croston: return fitCroston(to: values) { _ in 1 }
        case .syntetosBoylan: return fitCroston(to: values) { 1 - $0 / 2 }
        case .teunterSyntetosBabai: return fitFading(to: values)
        }
    }
}

/// The model with the least squared error; the first of equals.
func best<M: DemandModel>(of models: [M], over values: ArraySlice<Double>) -> M? {
    var best: (model: M, error: Double)?
    for model in models {
        let error = model.squaredError(over: values, atMost: best?.error ?? .infinity)
        if best.map({ error < $0.error }) ?? true { best = (model, error) }
    }
    return best?.model
}
