/// A model of one series: it takes one observation after the other and says what it expects next.
///
/// Models are recursive, so one pass over a series gives the forecasts from every origin in it.
protocol DemandModel: Sendable {
    mutating func observe(_ value: Double)

    /// What is expected `step` periods after the last observation.
    ///
    /// - Parameter step: From 1.
    func expect(_ step: Int) -> Double
}

extension DemandModel {
    /// The sum of squared errors of the forecasts one step ahead; above the limit only that it is above.
    func squaredError(over values: ArraySlice<Double>, atMost limit: Double = .infinity) -> Double {
        var model = self
        var sum = 0.0
        for value in values {
            let error = value - model.expect(1)
            sum += error * error
            if sum > limit { return .infinity }
            model.observe(value)
        }
        return sum
    }

    /// The model after it has seen the values.
    func observing(_ values: ArraySlice<Double>) -> Self {
        var model = self
        for value in values { model.observe(value) }
        return model
    }
}
