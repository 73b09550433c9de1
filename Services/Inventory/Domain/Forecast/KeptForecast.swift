public import Contracts

extension DemandForecast {
    /// A SKU's forecast as it is kept.
    ///
    /// - Parameters:
    ///   - day: The day after the last one of the history.
    ///   - serviceLevel: The one `forecast.needed` was made for, between 0 and 1.
    public init(_ forecast: Forecast, of sku: String, from day: CivilDay, historyDays: Int, serviceLevel: Double) {
        func thousandths(_ pieces: [Double]) -> [Int64] { pieces.map { Int64(clamping: ($0 * 1000).rounded()) } }
        self.init(
            sku: sku, day: day, historyDays: Int64(historyDays), method: forecast.method.rawValue,
            expected: thousandths(forecast.expected), low80: thousandths(forecast.interval80.map(\.lowerBound)),
            high80: thousandths(forecast.interval80.map(\.upperBound)),
            low95: thousandths(forecast.interval95.map(\.lowerBound)),
            high95: thousandths(forecast.interval95.map(\.upperBound)), needed: thousandths(forecast.needed),
            serviceLevel: Int64((serviceLevel * 10_000).rounded()),
            test: forecast.test.map { test in
                ForecastTest(
                    method: test.method.rawValue, days: Int64(test.periods), accuracy: test.accuracy,
                    baseline: test.baseline)
            })
    }

    /// Two weeks: below, one good day would decide what is bought.
    static let fewestDays: Int64 = 14

    /// Enough has been seen to buy by it.
    var isTrusted: Bool { historyDays >= Self.fewestDays }

    /// Whole pieces expected in the first days, rounded up.
    func expectedPieces(in days: Int64) -> Int64 {
        let sum = expected.prefix(Int(days)).reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
        return Self.wholePieces(sum)
    }

    /// Whole pieces that the first days do not ask for more than, at the service level.
    func neededPieces(in days: Int64) -> Int64 {
        guard days > 0, !needed.isEmpty else { return 0 }
        return Self.wholePieces(needed[min(Int(days), needed.count) - 1])
    }

    private static func wholePieces(_ thousandths: Int64) -> Int64 {
        thousandths / 1000 + (thousandths % 1000 > 0 ? 1 : 0)
    }
}
