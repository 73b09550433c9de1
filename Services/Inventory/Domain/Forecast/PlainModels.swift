/// Expects the last value again.
struct NaiveModel: DemandModel {
    private var last = 0.0

    mutating func observe(_ value: Double) { last = value }
    func expect(_ step: Int) -> Double { last }
}

/// Expects what was a period ago: the baseline that every other model has to beat.
struct SeasonalNaiveModel: DemandModel {
    private var recent: Ring

    init(period: Int) { recent = Ring(count: period) }

    mutating func observe(_ value: Double) { recent.append(value) }
    func expect(_ step: Int) -> Double { recent[ahead: step] }
}

/// Expects the mean of the last values.
struct MovingAverageModel: DemandModel {
    private var recent: Ring
    private var seen = 0

    init(window: Int) { recent = Ring(count: window) }

    mutating func observe(_ value: Double) {
        recent.append(value)
        seen += 1
    }

    func expect(_ step: Int) -> Double {
        let count = min(seen, recent.count)
        return count == 0 ? 0 : recent.sum / Double(count)
    }
}

/// The last values of a series, the oldest of which makes room for the newest; zeros before any came.
struct Ring: Sendable {
    private var values: [Double]
    private var next = 0

    init(count: Int) { values = [Double](repeating: 0, count: count) }

    init(_ values: [Double]) { self.values = values }

    var count: Int { values.count }
    /// Added up anew: a running sum would drift.
    var sum: Double { values.reduce(0, +) }

    mutating func append(_ value: Double) {
        values[next] = value
        next = next + 1 == values.count ? 0 : next + 1
    }

    /// The value at the same place of the period as the one `step` after the last.
    subscript(ahead step: Int) -> Double {
        step == 1 ? values[next] : values[(next + step - 1) % values.count]
    }
}
