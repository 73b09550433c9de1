/// What is expected to be asked for of a SKU, day by day, and how sure that is.
///
/// - Shape: all lists have an entry a day from `day` on; `needed` is summed from the first day and is not exceeded with
///   the probability `serviceLevel`.
/// - Units: thousandths of pieces; basis points for the service level.
public struct DemandForecast: JSONCoded, Equatable {
    public let sku: String
    /// The first day.
    public let day: CivilDay
    /// So many days, from the first on which something was asked for, it was made from.
    public let historyDays: Int64
    /// The method that did best: `seasonal-naive`, `holt-winters-additive`, `croston` …
    public let method: String
    public let expected: [Int64]
    public let low80: [Int64]
    public let high80: [Int64]
    public let low95: [Int64]
    public let high95: [Int64]
    public let needed: [Int64]
    public let serviceLevel: Int64
    /// Absent while there are too few days to hold some back.
    public let test: ForecastTest?

    public init(
        sku: String, day: CivilDay, historyDays: Int64, method: String, expected: [Int64], low80: [Int64],
        high80: [Int64], low95: [Int64], high95: [Int64], needed: [Int64], serviceLevel: Int64, test: ForecastTest?
    ) {
        self.sku = sku
        self.day = day
        self.historyDays = historyDays
        self.method = method
        self.expected = expected
        self.low80 = low80
        self.high80 = high80
        self.low95 = low95
        self.high95 = high95
        self.needed = needed
        self.serviceLevel = serviceLevel
        self.test = test
    }

    public init(_ json: JSONObject) throws(Fault) {
        sku = try json.string("sku")
        day = try json.civilDay("day")
        historyDays = try json.integer("historyDays")
        method = try json.string("method")
        expected = try json.integers("expected")
        low80 = try json.integers("low80")
        high80 = try json.integers("high80")
        low95 = try json.integers("low95")
        high95 = try json.integers("high95")
        needed = try json.integers("needed")
        serviceLevel = try json.integer("serviceLevel")
        test = try json.readIfPresent("test")
    }

    public func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        json.field("day", day.description)
        json.field("historyDays", historyDays)
        json.field("method", method)
        json.field("expected", integers: expected)
        json.field("low80", integers: low80)
        json.field("high80", integers: high80)
        json.field("low95", integers: low95)
        json.field("high95", integers: high95)
        json.field("needed", integers: needed)
        json.field("serviceLevel", serviceLevel)
        json.field("test", test)
    }
}

/// How a forecast made some days ago would have gone, beside that of the same weekday a week before.
public struct ForecastTest: JSONCoded, Equatable {
    /// The method that had been chosen then.
    public let method: String
    public let days: Int64
    public let accuracy: ForecastAccuracy
    public let baseline: ForecastAccuracy

    public init(method: String, days: Int64, accuracy: ForecastAccuracy, baseline: ForecastAccuracy) {
        self.method = method
        self.days = days
        self.accuracy = accuracy
        self.baseline = baseline
    }

    public init(_ json: JSONObject) throws(Fault) {
        method = try json.string("method")
        days = try json.integer("days")
        accuracy = try ForecastAccuracy(json.object("accuracy"))
        baseline = try ForecastAccuracy(json.object("baseline"))
    }

    public func write(to json: inout JSONWriter) {
        json.field("method", method)
        json.field("days", days)
        json.field("accuracy", accuracy)
        json.field("baseline", baseline)
    }

    /// The plain repetition of last week would have been nearer.
    public var isBaselineBetter: Bool {
        guard let ours = accuracy.rmsse, let others = baseline.rmsse else { return false }
        return others < ours
    }
}

/// How well forecasts met what came, on values that neither the parameters nor the choice of the method had seen.
///
/// - Units: basis points; 10,000 of MASE or RMSSE is as good as the naïve forecast inside the part that was fitted.
/// - Source: Hyndman and Koehler 2006 (MASE, by the seasonal naïve); Makridakis and others 2022 (RMSSE, by the naïve).
public struct ForecastAccuracy: JSONCoded, Equatable {
    /// Absolute errors per unit of demand; `nil` when nothing was asked for.
    public let wape: Int64?
    /// `nil` when the fitted part does not vary.
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
