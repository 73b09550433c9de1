import Foundation
import InventoryDomain
import Synchronization

/// Forecasts of public series beside those of others, as `forecasts.json` of the tests holds them; then many SKUs, timed.
struct ForecastBench {
    private struct Fixtures: Decodable {
        struct Series: Decodable { let values: [Double] }
        struct Split: Decodable {
            let series: String
            let period: Int
            let horizon: Int
            let origin: Int
            let autoETS: [Double]
            let crostonOptimized: [Double]
            let seasonalNaive: [Double]
        }
        let series: [String: Series]
        let splits: [Split]
    }

    private let fixtures: Fixtures

    init(file: String) throws {
        fixtures = try JSONDecoder().decode(Fixtures.self, from: Data(contentsOf: URL(filePath: file)))
    }

    /// WAPE, MASE and RMSSE, each the mean over a series' origins, then coverage.
    func compare() {
        print("\(pad("series", 16))\(pad("origins", 9))\(pad("by", 20))\(pad("WAPE", 9))\(pad("MASE", 9))RMSSE")
        var totals: [String: [Double]] = [:]
        for name in ["AirPassengers", "ausbeer", "ausair", "cdnow"] {
            let splits = fixtures.splits.filter { $0.series == name }
            var sums: [String: [ErrorSums]] = [:]
            for split in splits {
                let values = fixtures.series[name]?.values ?? []
                let seen = values[..<split.origin]
                let ours = forecastDemand(seen, period: split.period, horizon: split.horizon).expected
                let all = [
                    ("Tributary", ours), ("AutoETS", split.autoETS), ("CrostonOptimized", split.crostonOptimized),
                    ("seasonal naive", split.seasonalNaive),
                ]
                for (method, forecast) in all {
                    var errors = ErrorSums(training: seen, period: split.period)
                    for (expected, value) in zip(forecast, values[split.origin...]) { errors.add(expected, for: value) }
                    sums[method, default: []].append(errors)
                    totals[method, default: []].append(errors.rmsse ?? .nan)
                }
            }
            for method in ["Tributary", "AutoETS", "CrostonOptimized", "seasonal naive"] {
                let errors = sums[method] ?? []
                let figures = [errors.map(\.wape), errors.map(\.mase), errors.map(\.rmsse)].map { column in
                    text(mean(column.compactMap { $0 }))
                }
                print(
                    pad(name, 16) + pad("\(splits.count)", 9) + pad(method, 20)
                        + figures.map { pad($0, 9) }.joined())
            }
        }
        for (method, errors) in totals.sorted(by: { $0.key < $1.key }) {
            print(pad("all", 16) + pad("\(errors.count)", 9) + pad(method, 38) + text(mean(errors)))
        }
        coverage()
    }

    private func coverage() {
        var (in80, in95, count) = (0, 0, 0)
        for (name, period, horizon) in [
            ("AirPassengers", 12, 6), ("ausbeer", 4, 8), ("cdnow", 7, 14), ("ausair", 1, 4),
        ] {
            let values = fixtures.series[name]?.values ?? []
            for origin in stride(from: values.count / 2, through: values.count - horizon, by: max(1, horizon / 3)) {
                let forecast = forecastDemand(values[..<origin], period: period, horizon: horizon)
                for (step, value) in values[origin..<(origin + horizon)].enumerated() {
                    count += 1
                    in80 += forecast.interval80[step].contains(value) ? 1 : 0
                    in95 += forecast.interval95[step].contains(value) ? 1 : 0
                }
            }
        }
        let shares = [in80, in95].map { text(100 * Double($0) / Double(count)) }
        print(
            "held-back values inside the 80 % interval: \(shares[0]) %, inside the 95 % interval: \(shares[1]) % of \(count)"
        )
    }

    /// Half of the SKUs sell every day with a weekly season, half now and then.
    static func time(skus: Int, days: Int, threads: Int) {
        let start = ContinuousClock.now
        let methods = Mutex<[String: Int]>([:])
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for number in stride(from: thread, to: skus, by: threads) {
                let method = forecastDemand(demand(number, days)[...], period: 7, horizon: 28).method.rawValue
                methods.withLock { $0[method, default: 0] += 1 }
            }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let chosen = methods.withLock { $0 }.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        print(
            "{\"skus\":\(skus),\"days\":\(days),\"threads\":\(threads),\"seconds\":\(text(seconds)),\"chosen\":{\(chosen.joined(separator: ","))}}"
        )
    }

    private static func demand(_ number: Int, _ days: Int) -> [Double] {
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(UInt32.max >> 1)
        }
        let level = 2 + Double(number % 50)
        return (0..<days).map { day in
            if number % 2 == 1 { return next() < 0.15 ? 1 + (next() * 4).rounded(.down) : 0 }
            let season = 1 + 0.4 * Double((day % 7) - 3) / 3
            return (level * season * (0.5 + next())).rounded()
        }
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
    private func text(_ value: Double) -> String { Self.text(value) }
    private static func text(_ value: Double) -> String { String(format: "%.3f", value) }
    private func pad(_ text: String, _ width: Int) -> String {
        text.padding(toLength: width, withPad: " ", startingAt: 0)
    }
}
