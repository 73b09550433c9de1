public import Contracts

/// One thing that happens to a service under test.
public struct ConformanceStep: Sendable {
    enum Event: Sendable {
        case publish(Publication)
        case pass(Duration)
    }

    struct Publication: Sendable {
        let value: [UInt8]?
        let type: String
        let topic: Topic
        let key: String
        var id: String
    }

    var event: Event

    /// A message as its sender publishes it.
    public static func message<M: Message>(_ message: M, on topic: Topic, key: String) -> ConformanceStep {
        raw(message.jsonBytes, type: M.type, on: topic, key: key)
    }

    /// Another service's fact under its own topic and key.
    public static func fact<F: Fact>(_ fact: F) -> ConformanceStep {
        message(fact, on: fact.topic, key: fact.key)
    }

    /// A command on the service's topic.
    public static func command<C: HeadedCommand>(_ command: C, to service: String) -> ConformanceStep {
        message(command, on: .commands(of: service), key: command.key)
    }

    /// Any bytes, also such as no service can read.
    public static func raw(_ value: [UInt8]?, type: String, on topic: Topic, key: String) -> ConformanceStep {
        ConformanceStep(event: .publish(Publication(value: value, type: type, topic: topic, key: key, id: "")))
    }

    /// Everything so far is handled, then time passes, then what is due is handled.
    public static func pass(_ duration: Duration) -> ConformanceStep { ConformanceStep(event: .pass(duration)) }

    /// One list after the other; long sums of lists cost the compiler more time than it has.
    public static func joined(_ lists: [ConformanceStep]...) -> [ConformanceStep] { lists.flatMap { $0 } }
}

/// The steps of a conformance run, each message with an id of its own.
struct ConformanceScript {
    let steps: [ConformanceStep]

    init(_ steps: [ConformanceStep]) {
        self.steps = steps.enumerated().map { index, step in
            guard case .publish(var publication) = step.event else { return step }
            publication.id = "message-\(index)"
            return ConformanceStep(event: .publish(publication))
        }
    }

    /// Every message so many times in a row.
    ///
    /// - Parameter anew: What comes from outside has an event id of its own each time; facts keep theirs.
    func repeated(_ times: Int, anew: Bool = false) -> [ConformanceStep] {
        steps.flatMap { step -> [ConformanceStep] in
            guard case .publish(let publication) = step.event else { return [step] }
            let isFromOutside = publication.topic.kind != .fact
            return (0..<times).map { time in
                var repetition = publication
                if anew, isFromOutside, time > 0 { repetition.id += "#\(time)" }
                return ConformanceStep(event: .publish(repetition))
            }
        }
    }

    /// Another order between two passes; what shares a topic and a key, or a topic of one partition, keeps its order.
    func shuffled(seed: UInt64) -> [ConformanceStep] {
        var random = SeededRandom(seed)
        var shuffled: [ConformanceStep] = []
        var segment: [ConformanceStep] = []
        for step in steps {
            if case .pass = step.event {
                shuffled += Self.interleaved(segment, &random) + [step]
                segment.removeAll()
            } else {
                segment.append(step)
            }
        }
        return shuffled + Self.interleaved(segment, &random)
    }

    private static func interleaved(_ steps: [ConformanceStep], _ random: inout SeededRandom) -> [ConformanceStep] {
        var queues = Dictionary(grouping: steps) { step in
            guard case .publish(let publication) = step.event else { return "" }
            let topic = publication.topic
            return topic.kind == .reference ? topic.name : "\(topic.name) \(publication.key)"
        }
        var interleaved: [ConformanceStep] = []
        while let name = queues.keys.sorted().randomElement(using: &random), var queue = queues[name] {
            interleaved.append(queue.removeFirst())
            queues[name] = queue.isEmpty ? nil : queue
        }
        return interleaved
    }
}

/// The same numbers from the same seed in every run.
///
/// - Source: Vigna's SplitMix64.
public struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    public init(_ seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
