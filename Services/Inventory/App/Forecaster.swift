import Contracts
import Foundation
import InventoryDomain
import Logging
import Pipeline
import Postgres
import Synchronization

/// Forecasts the demand of all SKUs once a day, and of single ones when somebody asks.
///
/// - Shape: a forecast and the timer that has its SKU's stock reviewed are committed together, `sliceSize` SKUs at once.
final class Forecaster: Sendable {
    private let settings: ForecastSettings
    /// The last day known to be done, so that an idle process asks the database little.
    private let doneDay = Mutex<CivilDay?>(nil)
    private static let sliceSize: Int64 = 200

    init(_ settings: ForecastSettings) { self.settings = settings }

    /// Whether all SKUs are still to be forecast on a day.
    func isDue(_ today: CivilDay, _ connection: Connection) throws -> Bool {
        if doneDay.withLock({ $0 != today }), try DemandQueries.isDone(today, connection) { done(today) }
        return doneDay.withLock { $0 != today }
    }

    /// - Parameter skus: `nil` for all.
    func run(_ skus: [String]?, _ place: SideWorkPlace, answering requests: [SideRequest]) throws {
        let today = place.calendar.day(of: place.now)
        try DemandQueries.collect(
            from: place.calendar.start(of: today + -settings.historyDays), to: place.calendar.start(of: today),
            place.calendar, skus: skus, place.connection)
        guard let count = try forecast(from: today, place) else { return }
        try place.connection.transaction { transaction in
            try SideRequestTable.delete(requests, in: transaction)
            if skus == nil { try DemandQueries.finish(today, skus: count, in: transaction) }
        }
        if skus == nil { done(today) }
        Logger(label: "forecaster").info("forecast made", metadata: ["skus": "\(count)", "day": "\(today)"])
    }

    private func done(_ day: CivilDay) { doneDay.withLock { $0 = day } }

    /// Forecasts what was collected; `nil` when it was told to stop.
    private func forecast(from today: CivilDay, _ place: SideWorkPlace) throws -> Int64? {
        var last = ""
        var count: Int64 = 0
        while !place.isStopping {
            let demands = try DemandQueries.next(after: last, limit: Self.sliceSize, place.connection)
            guard let end = demands.last else { return count }
            let forecasts = forecast(demands, from: today)
            try place.connection.transaction { transaction in
                try ForecastTable.save(forecasts, in: transaction)
                try place.setTimers(
                    forecasts.map { .set(kind: TimerKind.review, key: $0.sku, due: place.now) }, in: transaction)
            }
            last = end.sku
            count += Int64(demands.count)
        }
        return nil
    }

    /// As many threads as are allowed, each taking every so-manieth SKU.
    private func forecast(_ demands: [Demand], from today: CivilDay) -> [DemandForecast] {
        let made = Mutex<[Int: DemandForecast]>([:])
        let settings = settings
        DispatchQueue.concurrentPerform(iterations: settings.threads) { thread in
            for index in stride(from: thread, to: demands.count, by: settings.threads) {
                let forecast = demands[index].forecast(from: today, serviceLevel: settings.serviceLevel)
                made.withLock { $0[index] = forecast }
            }
        }
        return made.withLock { made in demands.indices.compactMap { made[$0] } }
    }
}

/// What was asked for of a SKU, by day.
struct Demand: Sendable {
    let sku: String
    let item: CatalogItem?
    /// Days since 1970 with the pieces asked for, ascending, none without.
    let days: [(day: Int, pieces: Int64)]

    private static let week = 7
    private static let horizon = 28...180

    func forecast(from today: CivilDay, serviceLevel: Double) -> DemandForecast {
        let first = days.first?.day ?? today.daysSinceEpoch
        var values = [Double](repeating: 0, count: max(0, today.daysSinceEpoch - first))
        for (day, pieces) in days where values.indices.contains(day - first) { values[day - first] = Double(pieces) }
        let cover = Int((item?.leadTimeDays ?? 0) + (item?.reviewDays ?? 0))
        let horizon = min(max(cover, Self.horizon.lowerBound), Self.horizon.upperBound)
        let forecast = forecastDemand(values[...], period: Self.week, horizon: horizon, serviceLevel: serviceLevel)
        return DemandForecast(
            forecast, of: sku, from: today, historyDays: values.count, serviceLevel: serviceLevel)
    }
}
