import Contracts

/// Adds up errors of forecasts, scaled by how hard the training part is to forecast.
public struct ErrorSums: Sendable {
    private var absolute = 0.0
    private(set) var squared = 0.0
    private var signed = 0.0
    private var demand = 0.0
    private var count = 0.0
    /// The mean absolute step over a period, the mean squared step from one value to the next.
    private let seasonalStep: Double
    private let squaredStep: Double

    public init(training: ArraySlice<Double>, period: Int) {
        let values = Array(training)
        let seasonal = zip(values.dropFirst(period), values).map { abs($0 - $1) }
        let steps = zip(values.dropFirst(), values).map { ($0 - $1) * ($0 - $1) }
        seasonalStep = mean(seasonal[...])
        squaredStep = mean(steps[...])
    }

    public mutating func add(_ forecast: Double, for value: Double) {
        let error = forecast - value
        absolute += abs(error)
        squared += error * error
        signed += error
        demand += value
        count += 1
    }

    /// As ratios, not rounded.
    public var wape: Double? { demand > 0 ? absolute / demand : nil }
    public var mase: Double? { seasonalStep > 0 && count > 0 ? absolute / count / seasonalStep : nil }
    public var rmsse: Double? { squaredStep > 0 && count > 0 ? (squared / count / squaredStep).squareRoot() : nil }
    public var bias: Double? { demand > 0 ? signed / demand : nil }

    var accuracy: ForecastAccuracy {
        func basisPoints(_ ratio: Double?) -> Int64? { ratio.map { Int64(clamping: ($0 * 10_000).rounded()) } }
        return ForecastAccuracy(
            wape: basisPoints(wape), mase: basisPoints(mase), rmsse: basisPoints(rmsse), bias: basisPoints(bias))
    }
}

extension Int64 {
    /// The nearest representable whole number of a rounded one.
    init(clamping value: Double) {
        self = value >= 9.2e18 ? .max : value <= -9.2e18 ? .min : Int64(value)
    }
}
