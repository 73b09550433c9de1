/// Forecasts from rolling origins: each sees what came before its origin, under parameters fitted before the first.
struct BackTest {
    private let values: ArraySlice<Double>
    private let period: Int
    let horizon: Int
    /// How many of the values the parameters are fitted to.
    let trained: Int

    /// - Returns: `nil` for a series that is too short to hold anything back.
    init?(_ values: ArraySlice<Double>, period: Int, horizon: Int) {
        let trained = max(values.count / 2, values.count - 8 * horizon)
        guard trained >= max(period + 1, 4), values.count - trained >= horizon else { return nil }
        self.init(values, period: period, horizon: horizon, trained: trained)
    }

    init(_ values: ArraySlice<Double>, period: Int, horizon: Int, trained: Int) {
        self.values = values
        self.period = period
        self.horizon = horizon
        self.trained = trained
    }

    private var training: ArraySlice<Double> { values.prefix(trained) }
    private var origins: Int { values.count - trained - horizon + 1 }

    /// Calls `body` at each origin with the model as it is there and the values that came.
    ///
    /// - Parameter atMost: So many origins, evenly spread.
    func forEachOrigin(
        of method: ForecastMethod, atMost limit: Int = .max, _ body: (any DemandModel, ArraySlice<Double>) -> Void
    ) {
        var model = method.observing(training, period: period)
        let stride = (origins - 1) / limit + 1
        for origin in 0..<origins {
            let place = values.startIndex + trained + origin
            if origin % stride == 0 { body(model, values[place..<(place + horizon)]) }
            model.observe(values[place])
        }
    }

    func errors(of method: ForecastMethod, atMost limit: Int = .max) -> ErrorSums {
        var sums = ErrorSums(training: training, period: period)
        forEachOrigin(of: method, atMost: limit) { model, came in
            for (step, value) in came.enumerated() { sums.add(max(0, model.expect(step + 1)), for: value) }
        }
        return sums
    }

    /// The method with the least squared error; the baseline when none is better.
    func choose() -> ForecastMethod {
        var best: (method: ForecastMethod, squared: Double) = (.seasonalNaive, .infinity)
        for method in ForecastMethod.suited(to: values, trained: trained, period: period) {
            let squared = errors(of: method, atMost: 24).squared
            if squared < best.squared { best = (method, squared) }
        }
        return best.method
    }
}
