/// Parameters that fit a series: a coarse grid, then the downhill simplex from its best point.
private let smoothingGrid = [0.05, 0.2, 0.5, 0.9]
private let smoothingRange = 0.001...0.999

func fitLevel(to values: ArraySlice<Double>, period: Int) -> LevelModel {
    let level = mean(values.prefix(max(1, period)))
    func model(_ point: [Double]) -> LevelModel { LevelModel(alpha: point[0], level: level) }
    let point = fit(grid: smoothingGrid.map { [$0] }, in: [smoothingRange], evaluations: 40, over: values, model)
    return model(point)
}

func fitTrend(to values: ArraySlice<Double>, phi: ClosedRange<Double>) -> TrendModel {
    let trend = startingTrend(values)
    let level = (values.first ?? 0) - trend
    func model(_ point: [Double]) -> TrendModel {
        TrendModel(
            alpha: point[0], beta: point[1], phi: point.count > 2 ? point[2] : phi.lowerBound, level: level,
            trend: trend)
    }
    var grid = smoothingGrid.flatMap { alpha in [0.01, 0.1, 0.4].map { [alpha, $0] } }
    var box = [smoothingRange, smoothingRange]
    if phi.lowerBound < phi.upperBound {
        grid = grid.map { $0 + [0.9] }
        box.append(phi)
    }
    return model(fit(grid: grid, in: box, evaluations: 80, over: values, model))
}

func fitSeasonal(
    to values: ArraySlice<Double>, period: Int, hasTrend: Bool, isMultiplicative: Bool
) -> SeasonalModel {
    let start = SeasonalStart(values, period: period, hasTrend: hasTrend, isMultiplicative: isMultiplicative)
    func model(_ point: [Double]) -> SeasonalModel {
        SeasonalModel(
            alpha: point[0], beta: hasTrend ? point[2] : 0, gamma: point[1], phi: hasTrend ? point[3] : 1,
            isMultiplicative: isMultiplicative, level: start.level, trend: start.trend, season: start.season)
    }
    var grid = smoothingGrid.flatMap { alpha in [0.02, 0.1, 0.4].map { [alpha, $0] } }
    var box = [smoothingRange, smoothingRange]
    if hasTrend {
        grid = grid.flatMap { point in [(0.01, 0.98), (0.1, 0.9)].map { point + [$0, $1] } }
        box += [smoothingRange, 0.8...1]
    }
    return model(fit(grid: grid, in: box, evaluations: hasTrend ? 100 : 60, over: values, model))
}

func fitCroston(to values: ArraySlice<Double>, correction: (Double) -> Double) -> CrostonModel {
    let models = [0.05, 0.1, 0.15, 0.2, 0.3].map { CrostonModel(alpha: $0, correction: correction($0)) }
    return best(of: models, over: values) ?? models[0]
}

func fitFading(to values: ArraySlice<Double>) -> FadingModel {
    let alphas = [0.02, 0.05, 0.1, 0.2, 0.3]
    let models = alphas.flatMap { size in alphas.map { FadingModel(sizeAlpha: size, chanceAlpha: $0) } }
    return best(of: models, over: values) ?? models[0]
}

private func fit<M: DemandModel>(
    grid: [[Double]], in box: [ClosedRange<Double>], evaluations: Int, over values: ArraySlice<Double>,
    _ model: ([Double]) -> M
) -> [Double] {
    func error(_ point: [Double], atMost limit: Double) -> Double {
        let error = model(point).squaredError(over: values, atMost: limit)
        return error.isNaN ? .infinity : error
    }
    var (start, least) = (grid[0], Double.infinity)
    for point in grid {
        let error = error(point, atMost: least)
        if error < least { (start, least) = (point, error) }
    }
    return findMinimum(from: start, in: box, evaluations: evaluations, error)
}

/// Level, trend and season before the first value, from the first periods.
private struct SeasonalStart {
    let level: Double
    let trend: Double
    let season: [Double]

    init(_ values: ArraySlice<Double>, period: Int, hasTrend: Bool, isMultiplicative: Bool) {
        let values = Array(values.prefix(period * min(4, values.count / period)))
        let periods = values.count / period
        let first = mean(values[..<period])
        let last = mean(values[((periods - 1) * period)...])
        let slope = (last - first) / Double((periods - 1) * period)
        let start = first - slope * Double(period + 1) / 2
        var season = (0..<period).map { place in
            mean(
                stride(from: place, to: values.count, by: period).map { index in
                    let expected = start + slope * Double(index + 1)
                    return isMultiplicative ? values[index] / expected : values[index] - expected
                }[...])
        }
        let centre = mean(season[...])
        season = season.map { isMultiplicative ? $0 / centre : $0 - centre }
        self.season = season
        trend = hasTrend ? slope : 0
        level = hasTrend ? start : first
    }
}

/// The mean step over the first values.
private func startingTrend(_ values: ArraySlice<Double>) -> Double {
    let first = Array(values.prefix(6))
    return first.count < 2 ? 0 : (first[first.count - 1] - first[0]) / Double(first.count - 1)
}

func mean(_ values: ArraySlice<Double>) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}
