/// The requests of one connection that wait for the broker, and the answers that wait for the client.
struct Exchange {
    /// Reading from a client stops while it has so many requests without an answer.
    static let maximumPendingRequests = 1_000

    private struct Pending {
        let request: KafkaRequest
        /// How many writes the journal knew when the request passed.
        let journalSequence: UInt64
    }

    private var pending: [Pending] = []
    var answers = AnswerQueue()

    var isFull: Bool { pending.count >= Self.maximumPendingRequests }

    /// Remembers a request that is about to go to the broker.
    mutating func note(request frame: [UInt8], traffic: inout Traffic) {
        guard let request = try? KafkaRequest(frame) else { return }  // The broker refuses what has no header.
        if case .produce(let produce) = request.kind, !produce.expectsAnswer {
            // Nobody will say when it is done: wake the readers now. One that asks too early waits for its MaxWait.
            traffic.journal.note(produce.partitions)
        } else {
            pending.append(Pending(request: request, journalSequence: traffic.journal.sequence))
        }
    }

    /// Queues the broker's answer for the client.
    ///
    /// - Returns: False when a fault wants this answer lost and the connection cut.
    mutating func take(answer frame: [UInt8], traffic: inout Traffic, at now: ContinuousClock.Instant) -> Bool {
        var frame = frame
        var hold: FetchHold?
        let asked = takePending(for: frame)
        switch asked?.request.kind {
        case .produce(let produce):
            traffic.journal.note(produce.partitions)
            if traffic.faults.produceAnswersToDrop > 0 {
                traffic.faults.produceAnswersToDrop -= 1
                return false
            }
        case .endTransaction:
            traffic.journal.note(.all)
        case .fetch(let fetch):
            let sequence = asked?.journalSequence ?? 0
            hold = Self.hold(for: frame, fetch: fetch, asked: sequence, traffic: traffic, at: now)
        case .endpoints(let rewrite):
            rewrite.apply(to: &frame, port: traffic.port)
        case .other, nil:
            break
        }
        answers.append(frame, notBefore: now + traffic.faults.answerDelay, hold: hold)
        return true
    }

    private mutating func takePending(for frame: [UInt8]) -> Pending? {
        var reader = FrameReader(frame, from: 4)
        guard let correlationID = try? reader.integer(Int32.self),
            let index = pending.firstIndex(where: { $0.request.correlationID == correlationID })
        else { return nil }
        return pending.remove(at: index)
    }
}

extension Exchange {
    /// How long an answer to a fetch waits: only an empty one does, and only if nothing was written since it was asked.
    private static func hold(
        for frame: [UInt8], fetch: FetchRequest, asked: UInt64, traffic: Traffic, at now: ContinuousClock.Instant
    ) -> FetchHold? {
        switch FetchAnswer(frame, version: fetch.version) {
        case .records, .failed:
            return nil
        case .unknown:
            return FetchHold(until: now + min(Traffic.holdOfUnknownVersion, traffic.maximumHold), partitions: .all)
        case .empty:
            guard !traffic.journal.changed(fetch.partitions, since: asked) else { return nil }
            let wait = min(.milliseconds(fetch.maximumWaitMilliseconds), traffic.maximumHold)
            return FetchHold(until: now + wait, partitions: fetch.partitions)
        }
    }
}
