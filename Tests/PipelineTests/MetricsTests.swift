import CoreMetrics
@testable import Pipeline
import Testing

@Suite("Metrics") struct MetricsTests {
    private static func sample() -> PrometheusMetrics {
        let metrics = PrometheusMetrics()
        for (outcome, count) in [("handled", 3), ("dead", 1)] {
            metrics.makeCounter(
                label: "tributary_messages_total", dimensions: [("service", "intake"), ("outcome", outcome)]
            ).increment(by: Int64(count))
        }
        metrics.makeCounter(label: "odd_total", dimensions: [("text", "a \"b\" \\ c\nd")]).increment(by: 1)
        metrics.makeMeter(label: "tributary_backlog", dimensions: []).set(2.5)
        let timer = metrics.makeTimer(label: "tributary_batch_seconds", dimensions: [("service", "intake")])
        for milliseconds in [1, 3, 20_000] { timer.recordNanoseconds(Int64(milliseconds) * 1_000_000) }
        return metrics
    }

    /// Prometheus text exposition format 0.0.4, line by line.
    @Test func expositionKeepsPrometheusGrammar() throws {
        let name = "[a-zA-Z_:][a-zA-Z0-9_:]*"
        let label = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\""
        let line = try Regex(
            "# (HELP \(name) .+|TYPE \(name) (counter|gauge|histogram))|"
                + "\(name)(\\{\(label)(,\(label))*\\})? [-+]?([0-9.]+(e[-+][0-9]+)?|Inf|NaN)")
        let exposition = Self.sample().exposition
        #expect(exposition.hasSuffix("\n"))
        for text in exposition.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            #expect(try line.wholeMatch(in: text) != nil, "\(text)")
        }
        #expect(try line.wholeMatch(in: "bad-name 1") == nil)
        #expect(try line.wholeMatch(in: "name{label=\"a\"b\"} 1") == nil)
    }

    @Test func everyMetricIsDescribedOnceBeforeItsValues() {
        let lines = Self.sample().exposition.split(separator: "\n").map(String.init)
        let types = lines.filter { $0.hasPrefix("# TYPE") }
        #expect(types.count == 4 && Set(types).count == 4)
        #expect(lines.filter { $0.hasPrefix("# HELP") }.count == 4)
        #expect(lines.first { !$0.hasPrefix("#") } == "odd_total{text=\"a \\\"b\\\" \\\\ c\\nd\"} 1")
    }

    @Test func bucketsAreCumulativeAndEndWithAll() {
        let lines = Self.sample().exposition.split(separator: "\n").map(String.init)
        func value(_ start: String) -> String? {
            lines.first { $0.hasPrefix(start) }?.split(separator: " ").last.map(String.init)
        }
        #expect(value("tributary_batch_seconds_bucket{service=\"intake\",le=\"0.001\"}") == "1")
        #expect(value("tributary_batch_seconds_bucket{service=\"intake\",le=\"0.005\"}") == "2")
        #expect(value("tributary_batch_seconds_bucket{service=\"intake\",le=\"10.0\"}") == "2")
        #expect(value("tributary_batch_seconds_bucket{service=\"intake\",le=\"+Inf\"}") == "3")
        #expect(value("tributary_batch_seconds_count{service=\"intake\"}") == "3")
        #expect(value("tributary_batch_seconds_sum{service=\"intake\"}") == "20.004")
    }

    @Test func sameNameAndLabelsAreOneSeries() {
        let metrics = PrometheusMetrics()
        for _ in 0..<2 { metrics.makeCounter(label: "x_total", dimensions: [("a", "b")]).increment(by: 1) }
        #expect(metrics.exposition.contains("x_total{a=\"b\"} 2\n"))
    }
}
