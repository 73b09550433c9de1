import Glibc
public import Logging
import Synchronization

/// Runs the broker noida as a child process, starts it again when it dies, and stops it.
///
/// A thread of its own starts the child and waits for it: the child's death signal is bound to that thread.
public final class NoidaProcess: Sendable {
    private struct State {
        var process: pid_t?
        /// Set while the broker answers.
        var port: UInt16?
        var isStopping = false
    }

    private static let readyLimit = Duration.seconds(15)
    private static let pollInterval = Duration.milliseconds(10)
    private static let longestPause = Duration.seconds(5)
    /// A broker that lived so long starts again with the shortest pause.
    private static let steadyAfter = Duration.seconds(30)

    private let launch: NoidaLaunch
    private let logger: Logger
    private let stopLimit: Duration
    private let state = Mutex(State())
    private let stopBell: Bell
    private let readyBell: Bell
    private let endBell: Bell
    private let thread = Mutex<OwnThread?>(nil)

    /// - Parameters:
    ///   - executable: The binary inside the wheel, so that signals reach it and not a script around it.
    ///   - dataDirectory: Created if missing; noida keeps all topics there, and its output in `noida.log`.
    ///   - stopLimit: How long `stop` waits before it kills.
    /// - Throws: `BrokerError` when the directory cannot be made.
    public init(
        executable: String, dataDirectory: String, logger: Logger = Logger(label: "broker"),
        stopLimit: Duration = .seconds(10)
    ) throws(BrokerError) {
        launch = NoidaLaunch(executable: executable, dataDirectory: try DataDirectory.make(dataDirectory))
        self.logger = logger
        self.stopLimit = stopLimit
        stopBell = try Bell()
        readyBell = try Bell()
        endBell = try Bell()
    }

    /// Where the broker listens on 127.0.0.1; nil while it is away. It changes with each start.
    public var port: UInt16? { state.withLock { $0.port } }

    public var processIdentifier: Int32? { state.withLock { $0.process } }

    /// Stops a left-over broker, starts a new one and returns when it answers.
    ///
    /// - Throws: `BrokerError` when it does not answer within 15 seconds; nothing runs then.
    public func start() throws(BrokerError) {
        if let process = LeftOverNoida(dataDirectory: launch.dataDirectory).stop() {
            logger.warning("stopped a left-over broker", metadata: ["process.id": "\(process)"])
        }
        let started = try OwnThread { [self] in supervise() }
        thread.withLock { $0 = started }
        guard readyBell.wait(for: Self.readyLimit) else {
            stop()
            throw BrokerError("noida did not answer in time; see \(launch.dataDirectory)/noida.log")
        }
    }

    /// Sends SIGTERM, on which noida keeps its data; SIGKILL after `stopLimit`. Returns when the process is gone.
    public func stop() {
        signal(SIGTERM) { $0.isStopping = true }
        stopBell.ring()
        guard let running = thread.withLock({ $0 }) else { return }
        if !endBell.wait(for: stopLimit) {
            logger.warning("the broker ignores SIGTERM: killing it")
            signal(SIGKILL)
        }
        running.join()
    }

    /// Under the lock the process cannot be reaped, so its id cannot belong to another one.
    private func signal(_ number: Int32, change: (inout State) -> Void = { _ in }) {
        state.withLock { state in
            change(&state)
            if let process = state.process { kill(process, number) }
        }
    }
}

extension NoidaProcess {
    /// One life of the broker after the other, with a pause that doubles up to five seconds.
    private func supervise() {
        defer { endBell.ring() }
        var pause = Duration.milliseconds(100)
        // Bounded: ends with `stop`.
        while !state.withLock({ $0.isStopping }) {
            let start = ContinuousClock.now
            do {
                try live()
            } catch {
                logger.error("cannot start the broker", metadata: ["reason": "\(error)"])
            }
            if ContinuousClock.now - start > Self.steadyAfter { pause = .milliseconds(100) }
            if stopBell.wait(for: pause) { return }
            logger.warning("starting the broker again")
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// Starts the broker and returns when it has died.
    private func live() throws(BrokerError) {
        let port = try LoopbackSocket.freePort()
        let process = try launch.start(port: port)
        let isStopping = state.withLock { state in
            state.process = process
            return state.isStopping
        }
        if isStopping { signal(SIGTERM) }
        if waitUntilReady(port: port) {
            state.withLock { $0.port = port }
            logger.info("broker is ready", metadata: ["process.id": "\(process)", "port": "\(port)"])
            readyBell.ring()
        } else {
            signal(SIGKILL)
        }
        var information = unsafe siginfo_t()
        // Bounded: the process ends, by itself or by a signal of ours.
        while unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        reap(process)
    }

    private func waitUntilReady(port: UInt16) -> Bool {
        let deadline = ContinuousClock.now + Self.readyLimit
        while ContinuousClock.now < deadline {
            if BrokerProbe.answers(port: port) { return true }
            if stopBell.wait(for: Self.pollInterval) || hasEnded() { return false }
        }
        return false
    }

    private func hasEnded() -> Bool {
        guard let process = processIdentifier else { return true }
        var information = unsafe siginfo_t()
        unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG)
        return unsafe information.si_signo == SIGCHLD
    }

    private func reap(_ process: pid_t) {
        var status: Int32 = 0
        let isStopping = state.withLock { state in
            unsafe waitpid(process, &status, 0)
            state.process = nil
            state.port = nil
            return state.isStopping
        }
        let metadata: Logger.Metadata = ["process.id": "\(process)", "wait.status": "\(status)"]
        logger.log(level: isStopping ? .info : .error, "broker has ended", metadata: metadata)
    }
}
