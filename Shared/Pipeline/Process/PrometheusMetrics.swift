public import CoreMetrics
import Synchronization

/// Keeps what the process counts and measures, and writes it down as Prometheus reads it.
///
/// - Source: Prometheus text exposition format 0.0.4.
public final class PrometheusMetrics: MetricsFactory {
    /// Upper bounds in seconds of every histogram.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    struct Name: Hashable, Comparable {
        let metric: String
        let labels: String

        init(_ label: String, _ dimensions: [(String, String)]) {
            metric = label
            labels = dimensions.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        }

        static func < (left: Name, right: Name) -> Bool {
            (left.metric, left.labels) < (right.metric, right.labels)
        }

        private static func escaped(_ text: String) -> String {
            text.reduce(into: "") { $0 += ["\\": "\\\\", "\"": "\\\"", "\n": "\\n"][$1] ?? String($1) }
        }
    }

    private struct Series {
        var counters: [Name: Counter] = [:]
        var gauges: [Name: Gauge] = [:]
        var histograms: [Name: Histogram] = [:]
    }

    private let series = Mutex(Series())

    public init() {}

    /// Everything, sorted by name.
    public var exposition: String {
        let series = series.withLock { ($0.counters, $0.gauges, $0.histograms) }
        var lines: [String] = []
        var described: Set<String> = []
        func describe(_ name: Name, _ type: String) {
            guard described.insert(name.metric).inserted else { return }
            lines.append("# HELP \(name.metric) \(Self.help(name.metric))")
            lines.append("# TYPE \(name.metric) \(type)")
        }
        for (name, counter) in series.0.sorted(by: { $0.key < $1.key }) {
            describe(name, "counter")
            lines.append("\(name.metric)\(Self.braced(name.labels)) \(counter.value)")
        }
        for (name, gauge) in series.1.sorted(by: { $0.key < $1.key }) {
            describe(name, "gauge")
            lines.append("\(name.metric)\(Self.braced(name.labels)) \(gauge.value)")
        }
        for (name, histogram) in series.2.sorted(by: { $0.key < $1.key }) {
            describe(name, "histogram")
            lines.append(contentsOf: histogram.lines(name))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What a metric says, or the words of its name.
    private static func help(_ metric: String) -> String {
        helpTexts[metric] ?? metric.split(separator: "_").joined(separator: " ")
    }

    private static let helpTexts = [
        "tributary_messages_total": "Messages handled, by outcome.",
        "tributary_facts_total": "Facts decided.",
        "tributary_batch_seconds": "Time from a batch's first message to its commit.",
        "tributary_outbox_sent_total": "Records that the broker has acknowledged.",
    ]

    static func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series.withLock { $0.counters[Name(label, dimensions), setting: Counter()] }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series.withLock { $0.gauges[Name(label, dimensions), setting: Gauge()] }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return series.withLock { $0.histograms[Name(label, dimensions), setting: Histogram()] } }
        return series.withLock { $0.gauges[Name(label, dimensions), setting: Gauge()] }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series.withLock { $0.histograms[Name(label, dimensions), setting: Histogram()] }
    }

    // Handlers live as long as the process: their names are few and known.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}

extension Dictionary {
    fileprivate subscript(key: Key, setting fresh: @autoclosure () -> Value) -> Value {
        mutating get {
            if let value = self[key] { return value }
            let value = fresh()
            self[key] = value
            return value
        }
    }
}

extension PrometheusMetrics {
    final class Counter: CounterHandler {
        private let count = Atomic<Int64>(0)
        var value: Int64 { count.load(ordering: .relaxed) }
        func increment(by amount: Int64) { count.add(amount, ordering: .relaxed) }
        func reset() { count.store(0, ordering: .relaxed) }
    }

    final class Gauge: MeterHandler, RecorderHandler {
        private let current = Mutex(0.0)
        var value: Double { current.withLock { $0 } }
        func set(_ value: Int64) { set(Double(value)) }
        func set(_ value: Double) { current.withLock { $0 = value } }
        func increment(by amount: Double) { current.withLock { $0 += amount } }
        func decrement(by amount: Double) { current.withLock { $0 -= amount } }
        func record(_ value: Int64) { set(Double(value)) }
        func record(_ value: Double) { set(value) }
    }

    /// Seconds; timers bring nanoseconds.
    final class Histogram: TimerHandler, RecorderHandler {
        private struct Values {
            var counts = [Int64](repeating: 0, count: PrometheusMetrics.bounds.count + 1)
            var sum = 0.0
        }

        private let values = Mutex(Values())

        func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
        func record(_ value: Int64) { record(Double(value)) }
        func record(_ value: Double) {
            let slot = PrometheusMetrics.bounds.firstIndex { value <= $0 } ?? PrometheusMetrics.bounds.count
            values.withLock { values in
                values.counts[slot] += 1
                values.sum += value
            }
        }

        func lines(_ name: Name) -> [String] {
            let values = values.withLock { $0 }
            var lines: [String] = []
            var total: Int64 = 0
            let comma = name.labels.isEmpty ? "" : ","
            for (slot, count) in values.counts.enumerated() {
                total += count
                let bound = slot < PrometheusMetrics.bounds.count ? "\(PrometheusMetrics.bounds[slot])" : "+Inf"
                lines.append("\(name.metric)_bucket{\(name.labels)\(comma)le=\"\(bound)\"} \(total)")
            }
            lines.append("\(name.metric)_sum\(PrometheusMetrics.braced(name.labels)) \(values.sum)")
            lines.append("\(name.metric)_count\(PrometheusMetrics.braced(name.labels)) \(total)")
            return lines
        }
    }
}
