import Foundation

/// How far the values came from their forecasts, by how far ahead those looked.
struct Spread {
    /// Errors at one step, value above forecast being positive.
    let errors: [ErrorSample]
    /// Errors of the sum up to a step.
    let sums: [ErrorSample]

    /// From all origins of a back-test. Steps beyond its horizon are as unsure as its last; the error of a sum goes on
    /// growing with its length.
    init(of method: ForecastMethod, in backTest: BackTest, horizon: Int) {
        var errors = [[Double]](repeating: [], count: backTest.horizon)
        var sums = errors
        backTest.forEachOrigin(of: method) { model, came in
            var sum = 0.0
            for (step, value) in came.enumerated() {
                let error = value - max(0, model.expect(step + 1))
                sum += error
                errors[step].append(error)
                sums[step].append(sum)
            }
        }
        let last = backTest.horizon - 1
        self.errors = (0..<horizon).map { ErrorSample(errors[min($0, last)]) }
        self.sums = (0..<horizon).map { step in
            let growth = max(1, Double(step + 1) / Double(last + 1))
            return ErrorSample(sums[min(step, last)].map { $0 * growth })
        }
    }

    /// As if the errors of all steps were alike and independent: those of a sum grow with the root of its length.
    init(sameAtEveryStep sample: [Double], horizon: Int) {
        errors = [ErrorSample](repeating: ErrorSample(sample), count: horizon)
        sums = (1...max(1, horizon)).map { step in
            ErrorSample(sample.map { $0 * Double(step).squareRoot() })
        }
    }
}

/// Errors that were seen, to say how large the next may be.
struct ErrorSample {
    private let sorted: [Double]

    init(_ errors: [Double]) { sorted = errors.sorted() }

    /// What the next error stays below with a probability.
    ///
    /// The next is equally likely at any place among those seen, so the place of the quantile counts one more than
    /// there are (split conformal prediction); a place outside of what was seen is taken from the normal distribution.
    func quantile(_ probability: Double) -> Double {
        let count = Double(sorted.count)
        guard count > 0 else { return 0 }
        let place = (probability * (count + 1)).rounded(probability < 0.5 ? .down : .up)
        if place >= 1, place <= count { return sorted[Int(place) - 1] }
        let normal = normalQuantile(probability)
        return probability < 0.5 ? min(sorted[0], normal) : max(sorted[sorted.count - 1], normal)
    }

    private func normalQuantile(_ probability: Double) -> Double {
        let count = Double(sorted.count)
        let centre = mean(sorted[...])
        let squares = sorted.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
        let deviation = (squares / max(1, count - 1)).squareRoot()
        return centre + standardNormalQuantile(probability) * deviation * (1 + 1 / count).squareRoot()
    }
}

/// The quantile of the standard normal distribution, with an error below 0.00045.
///
/// - Source: Abramowitz and Stegun, 26.2.23.
func standardNormalQuantile(_ probability: Double) -> Double {
    if probability < 0.5 { return -standardNormalQuantile(1 - probability) }
    if probability == 0.5 { return 0 }
    let tail = max(1 - probability, 1e-12)
    let root = (-2 * log(tail)).squareRoot()
    let numerator = 2.515517 + root * (0.802853 + root * 0.010328)
    let denominator = 1 + root * (1.432788 + root * (0.189269 + root * 0.001308))
    return root - numerator / denominator
}
