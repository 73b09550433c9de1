import Contracts
import Foundation
import Postgres

/// All that inventory's tables say of a SKU.
struct StockReport {
    let sku: String
    let sections: [ReportSection]
    let forecast: DemandForecast?
    /// Pieces asked for on each of the last 28 days before the forecast.
    let demand: [Double]
    let suggestion: ReplenishmentSuggested?
    let isAccepted: Bool

    /// `nil` for a SKU that was never stocked.
    ///
    /// - Parameter timeZone: The mall's, by whose days demand is counted.
    init?(_ sku: String, timeZone: String, _ connection: Connection) throws {
        var parameters = Parameters()
        parameters.append(sku)
        let known = try connection.query(
            "SELECT coalesce(suggestion_accepted, false) FROM stock_skus WHERE sku = $1", parameters)
        guard let row = known.first else { return nil }
        isAccepted = row.bool(0)
        self.sku = sku
        sections = try StockQueries.sections.map { try $0.ask(connection, parameters) }
        forecast = try connection.query("SELECT body FROM forecasts WHERE sku = $1", parameters).first.map {
            try DemandForecast(JSONDocument.object($0.bytes(0)))
        }
        suggestion = try connection.query(StockQueries.suggestion, parameters).first.map {
            try ReplenishmentSuggested(JSONDocument.object($0.bytes(0)))
        }
        parameters.append(timeZone)
        demand = try connection.query(StockQueries.demand, parameters).map { Double($0.int64(0)) }
    }

    var text: String {
        var parts = sections.compactMap(\.text)
        parts.append(forecastText)
        if let suggestion {
            parts.append(
                "suggestion \(suggestion.suggestionID)\(isAccepted ? ", accepted" : "")\n"
                    + "order \(suggestion.quantity) by \(suggestion.orderBy)\n\(suggestion.why)")
        }
        return parts.joined(separator: "\n\n")
    }

    private var forecastText: String {
        guard let forecast else { return "no forecast yet" }
        func pieces(_ thousandths: [Int64]) -> [Double] { thousandths.prefix(28).map { Double($0) / 1000 } }
        let plot = DemandPlot(history: demand, expected: pieces(forecast.expected), high: pieces(forecast.high95))
        let sums = [7, 14, 28].filter { $0 <= forecast.expected.count }.map { days in
            let expected = Double(forecast.expected.prefix(days).reduce(0, +)) / 1000
            let needed = Double(forecast.needed[days - 1]) / 1000
            return ["\(days) days", String(format: "%.1f", expected), String(format: "%.1f", needed)]
        }
        let head = "forecast from \(forecast.day) by \(forecast.method), made of \(forecast.historyDays) days"
        let table = Screen.table(["", "expected", "no more, at \(forecast.serviceLevel / 100) %"], sums)
        return ([head] + plot.lines + [table] + forecast.testLines).joined(separator: "\n")
    }
}

extension StockReport: JSONCoded {
    /// It is only ever written.
    init(_ json: JSONObject) throws(Fault) { throw Fault("is not read") }

    func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        for section in sections { section.write(to: &json) }
        json.field("forecast", forecast)
        json.field("suggestion", suggestion)
        json.field("suggestionAccepted", isAccepted)
    }
}
