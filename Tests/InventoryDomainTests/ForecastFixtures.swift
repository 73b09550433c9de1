import Foundation

/// Series, and what others make of them; `note` and `source` inside say whose values they are.
struct ForecastFixtures: Decodable, Sendable {
    struct Series: Decodable {
        let source: String
        let values: [Double]
    }

    /// A model with given parameters: its forecasts one step ahead, by place, and those from the end.
    struct Reference: Decodable, CustomStringConvertible {
        struct Initial: Decodable {
            let level: Double?
            let trend: Double?
            let seasonal: [Double]?
        }

        let model: String
        let source: String
        let series: String
        let parameters: [String: Double]
        let initial: Initial?
        let oneStep: [[Double]]?
        let forecast: [Double]

        var description: String { "\(model) of \(series) by \(source)" }
    }

    /// The least squared error that another optimiser found from the same start.
    struct Optimum: Decodable, CustomStringConvertible {
        let method: String
        let series: String
        let period: Int
        let squaredError: Double

        var description: String { "\(method) of \(series)" }
    }

    struct Measured: Decodable {
        let series: String
        let origin: Int
        let mase: Double
        let rmsse: Double
        let wape: Double
    }

    /// Forecasts from one origin.
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
    let models: [Reference]
    let optima: [Optimum]
    let accuracies: [Measured]
    let splits: [Split]

    func values(_ name: String) -> [Double] { series[name]?.values ?? [] }

    static let all: ForecastFixtures = {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/forecasts.json")
        do {
            return try JSONDecoder().decode(ForecastFixtures.self, from: Data(contentsOf: file))
        } catch {
            preconditionFailure("\(file.path): \(error)")
        }
    }()
}
