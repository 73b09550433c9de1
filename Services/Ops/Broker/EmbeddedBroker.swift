public import Logging

/// noida with our front before it: a Kafka broker for a laptop, for tests and for continuous integration.
///
/// - Source: DESIGN, "What was measured of the brokers".
public final class EmbeddedBroker: Sendable {
    public struct Settings: Sendable {
        /// What clients connect to on 127.0.0.1; 0 takes a free port.
        public var port: UInt16
        public var dataDirectory: String
        /// The path of the program `noida-db`, the binary inside the wheel.
        public var noidaExecutable: String
        /// The longest time an empty fetch waits, beside its own MaxWait.
        public var maximumHoldMilliseconds: Int

        public init(port: UInt16, dataDirectory: String, noidaExecutable: String, maximumHoldMilliseconds: Int = 500) {
            self.port = port
            self.dataDirectory = dataDirectory
            self.noidaExecutable = noidaExecutable
            self.maximumHoldMilliseconds = maximumHoldMilliseconds
        }
    }

    /// For its fault switches.
    public let front: BrokerFront
    /// For its process id.
    public let noida: NoidaProcess

    /// - Throws: `BrokerError` when the port is taken or the data directory cannot be made.
    public init(_ settings: Settings, logger: Logger = Logger(label: "broker")) throws(BrokerError) {
        let noida = try NoidaProcess(
            executable: settings.noidaExecutable, dataDirectory: settings.dataDirectory, logger: logger)
        self.noida = noida
        front = try BrokerFront(port: settings.port, maximumHold: .milliseconds(settings.maximumHoldMilliseconds)) {
            noida.port
        }
    }

    public var port: UInt16 { front.port }

    /// Returns when clients are served.
    ///
    /// - Throws: `BrokerError` when noida does not answer in time; nothing runs then.
    public func start() throws(BrokerError) {
        try noida.start()
        do throws(BrokerError) {
            try front.start()
        } catch {
            noida.stop()
            throw error
        }
    }

    /// Cuts the clients, then stops noida, which keeps its data. Returns when both are gone.
    public func stop() {
        front.stop()
        noida.stop()
    }

    /// Runs until SIGTERM or SIGINT, then stops in order: what `ops broker` does.
    ///
    /// - Parameter accompany: Starts what works beside the broker on its port; answers how it is stopped.
    public static func run(
        _ settings: Settings, logger: Logger = Logger(label: "broker"),
        accompanied accompany: (_ port: UInt16) -> () -> Void = { _ in {} }
    ) throws(BrokerError) {
        let signal = try StopSignal()
        let broker = try EmbeddedBroker(settings, logger: logger)
        try broker.start()
        logger.info("front is ready", metadata: ["address": "127.0.0.1:\(broker.port)"])
        let stopCompanion = accompany(broker.port)
        signal.wait()
        stopCompanion()
        broker.stop()
    }
}
