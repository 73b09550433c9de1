import Glibc

/// The directory a broker keeps its data in.
enum DataDirectory {
    /// Makes the directory and its parents, readable by the owner alone.
    ///
    /// - Returns: Its absolute path, by which a left-over broker is recognised.
    static func make(_ path: String) throws(BrokerError) -> String {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/\(part)"
            guard unsafe mkdir(made, 0o700) == 0 || errno == EEXIST else {
                throw BrokerError("cannot make the directory \(made)", code: errno)
            }
        }
        guard let absolute = unsafe realpath(path, nil) else {
            throw BrokerError("cannot use the directory \(path)", code: errno)
        }
        defer { unsafe free(absolute) }
        return unsafe String(cString: absolute)
    }
}
