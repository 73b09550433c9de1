public import Contracts
import Kafka
import Logging
import Synchronization

/// A message from outside, ready for the inbound topic that its channel would publish it on.
public struct OutsideMessage: Sendable {
    public let topic: Topic
    /// The business key of CONTRACTS section 2.
    public let key: String
    /// Empty for a tombstone.
    public let value: [UInt8]
    /// A record without a value: on a reference topic it ends what its key names.
    public let isTombstone: Bool
    public let envelope: Envelope

    public init(topic: Topic, key: String, value: [UInt8], envelope: Envelope) {
        self.topic = topic
        self.key = key
        self.value = value
        self.envelope = envelope
        isTombstone = false
    }

    /// Ends what a key names.
    public init(ending key: String, on topic: Topic, envelope: Envelope) {
        self.topic = topic
        self.key = key
        value = []
        self.envelope = envelope
        isTombstone = true
    }
}

/// What became of a message that was handed to the publisher.
public enum PublishOutcome: Sendable, Equatable {
    /// The broker has it as durably as `acks=all` asks.
    case acknowledged
    /// The broker does not take records of its size.
    case tooLarge
    /// Not acknowledged: it may have been stored all the same, so the sender has to come again with the same id.
    case unavailable(String)
}

/// Publishes what comes in by another way than Kafka on the inbound topics, as the channel itself would.
///
/// It is no second sender of facts: those leave through outbox and relay alone. Any task may publish; one thread owns
/// the producer. At most `limit` messages are on their way, a further one is answered at once.
/// - Source: DESIGN section 1 (an `App` does not produce), section 2 "Outbox and relay".
public final class InboundPublisher: Sendable {
    private struct Waiting {
        let message: OutsideMessage
        let answer: CheckedContinuation<PublishOutcome, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var count = 0
        var isOpen = true
    }

    public static let limit = 10_000
    private let state = Mutex(State())
    private let wakeUp: WakeUp
    private let patience: Duration

    /// - Parameters:
    ///   - wakeUp: Wakes the thread that `run` is on.
    ///   - patience: How long after a failure the process says it is not ready. Whoever is not ready is asked nothing, so
    ///     only then the next message tries.
    public init(wakeUp: WakeUp = WakeUp(), patience: Duration = .seconds(5)) {
        self.wakeUp = wakeUp
        self.patience = patience
    }

    /// Returns when the broker has acknowledged the message, or will not.
    public func publish(_ message: OutsideMessage) async -> PublishOutcome {
        await withCheckedContinuation { answer in
            let refusal = state.withLock { state -> PublishOutcome? in
                guard state.isOpen else { return .unavailable("the service is stopping") }
                guard state.count < Self.limit else { return .unavailable("too many messages wait for the broker") }
                state.count += 1
                state.waiting.append(Waiting(message: message, answer: answer))
                return nil
            }
            if let refusal { answer.resume(returning: refusal) } else { wakeUp.call() }
        }
    }

    /// Sends and answers on the calling thread until told to stop; then finishes what is in hand.
    ///
    /// - Parameter makeSink: Again after a fatal error, which every message on its way is answered with.
    /// - Errors: Those of `makeSink`; everybody who waits is answered before.
    public func run(_ stop: StopFlag, health: Health, makeSink: () throws -> any RecordSink) throws {
        defer { close() }
        var sending = Sending(sink: try makeSink(), health: health)
        defer { sending.sink.close() }
        while !stop.isRequested || !sending.isIdle || hasWaiting {
            if stop.isRequested { state.withLock { $0.isOpen = false } }
            for waiting in take() { settle(sending.send(waiting.message, waiting.answer)) }
            if let fatal = sending.sink.fatalError {
                Logger(label: "publisher").warning("starting over", metadata: ["error": "\(fatal)"])
                settle(sending.giveUp("\(fatal)"))
                sending.sink.close()
                sending.sink = try makeSink()
            } else if sending.isIdle {
                sending.forgive(after: patience)
                wakeUp.wait(milliseconds: 100)
            } else {
                settle(sending.takeDeliveries())
            }
        }
    }

    /// Messages that wait for their answer.
    var count: Int { state.withLock { $0.count } }

    private var hasWaiting: Bool { state.withLock { !$0.waiting.isEmpty } }

    private func take() -> [Waiting] {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    private func settle(_ answered: Int) {
        if answered > 0 { state.withLock { $0.count -= answered } }
    }

    private func close() {
        let left = state.withLock { state in
            state.isOpen = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiting in left { waiting.answer.resume(returning: .unavailable("the service is stopping")) }
    }
}

/// What the publisher's thread keeps: the producer, and who waits for which acknowledgement.
private struct Sending {
    var sink: any RecordSink
    private let health: Health
    private var inFlight: [UInt: CheckedContinuation<PublishOutcome, Never>] = [:]
    private var nextToken: UInt = 1
    private var failedAt: ContinuousClock.Instant?
    private static let part = "publisher"

    init(sink: any RecordSink, health: Health) {
        self.sink = sink
        self.health = health
    }

    var isIdle: Bool { inFlight.isEmpty }

    /// - Returns: How many messages have their answer.
    mutating func send(_ message: OutsideMessage, _ answer: CheckedContinuation<PublishOutcome, Never>) -> Int {
        let headers = message.envelope.headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) }
        do throws(KafkaError) {
            try sink.send(
                topic: message.topic.name, key: Array(message.key.utf8),
                value: message.isTombstone ? nil : message.value,
                headers: headers, token: nextToken)
            inFlight[nextToken] = answer
            nextToken += 1
            return 0
        } catch {
            answer.resume(returning: outcome(error))
            return 1
        }
    }

    /// Waits a millisecond at most, because messages may come in meanwhile.
    mutating func takeDeliveries() -> Int {
        var answered = 0
        for delivery in sink.deliveries(timeoutMilliseconds: 1) {
            guard let answer = inFlight.removeValue(forKey: delivery.token) else { continue }
            answer.resume(returning: delivery.error.map { outcome($0) } ?? acknowledged())
            answered += 1
        }
        return answered
    }

    /// Answers everybody who waits with the reason why nothing more will come.
    mutating func giveUp(_ reason: String) -> Int {
        defer { inFlight = [:] }
        for answer in inFlight.values { answer.resume(returning: .unavailable(reason)) }
        return inFlight.count
    }

    mutating func forgive(after patience: Duration) {
        guard let failedAt, ContinuousClock.now - failedAt > patience else { return }
        _ = acknowledged()
    }

    private mutating func acknowledged() -> PublishOutcome {
        if failedAt != nil { health.recovered(Self.part) }
        failedAt = nil
        return .acknowledged
    }

    private mutating func outcome(_ error: KafkaError) -> PublishOutcome {
        if error.isMessageTooLarge { return .tooLarge }
        if failedAt == nil { health.failing(Self.part, "\(error)") }
        failedAt = .now
        return .unavailable(error.name)
    }
}
