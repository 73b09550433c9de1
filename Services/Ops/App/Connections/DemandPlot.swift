import Contracts
import Foundation

/// Demand and its forecast as columns of characters: what was asked for, what is expected, and up to where 95 of 100 days
/// may go.
struct DemandPlot {
    private static let rows = 8
    /// More columns than this are drawn two or more periods wide.
    private static let widest = 100
    let lines: [String]

    init(history: [Double], expected: [Double], high: [Double]) {
        let width = (history.count + expected.count - 1) / Self.widest + 1
        let past = Self.joined(history, width)
        let coming = Self.joined(expected, width)
        let limits = Self.joined(high, width)
        let top = max((past + coming + limits).max() ?? 0, 1e-9)
        var lines = (1...Self.rows).reversed().map { row -> String in
            let floor = top * (Double(row) - 0.5) / Double(Self.rows)
            let bars = past.map { $0 >= floor ? "█" : " " }
            let ahead = zip(coming, limits).map { $0 >= floor ? "▒" : $1 >= floor ? "·" : " " }
            let label = row == Self.rows ? String(format: "%8.1f ", top) : String(repeating: " ", count: 9)
            return label + bars.joined() + "│" + ahead.joined()
        }
        let base = [past, coming].map { String(repeating: "─", count: $0.count) }.joined(separator: "┴")
        lines.append(String(repeating: " ", count: 9) + base)
        if width > 1 { lines.append("         \(width) periods a column") }
        self.lines = lines
    }

    /// The mean of so many neighbours each.
    private static func joined(_ values: [Double], _ width: Int) -> [Double] {
        stride(from: 0, to: values.count, by: width).map { start in
            let part = values[start..<min(start + width, values.count)]
            return part.reduce(0, +) / Double(part.count)
        }
    }
}

extension DemandForecast {
    /// How the forecast would have done, for people.
    var testLines: [String] {
        guard let test else { return ["too few values to hold some back: nothing is known of its accuracy"] }
        let rows = [("\(test.method)", test.accuracy), ("last season again", test.baseline)].map { name, accuracy in
            [
                name, Self.percent(accuracy.wape), Self.ratio(accuracy.mase), Self.ratio(accuracy.rmsse),
                Self.percent(accuracy.bias),
            ]
        }
        var lines = ["on the last \(test.days) values, which it had not seen:"]
        lines.append(Screen.table(["", "WAPE", "MASE", "RMSSE", "bias"], rows))
        if test.isBaselineBetter { lines.append("there the plain repetition of the last season was the better choice") }
        return lines
    }

    private static func percent(_ basisPoints: Int64?) -> String {
        basisPoints.map { String(format: "%.1f %%", Double($0) / 100) } ?? "-"
    }

    private static func ratio(_ basisPoints: Int64?) -> String {
        basisPoints.map { String(format: "%.3f", Double($0) / 10_000) } ?? "-"
    }
}
