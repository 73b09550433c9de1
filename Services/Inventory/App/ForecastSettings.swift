import Pipeline

/// How demand is forecast.
struct ForecastSettings: Sendable {
    /// `FORECAST_THREADS`, 1 to 64, default 2: processors that the daily forecast may take.
    let threads: Int
    /// `FORECAST_SERVICE_LEVEL`, percent, 50 to 99, default 95: how often what is bought shall be enough.
    let serviceLevelPercent: Int
    /// `FORECAST_HISTORY_DAYS`, 28 to 3650, default 730: days of demand that are looked at.
    let historyDays: Int

    var serviceLevel: Double { Double(serviceLevelPercent) / 100 }

    init(threads: Int = 2, serviceLevelPercent: Int = 95, historyDays: Int = 730) {
        self.threads = threads
        self.serviceLevelPercent = serviceLevelPercent
        self.historyDays = historyDays
    }

    init(_ reader: inout SettingsReader) {
        self.init(
            threads: reader.integer("FORECAST_THREADS", in: 1...64, default: 2),
            serviceLevelPercent: reader.integer("FORECAST_SERVICE_LEVEL", in: 50...99, default: 95),
            historyDays: reader.integer("FORECAST_HISTORY_DAYS", in: 28...3650, default: 730))
    }
}
