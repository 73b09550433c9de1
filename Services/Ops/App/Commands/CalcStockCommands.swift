import ArgumentParser
import Contracts
import Foundation
import InventoryDomain

struct CalcForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Forecasts a series as inventory does.",
        discussion: """
            The file holds one number per period, oldest first, separated by blanks, commas or new lines; none is negative.
            Prints the method that was chosen, what it expects with its 80 and 95 % intervals, and how it would have done
            on the last periods without having seen them, beside the plain repetition of the season before.
            """)
    @Option(help: "A file with the series, or - for standard input.") var file: String
    @Option(help: "Periods per season: 7 for days, 12 for months, 1 for none.") var period = 7
    @Option(help: "Periods to look ahead.") var horizon = 28
    @Option(name: .customLong("service-level"), help: "Percent of cases in which `needed` is enough.")
    var serviceLevel = 95
    @Flag(help: "One line of JSON, in thousandths.") var json = false

    func validate() throws {
        guard (1...366).contains(period) else { throw ValidationError("--period \(period) is not within 1 to 366") }
        guard (1...366).contains(horizon) else { throw ValidationError("--horizon \(horizon) is not within 1 to 366") }
        guard (50...99).contains(serviceLevel) else {
            throw ValidationError("--service-level \(serviceLevel) is not within 50 to 99")
        }
    }

    func run() throws {
        let text = String(decoding: try CalcFile.read(file), as: UTF8.self)
        do throws(Fault) {
            show(try Self.series(text))
        } catch {
            CalcFile.show(error, json: json)
            throw ExitCode(65)
        }
    }

    static func series(_ text: String) throws(Fault) -> [Double] {
        var values: [Double] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            guard let value = Double(word), value.isFinite, value >= 0 else {
                throw Fault("'\(word)' is not a number of 0 or more", field: "[\(values.count)]")
            }
            values.append(value)
        }
        guard !values.isEmpty else { throw Fault("holds no numbers") }
        return values
    }

    private func show(_ values: [Double]) {
        let level = Double(serviceLevel) / 100
        let forecast = forecastDemand(values[...], period: period, horizon: horizon, serviceLevel: level)
        let kept = DemandForecast(
            forecast, of: file, from: CivilDay(daysSinceEpoch: values.count), historyDays: values.count,
            serviceLevel: level)
        if json {
            print(String(decoding: kept.jsonBytes, as: UTF8.self))
            return
        }
        let plot = DemandPlot(
            history: Array(values.suffix(2 * horizon)), expected: forecast.expected,
            high: forecast.interval95.map(\.upperBound))
        print(plot.lines.joined(separator: "\n"))
        print("method \(forecast.method.rawValue), from \(values.count) values")
        let rows = forecast.expected.indices.map { step in
            [
                "\(step + 1)", Self.text(forecast.expected[step]), Self.text(forecast.interval80[step]),
                Self.text(forecast.interval95[step]), Self.text(forecast.needed[step]),
            ]
        }
        print(Screen.table(["step", "expected", "80 %", "95 %", "needed up to here"], rows))
        print(kept.testLines.joined(separator: "\n"))
    }

    private static func text(_ value: Double) -> String { String(format: "%.2f", value) }
    private static func text(_ range: ClosedRange<Double>) -> String {
        "\(text(range.lowerBound)) to \(text(range.upperBound))"
    }
}

struct CalcRouteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Says from which warehouses an order would be sent, and why.",
        discussion: """
            The file holds one object: "warehouses" (catalog.warehouse.v1), "items" (catalog.item.v1), "stock" (objects with
            "sku", "warehouse", "onHand", "reserved") and "order" with "region" and "lines" ("lineId", "sku", "quantity").
            Prints {"allocations", "routing"}, or {"shortages"} when there is too little. Exit status 65 when the file
            cannot be read so.
            """)
    @Option(help: "A file with warehouses, stock and order, or - for standard input.") var file: String
    @Flag(help: "One line of JSON.") var json = false

    func run() throws {
        let bytes = try CalcFile.read(file)
        do throws(Fault) {
            show(try RouteTrial(JSONDocument.object(bytes)).answer())
        } catch {
            CalcFile.show(error, json: json)
            throw ExitCode(65)
        }
    }

    private func show(_ trial: RouteTrial.Answer) {
        if json {
            let line = JSONWriter.object { writer in
                guard let routing = trial.routing else { return writer.field("shortages", list: trial.shortages) }
                writer.field("allocations", list: trial.allocations)
                writer.field("routing", routing)
            }
            print(String(decoding: line, as: UTF8.self))
            return
        }
        for shortage in trial.shortages {
            print("\(shortage.sku): \(shortage.available) of \(shortage.wanted)")
        }
        guard let routing = trial.routing else { return }
        print("\(routing.why); costs \(routing.cost)")
        for allocation in trial.allocations {
            let pieces = allocation.lines.map { "\($0.quantity) × \($0.sku)" }.joined(separator: ", ")
            print("  \(allocation.warehouse): \(pieces)")
        }
        for other in routing.rejected { print("  not \(other)") }
    }
}
