import Contracts
import InventoryDomain
import Postgres

/// The table `forecasts`, which the forecaster alone writes.
enum ForecastTable {
    static func save(_ forecasts: [DemandForecast], in transaction: borrowing Transaction) throws {
        guard !forecasts.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(forecasts.map(\.sku))
        parameters.appendDates(forecasts.map(\.day.daysSinceEpoch))
        parameters.append(forecasts.map(\.jsonBytes))
        try transaction.run(
            """
            INSERT INTO forecasts (sku, day, body) SELECT * FROM unnest($1::text[], $2::date[], $3::bytea[])
            ON CONFLICT (sku) DO UPDATE SET day = EXCLUDED.day, body = EXCLUDED.body
            """, parameters)
    }
}
