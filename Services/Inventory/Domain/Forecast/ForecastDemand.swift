public import Contracts

/// What is to be expected of a series, and how sure that is.
public struct Forecast: Sendable {
    public let method: ForecastMethod
    /// Per period, from the one after the last value.
    public let expected: [Double]
    /// Per period, wide enough for 80 and 95 of 100 values.
    public let interval80: [ClosedRange<Double>]
    public let interval95: [ClosedRange<Double>]
    /// Summed from the first period on, not exceeded at the service level.
    public let needed: [Double]
    /// On values held back; `nil` for a series that is too short for it.
    public let test: Test?

    public struct Test: Sendable {
        public let accuracy: ForecastAccuracy
        public let baseline: ForecastAccuracy
        /// The method that the shortened series would have chosen.
        public let method: ForecastMethod
        public let periods: Int
    }
}

/// Forecasts a series of demand, zeros included, with the method that did best from rolling origins.
///
/// What is said about accuracy is measured on the last values, with a method chosen and fitted without them; then the
/// method is chosen again by all values.
///
/// - Parameters:
///   - values: One per period, none negative.
///   - period: Values per season, 1 for none.
///   - horizon: Periods to look ahead.
///   - serviceLevel: Of `needed`, between 0 and 1.
/// - Source: DESIGN section 4, "Forecast".
public func forecastDemand(
    _ values: ArraySlice<Double>, period: Int, horizon: Int, serviceLevel: Double = 0.95
) -> Forecast {
    // A short series is tried over shorter ways, so that there are some to compare.
    let tried = min(horizon, max(1, values.count / 4))
    guard let backTest = BackTest(values, period: period, horizon: tried) else {
        return plainForecast(values, horizon: horizon, serviceLevel: serviceLevel)
    }
    var method = backTest.choose()
    var model = method.observing(values, period: period)
    if !(1...horizon).allSatisfy({ model.expect($0).isFinite }) {
        method = .seasonalNaive
        model = method.observing(values, period: period)
    }
    let spread = Spread(of: method, in: backTest, horizon: horizon)
    return Forecast(
        method: method, model, spread, horizon: horizon, serviceLevel: serviceLevel,
        test: test(values, period: period, horizon: min(horizon, values.count / 6)))
}

/// Holds the last two horizons back, chooses and fits without them, and looks how that would have gone.
private func test(_ values: ArraySlice<Double>, period: Int, horizon: Int) -> Forecast.Test? {
    let seen = values.count - 2 * horizon
    guard horizon > 0, let earlier = BackTest(values.prefix(seen), period: period, horizon: horizon) else { return nil }
    let method = earlier.choose()
    let held = BackTest(values, period: period, horizon: horizon, trained: seen)
    return Forecast.Test(
        accuracy: held.errors(of: method).accuracy, baseline: held.errors(of: .seasonalNaive).accuracy, method: method,
        periods: 2 * horizon)
}

/// For a series too short to choose by: its mean, as unsure as its values differ.
private func plainForecast(_ values: ArraySlice<Double>, horizon: Int, serviceLevel: Double) -> Forecast {
    let model = MovingAverageModel(window: max(1, values.count)).observing(values)
    let errors = values.map { $0 - model.expect(1) }
    let spread = Spread(sameAtEveryStep: errors, horizon: horizon)
    return Forecast(
        method: .movingAverage, model, spread, horizon: horizon, serviceLevel: serviceLevel, test: nil)
}

extension Forecast {
    init(
        method: ForecastMethod, _ model: any DemandModel, _ spread: Spread, horizon: Int, serviceLevel: Double,
        test: Test?
    ) {
        let expected = (1...horizon).map { max(0, model.expect($0)) }
        func interval(_ probability: Double) -> [ClosedRange<Double>] {
            expected.indices.map { step in
                let low = spread.errors[step].quantile((1 - probability) / 2)
                let high = spread.errors[step].quantile((1 + probability) / 2)
                let lower = max(0, expected[step] + min(low, 0))
                return lower...max(lower, expected[step] + max(high, 0))
            }
        }
        var sum = 0.0
        self.method = method
        self.expected = expected
        interval80 = interval(0.8)
        interval95 = interval(0.95)
        var most = 0.0
        needed = expected.indices.map { step in
            sum += expected[step]
            // What was enough for fewer periods is not too much for more.
            most = max(most, sum + max(0, spread.sums[step].quantile(serviceLevel)))
            return most
        }
        self.test = test
    }
}
