import Synchronization

/// A loopback proxy in front of a Kafka broker that answers empty fetches at once.
///
/// It holds an empty Fetch answer until the request's MaxWait has passed or a partition of the request was written to,
/// whichever is first; it names itself in answers that name brokers; everything else passes byte for byte, in order.
/// So an idle consumer costs two fetches a second in place of ten thousand and still learns of new records at once.
///
/// The fault switches are for tests: each returns when it has taken effect.
///
/// - Source: DESIGN, "What was measured of the brokers".
public final class BrokerFront: Sendable {
    /// The port clients connect to.
    public let port: UInt16
    private let state: Mutex<FrontState>
    private let bell: Bell
    private let thread = Mutex<OwnThread?>(nil)

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - maximumHold: Upper limit of a hold, beside the request's own MaxWait.
    ///   - upstreamPort: Where the broker listens on 127.0.0.1, asked for each new connection; nil while it is away.
    /// - Throws: `BrokerError` when the port is taken.
    public init(
        port: UInt16, maximumHold: Duration = .milliseconds(500), upstreamPort: @escaping @Sendable () -> UInt16?
    ) throws(BrokerError) {
        let listener = try LoopbackSocket.listen(port: port)
        self.port = try LoopbackSocket.port(of: listener)
        bell = try Bell()
        let traffic = Traffic(port: self.port, maximumHold: maximumHold)
        state = Mutex(FrontState(listener: listener, traffic: traffic, upstreamPort: upstreamPort))
    }

    /// Starts the thread that serves.
    public func start() throws(BrokerError) {
        let started = try OwnThread { [self] in serve() }
        thread.withLock { $0 = started }
    }

    /// Closes every connection and ends the thread.
    public func stop() {
        change { state in
            state.isStopping = true
            state.cutAll()
        }
        thread.withLock { $0 }?.join()
    }

    /// How many clients are connected.
    public var connectionCount: Int { state.withLock { $0.connectionCount } }

    /// The lock is free while the thread waits, so that a fault takes effect at once.
    private func serve() {
        // Bounded: ends with `stop`.
        while true {
            guard var interests = state.withLock({ $0.isStopping ? nil : $0.interests(bell: bell) }) else { return }
            let ready = interests.wait()
            state.withLock { $0.handle(ready, bell: bell, at: .now) }
        }
    }

    private func change(_ body: (inout FrontState) -> Void) {
        state.withLock { body(&$0) }
        bell.ring()
    }
}

extension BrokerFront {
    /// Closes every connection now.
    public func cutAll() {
        change { $0.cutAll() }
    }

    /// Closes each new connection at once, until called with false. Open ones stay.
    public func refuse(_ refuses: Bool) {
        change { $0.traffic.faults.refusesConnections = refuses }
    }

    /// Lets every answer come so much later; 0 ends it.
    public func delay(milliseconds: Int) {
        change { $0.traffic.faults.answerDelay = .milliseconds(milliseconds) }
    }

    /// Ends the answers of every open connection; what the clients send still reaches the broker.
    public func halfClose() {
        change { $0.halfCloseAll() }
    }

    /// Passes the next `count` Produce requests on, swallows each answer and cuts its connection.
    public func dropProduceAnswers(next count: Int) {
        change { $0.traffic.faults.produceAnswersToDrop = count }
    }

    /// Cuts the connection that carries the `byteCount`th byte of answers from now on, after that byte. Once.
    public func cutAfter(byteCount: Int) {
        change { $0.traffic.faults.answerBytesUntilCut = byteCount }
    }
}
