import Contracts
@testable import InventoryDomain
import Testing

@Suite("Forecast of demand") struct ForecastTests {
    private static let fixtures = ForecastFixtures.all

    // MARK: beside others

    @Test(arguments: ["AirPassengers", "ausbeer", "ausair", "cdnow"])
    func isNotMuchWorseThanOthersOnARealSeries(_ name: String) {
        let splits = Self.fixtures.splits.filter { $0.series == name }
        let ours = Self.meanError(splits) { split, seen in
            forecastDemand(seen, period: split.period, horizon: split.horizon).expected
        }
        #expect(ours <= 1.05 * Self.meanError(splits) { split, _ in split.autoETS })
        #expect(ours <= 1.05 * Self.meanError(splits) { split, _ in split.crostonOptimized })
        #expect(ours < Self.meanError(splits) { split, _ in split.seasonalNaive })
    }

    @Test(arguments: ForecastFixtures.all.accuracies.indices)
    func accuracyIsWhatOthersMeasure(_ index: Int) throws {
        let measured = Self.fixtures.accuracies[index]
        let split = try #require(
            Self.fixtures.splits.first { $0.series == measured.series && $0.origin == measured.origin })
        let sums = Self.errors(of: split.autoETS, split)
        #expect(abs(try #require(sums.wape) / measured.wape - 1) < 1e-9)
        #expect(abs(try #require(sums.mase) / measured.mase - 1) < 1e-9)
        #expect(abs(try #require(sums.rmsse) / measured.rmsse - 1) < 1e-9)
    }

    @Test func intervalsHoldWhatTheyPromiseOnValuesHeldBack() {
        var (in80, in95, met, count, sums) = (0, 0, 0, 0, 0)
        let series = [("AirPassengers", 12, 6), ("ausbeer", 4, 8), ("cdnow", 7, 14), ("ausair", 1, 4)]
        for (name, period, horizon) in series {
            let values = Self.fixtures.values(name)
            for origin in stride(from: values.count / 2, through: values.count - horizon, by: max(1, horizon / 3)) {
                let forecast = forecastDemand(values[..<origin], period: period, horizon: horizon)
                let came = values[origin..<(origin + horizon)]
                for (step, value) in came.enumerated() {
                    count += 1
                    in80 += forecast.interval80[step].contains(value) ? 1 : 0
                    in95 += forecast.interval95[step].contains(value) ? 1 : 0
                }
                sums += 1
                met += came.reduce(0, +) <= forecast.needed[horizon - 1] ? 1 : 0
            }
        }
        #expect((0.75...0.9).contains(Double(in80) / Double(count)), "\(in80) of \(count)")
        #expect((0.9...0.99).contains(Double(in95) / Double(count)), "\(in95) of \(count)")
        #expect(Double(met) / Double(sums) >= 0.9, "\(met) of \(sums)")
    }

    // MARK: the choice

    @Test func baselineIsTakenWhereNothingBeatsIt() {
        let week: [Double] = [12, 3, 4, 0, 9, 30, 1]
        let forecast = forecastDemand((0..<140).map { week[$0 % 7] }[...], period: 7, horizon: 14)
        #expect(forecast.method == .seasonalNaive)
        #expect(forecast.expected == week + week)
        #expect(forecast.test?.accuracy == forecast.test?.baseline)
        #expect(forecast.test?.accuracy.wape == 0)
    }

    @Test func trendIsFollowed() {
        let forecast = forecastDemand((1...100).map(Double.init)[...], period: 7, horizon: 7)
        #expect(abs(forecast.expected[6] - 107) < 0.5)
    }

    @Test func rareDemandIsForecastByItsRate() {
        let values = (0..<200).map { $0 % 10 == 3 ? 5.0 : 0 }
        let forecast = forecastDemand(values[...], period: 7, horizon: 28)
        #expect(abs(forecast.expected.reduce(0, +) / 28 - 0.5) < 0.1)
    }

    @Test func whatIsNoLongerAskedForIsNoLongerExpected() {
        let values = (0..<300).map { $0 < 150 ? Double(3 + $0 % 4) : 0 }
        let forecast = forecastDemand(values[...], period: 7, horizon: 14)
        #expect(forecast.expected.reduce(0, +) < 1)
    }

    // MARK: honesty

    @Test func accuracyIsOfAMethodThatDidNotSeeTheValues() throws {
        var values = Self.fixtures.values("ausbeer")
        let before = try #require(forecastDemand(values[...], period: 4, horizon: 8).test)
        // Two horizons of eight quarters are held back.
        for index in values.count - 16..<values.count { values[index] = 2 * values[index] + 100 }
        let after = try #require(forecastDemand(values[...], period: 4, horizon: 8).test)
        #expect(after.method == before.method)
        #expect(try #require(after.accuracy.wape) > 3 * (try #require(before.accuracy.wape)))
    }

    @Test(arguments: [0, 1, 2, 5, 10])
    func tooShortASeriesHasNoAccuracy(_ count: Int) {
        let forecast = forecastDemand((0..<count).map { Double($0 % 3) }[...], period: 7, horizon: 7)
        #expect(forecast.test == nil)
        #expect(forecast.expected.count == 7)
        #expect(forecast.expected.allSatisfy { $0 >= 0 && $0 <= 2 })
    }

    @Test(arguments: ["AirPassengers", "ausair", "cdnow", "lumpy"])
    func intervalsAreNestedAndNeverNegative(_ name: String) {
        let forecast = forecastDemand(Self.fixtures.values(name)[...], period: 7, horizon: 10)
        for step in 0..<10 {
            #expect(forecast.interval80[step].contains(forecast.expected[step]))
            #expect(forecast.interval95[step].lowerBound <= forecast.interval80[step].lowerBound)
            #expect(forecast.interval95[step].upperBound >= forecast.interval80[step].upperBound)
            #expect(forecast.interval95[step].lowerBound >= 0)
            #expect(forecast.needed[step] >= forecast.expected[0...step].reduce(0, +) - 1e-9)
        }
    }

    /// What a multiplying season makes of nothing is no number.
    @Test(arguments: [1, 10, 28, 60, 100])
    func demandThatEndsIsForecastAllTheSame(_ quietDays: Int) {
        let values = (0..<60).map { Double([3, 4, 5, 4, 6, 9, 8][$0 % 7]) } + [Double](repeating: 0, count: quietDays)
        let forecast = forecastDemand(values[...], period: 7, horizon: 28)
        #expect(forecast.method != .seasonalMultiplicative)
        #expect(forecast.expected.allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(zip(forecast.needed, forecast.needed.dropFirst()).allSatisfy { $0 <= $1 }, "a sum does not fall")
    }

    @Test func noTrendIsDrawnOutOfTheEndOfDemand() {
        var random = SeededGenerator(seed: 4)
        for round in 0..<20 {
            let sold = (0..<60).map { _ in Double(Int.random(in: 1...9, using: &random)) }
            let forecast = forecastDemand((sold + [Double](repeating: 0, count: 29))[...], period: 7, horizon: 28)
            #expect(forecast.expected.reduce(0, +) < 1, "round \(round): \(forecast.method)")
        }
    }

    @Test func everySeriesHasAForecastInNumbers() {
        var random = SeededGenerator(seed: 5)
        for round in 0..<200 {
            let scale: Double = [1, 30, 1e9].randomElement(using: &random) ?? 1
            let quiet = Int.random(in: 0...9, using: &random)
            let values = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                Int.random(in: 0...9, using: &random) < quiet
                    ? 0 : Double.random(in: 0...scale, using: &random).rounded()
            }
            let forecast = forecastDemand(
                values[...], period: .random(in: 1...12, using: &random), horizon: .random(in: 1...40, using: &random))
            let numbers =
                forecast.expected + forecast.needed + forecast.interval95.flatMap { [$0.lowerBound, $0.upperBound] }
            #expect(numbers.allSatisfy { $0.isFinite && $0 >= 0 }, "round \(round): \(values)")
        }
    }

    @Test func nothingAskedForIsNothingExpected() {
        let forecast = forecastDemand([Double](repeating: 0, count: 100)[...], period: 7, horizon: 14)
        #expect(forecast.expected.allSatisfy { $0 == 0 })
        #expect(forecast.needed.allSatisfy { $0 == 0 })
        #expect(forecast.test?.accuracy == ForecastAccuracy(wape: nil, mase: nil, rmsse: nil, bias: nil))
    }

    // MARK: parts

    private static func meanError(
        _ splits: [ForecastFixtures.Split], _ forecast: (ForecastFixtures.Split, ArraySlice<Double>) -> [Double]
    ) -> Double {
        let scaled = splits.map { split in
            let seen = fixtures.values(split.series)[..<split.origin]
            return errors(of: forecast(split, seen), split).rmsse ?? .infinity
        }
        return mean(scaled[...])
    }

    private static func errors(of forecast: [Double], _ split: ForecastFixtures.Split) -> ErrorSums {
        let values = fixtures.values(split.series)
        var sums = ErrorSums(training: values[..<split.origin], period: split.period)
        for (expected, value) in zip(forecast, values[split.origin...]) { sums.add(expected, for: value) }
        return sums
    }
}
