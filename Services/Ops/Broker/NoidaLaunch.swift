import Glibc

/// Starts the broker's program as a child process.
struct NoidaLaunch {
    /// Lets the kernel end the broker when the thread that started it is gone, even after a SIGKILL (prctl(2),
    /// PR_SET_PDEATHSIG). Without util-linux the next start still finds a left-over broker.
    private static let deathSignalWrapper = "/usr/bin/setpriv"

    let executable: String
    /// Absolute; created if missing.
    let dataDirectory: String

    /// - Returns: The child's process id. It leads a process group of its own, so that Ctrl-C in a terminal reaches
    ///   only the front, which then stops the broker in order.
    /// - Throws: `BrokerError` with the path that could not be started.
    func start(port: UInt16) throws(BrokerError) -> pid_t {
        guard unsafe access(executable, X_OK) == 0 else { throw BrokerError("cannot run \(executable)", code: errno) }
        var arguments = [executable, "start", "--only", "kafka", "--kafka-port", String(port)]
        arguments += ["--data-dir", dataDirectory]
        if unsafe access(Self.deathSignalWrapper, X_OK) == 0 {
            arguments = [Self.deathSignalWrapper, "--pdeathsig", "TERM"] + arguments
        }
        return try spawn(arguments)
    }

    private func spawn(_ arguments: [String]) throws(BrokerError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let log = "\(dataDirectory)/noida.log"
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        var texts = unsafe arguments.map { unsafe strdup($0) }
        unsafe texts.append(nil)
        defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
        var process = pid_t()
        let code = unsafe posix_spawn(&process, arguments[0], &actions, &attributes, texts, environ)
        guard code == 0 else { throw BrokerError("cannot start \(arguments[0])", code: code) }
        return process
    }
}
