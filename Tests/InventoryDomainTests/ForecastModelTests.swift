@testable import InventoryDomain
import Testing

/// Every model beside statsmodels or statsforecast, which had the same parameters and the same start.
@Suite("Forecast models") struct ForecastModelTests {
    private typealias Fixtures = ForecastFixtures

    @Test(arguments: ForecastFixtures.all.models)
    func modelSaysWhatTheReferenceSays(_ reference: ForecastFixtures.Reference) throws {
        let values = Fixtures.all.values(reference.series)
        try #require(!values.isEmpty)
        var model = try #require(reference.made)
        let wanted = Dictionary(
            uniqueKeysWithValues: (reference.oneStep ?? []).filter { $0.count == 2 }.map { (Int($0[0]), $0[1]) })
        for (place, value) in values.enumerated() {
            if let expected = wanted[place] { #expect(isClose(model.expect(1), expected), "place \(place)") }
            model.observe(value)
        }
        for (step, expected) in reference.forecast.enumerated() {
            #expect(isClose(model.expect(step + 1), expected), "step \(step + 1)")
        }
    }

    @Test func everyModelHasAReference() {
        #expect(
            Set(Fixtures.all.models.map(\.model)) == [
                "naive", "seasonal-naive", "moving-average", "ses", "holt", "holt-winters-additive",
                "holt-winters-multiplicative", "croston", "sba", "tsb",
            ])
    }

    @Test(arguments: ForecastFixtures.all.optima)
    func fittedParametersAreAsGoodAsTheReference(_ optimum: ForecastFixtures.Optimum) throws {
        let values = Fixtures.all.values(optimum.series)[...]
        let error =
            optimum.method == "ses"
            ? fitLevel(to: values, period: optimum.period).squaredError(over: values)
            : fitTrend(to: values, phi: 1...1).squaredError(over: values)
        #expect(error <= optimum.squaredError * 1.001)
    }

    @Test(arguments: [(0.9, 1.281552), (0.95, 1.644854), (0.975, 1.959964), (0.1, -1.281552), (0.5, 0)])
    func normalQuantilesAreThoseOfTheTables(_ probability: Double, _ quantile: Double) {
        #expect(abs(standardNormalQuantile(probability) - quantile) < 0.00045)
    }

    @Test(arguments: [
        (0.025, -19.0), (0.1, -16.0), (0.5, 0.0), (0.9, 16.0), (0.975, 19.0),
    ])
    func quantilesLeaveRoomForTheNextError(_ probability: Double, _ quantile: Double) {
        // Of 39 errors from −19 to 19 the next is equally likely in any of the 40 gaps.
        let sample = ErrorSample((-19...19).map(Double.init))
        #expect(sample.quantile(probability) == quantile)
    }

    @Test func fewErrorsAreWidenedByTheNormalDistribution() {
        let sample = ErrorSample([-1, 0, 1])
        #expect(abs(sample.quantile(0.975) - 1.959964 * (4.0 / 3).squareRoot()) < 0.001)
        #expect(ErrorSample([-1, 0, 50]).quantile(0.9) >= 50)
        #expect(ErrorSample([]).quantile(0.9) == 0)
    }

    private func isClose(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 1e-6 * max(abs(expected), 1e-9)
    }
}

extension ForecastFixtures.Reference {
    /// Our model with the reference's parameters; `nil` for an unknown name.
    fileprivate var made: (any DemandModel)? {
        func parameter(_ name: String) -> Double { parameters[name] ?? .nan }
        switch model {
        case "naive": return NaiveModel()
        case "seasonal-naive": return SeasonalNaiveModel(period: Int(parameter("period")))
        case "moving-average": return MovingAverageModel(window: Int(parameter("window")))
        case "ses": return LevelModel(alpha: parameter("alpha"), level: initial?.level ?? .nan)
        case "holt":
            return TrendModel(
                alpha: parameter("alpha"), beta: parameter("beta"), phi: parameter("phi"),
                level: initial?.level ?? .nan, trend: initial?.trend ?? .nan)
        case "holt-winters-additive", "holt-winters-multiplicative":
            return SeasonalModel(
                alpha: parameter("alpha"), beta: parameter("beta"), gamma: parameter("gamma"), phi: parameter("phi"),
                isMultiplicative: model.hasSuffix("multiplicative"), level: initial?.level ?? .nan,
                trend: initial?.trend ?? .nan, season: initial?.seasonal ?? [])
        case "croston": return CrostonModel(alpha: parameter("alpha"))
        case "sba": return CrostonModel(alpha: parameter("alpha"), correction: 1 - parameter("alpha") / 2)
        case "tsb":
            return FadingModel(
                sizeAlpha: parameter("alphaDemand"), chanceAlpha: parameter("alphaProbability"))
        default: return nil
        }
    }
}
