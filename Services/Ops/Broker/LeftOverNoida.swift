import Glibc

/// A broker that an earlier, killed front left running on the same data directory.
///
/// noida writes its process id into `noida.control.json` and refuses to start a second time while that one lives. The
/// id may have been given to another program since, so the command line is compared before anything is stopped.
struct LeftOverNoida {
    private static let stopLimit = Duration.seconds(10)
    private static let pollInterval = Duration.milliseconds(20)

    /// Absolute.
    let dataDirectory: String

    /// Stops it in order, and by force after ten seconds.
    ///
    /// - Returns: Its process id, or nil when there was none.
    func stop() -> pid_t? {
        guard let process = find() else { return nil }
        kill(process, SIGTERM)
        if !waitUntilGone(process) {
            kill(process, SIGKILL)
            _ = waitUntilGone(process)
        }
        return process
    }

    func find() -> pid_t? {
        let control = Self.read("\(dataDirectory)/noida.control.json")
        guard let mark = control.firstRange(of: "\"pid\":") else { return nil }
        let digits = control[mark.upperBound...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
        guard let process = pid_t(digits), process > 1, isBroker(process) else { return nil }
        return process
    }

    /// False too for a zombie: its command line is empty.
    private func isBroker(_ process: pid_t) -> Bool {
        let arguments = Self.read("/proc/\(process)/cmdline").split(separator: "\0")
        return arguments.contains { $0.hasSuffix("noida-db") } && arguments.contains { $0 == dataDirectory }
    }

    /// It is no child of ours, so it can only be looked at, not waited for.
    private func waitUntilGone(_ process: pid_t) -> Bool {
        let deadline = ContinuousClock.now + Self.stopLimit
        while isBroker(process) {
            guard ContinuousClock.now < deadline else { return false }
            poll(nil, 0, Self.pollInterval.milliseconds)
        }
        return true
    }

    /// The first 4 KB of a small file; empty when it cannot be read.
    private static func read(_ path: String) -> String {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return "" }
        let file = Descriptor(number)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(file.number, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
