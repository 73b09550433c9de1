import Contracts
import InventoryDomain
import Postgres

/// The tables `forecasts`, `forecast_requests` and `forecast_days`.
enum ForecastTable {
    /// A request that stands already is renewed.
    static func save(_ requests: [ForecastRequest], in transaction: borrowing Transaction) throws {
        guard !requests.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(requests.map(\.key))
        parameters.appendTimestamps(requests.map(\.at.milliseconds))
        try transaction.run(
            """
            INSERT INTO forecast_requests (sku, requested_at) SELECT * FROM unnest($1::text[], $2::timestamptz[])
            ON CONFLICT (sku) DO UPDATE SET requested_at = EXCLUDED.requested_at
            """, parameters)
    }

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
