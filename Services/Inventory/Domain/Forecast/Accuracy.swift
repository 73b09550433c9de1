public import Contracts

/// How well forecasts met what came, on values that neither the parameters nor the choice of the model had seen.
///
/// - Units: basis points; 10,000 of MASE or RMSSE is as good as the naïve forecast inside the training part.
/// - Source: Hyndman and Koehler 2006 (MASE, by the seasonal naïve); Makridakis and others 2022 (RMSSE, by the naïve).
public struct Accuracy: JSONCoded, Equatable {
    /// Absolute errors per unit of demand; `nil` when nothing was asked for.
    public let wape: Int64?
    /// `nil` when the training part does not vary.
    public let mase: Int64?
    public let rmsse: Int64?
    /// Forecast above demand, per unit of demand; negative when below.
    public let bias: Int64?

    public init(wape: Int64?, mase: Int64?, rmsse: Int64?, bias: Int64?) {
        self.wape = wape
        self.mase = mase
        self.rmsse = rmsse
        self.bias = bias
    }

    public init(_ json: JSONObject) throws(Fault) {
        wape = try json.integerIfPresent("wape")
        mase = try json.integerIfPresent("mase")
        rmsse = try json.integerIfPresent("rmsse")
        bias = try json.integerIfPresent("bias")
    }

    public func write(to json: inout JSONWriter) {
        json.field("wape", wape)
        json.field("mase", mase)
        json.field("rmsse", rmsse)
        json.field("bias", bias)
    }
}

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

    var accuracy: Accuracy {
        func basisPoints(_ ratio: Double?) -> Int64? { ratio.map { Int64(clamping: ($0 * 10_000).rounded()) } }
        return Accuracy(
            wape: basisPoints(wape), mase: basisPoints(mase), rmsse: basisPoints(rmsse), bias: basisPoints(bias))
    }
}

extension Int64 {
    /// The nearest representable whole number of a rounded one.
    init(clamping value: Double) {
        self = value >= 9.2e18 ? .max : value <= -9.2e18 ? .min : Int64(value)
    }
}
