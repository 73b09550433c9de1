/// One client's connection and its own connection to the broker.
///
/// Each direction is bounded: a side is not read while what it sent waits above `maximumWaitingBytes` (plus the one
/// frame and the one read that crossed the line).
final class Connection {
    enum Side {
        case client
        case upstream
    }

    static let maximumWaitingBytes = 4 << 20

    private let client: Descriptor
    private let upstream: Descriptor
    private var requestFrames = FrameBuffer()
    private var answerFrames = FrameBuffer()
    private var requests = SendBuffer()
    private var answers = SendBuffer()
    private var exchange = Exchange()
    private var clientEnded = false
    private var upstreamEnded = false
    private var upstreamTold = false
    private var isHalfClosed = false

    /// Nothing more can happen here: drop it, which closes both sockets.
    private(set) var isOver = false

    init(client: Descriptor, upstream: Descriptor) {
        self.client = client
        self.upstream = upstream
    }

    func descriptor(_ side: Side) -> Int32 {
        side == .client ? client.number : upstream.number
    }

    /// Whether bytes from this side are welcome now.
    func wantsToRead(_ side: Side) -> Bool {
        switch side {
        case .client: !clientEnded && requests.count < Self.maximumWaitingBytes && !exchange.isFull
        case .upstream: !upstreamEnded && answers.count + exchange.answers.byteCount < Self.maximumWaitingBytes
        }
    }

    func wantsToWrite(_ side: Side) -> Bool {
        side == .client ? !answers.isEmpty : !requests.isEmpty
    }

    /// When the next answer is due, or nil.
    var deadline: ContinuousClock.Instant? { exchange.answers.deadline }

    /// Answers a held fetch because one of its partitions was written to.
    func wake(for written: PartitionSelection) {
        exchange.answers.endHold(for: written)
    }

    /// Reads once from one side, if it is welcome.
    func read(_ side: Side, traffic: inout Traffic, at now: ContinuousClock.Instant) {
        guard !isOver, wantsToRead(side) else { return }
        switch (side == .client ? client : upstream).receive(into: &traffic.scratch) {
        case .nothingYet: return
        case .failed: isOver = true
        case .end: end(side)
        case .bytes(let count):
            do {
                switch side {
                case .client: try passRequests(count, traffic: &traffic)
                case .upstream: try passAnswers(count, traffic: &traffic, at: now)
                }
            } catch {
                isOver = true
            }
        }
    }

    /// Moves every due answer on, sends what the sockets take, and passes an end on once all before it was sent.
    func pump(traffic: inout Traffic, at now: ContinuousClock.Instant) {
        guard !isOver else { return }
        // Bounded: each round takes one queued answer.
        while let frame = exchange.answers.takeDue(at: now) {
            if !isHalfClosed { answers.append(frame) }
        }
        sendAnswers(&traffic.faults)
        if !requests.send(to: upstream, atMost: .max) { isOver = true }
        if clientEnded && requests.isEmpty && !upstreamTold {
            upstreamTold = true
            upstream.endSending()
        }
        if upstreamEnded && answers.isEmpty && exchange.answers.isEmpty { isOver = true }
    }

    /// Fault: cuts the connection now.
    func cut() {
        isOver = true
    }

    /// Fault: the client reads an end of stream and no further answers, while what it sends still goes to the broker.
    func halfClose() {
        isHalfClosed = true
        answers = SendBuffer()
        client.endSending()
    }
}

extension Connection {
    private func end(_ side: Side) {
        if side == .client { clientEnded = true } else { upstreamEnded = true }
        exchange.answers.endHold()
    }

    private func passRequests(_ count: Int, traffic: inout Traffic) throws(MalformedFrame) {
        requestFrames.append(traffic.scratch[..<count])
        while let frame = try requestFrames.next() {
            exchange.note(request: frame, traffic: &traffic)
            requests.append(frame)
        }
    }

    private func passAnswers(
        _ count: Int, traffic: inout Traffic, at now: ContinuousClock.Instant
    ) throws(MalformedFrame) {
        answerFrames.append(traffic.scratch[..<count])
        while let frame = try answerFrames.next() {
            guard exchange.take(answer: frame, traffic: &traffic, at: now) else {
                isOver = true
                return
            }
        }
    }

    private func sendAnswers(_ faults: inout Faults) {
        let before = answers.count
        if !answers.send(to: client, atMost: faults.answerBytesUntilCut ?? .max) { isOver = true }
        guard let limit = faults.answerBytesUntilCut else { return }
        let left = limit - (before - answers.count)
        faults.answerBytesUntilCut = left > 0 ? left : nil
        if left <= 0 { isOver = true }
    }
}
