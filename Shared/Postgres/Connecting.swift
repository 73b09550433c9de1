import CLibpq
import Glibc

/// Opens a libpq connection, within `connect_timeout`.
///
/// - Parameters:
///   - url: A libpq URI or `key=value` text. It overrides the defaults below.
///   - parameters: libpq's connection keywords; they override the URL.
/// - Returns: A connection that the caller must finish.
/// - Source: PostgreSQL 15, "34.1.2. Parameter Key Words".
func connect(to url: String, parameters: [String: String]) throws(PostgresError) -> OpaquePointer {
    // libpq's own complaint would quote the URL, which holds the password.
    guard isConnectionString(url) else { throw PostgresError(message: "the database URL is not one of libpq's") }
    var settings = [
        (key: "connect_timeout", value: "10"),
        // A peer that vanished is noticed after 30 + 3 × 10 seconds, unacknowledged data after 60.
        (key: "keepalives_idle", value: "30"),
        (key: "keepalives_interval", value: "10"),
        (key: "keepalives_count", value: "3"),
        (key: "tcp_user_timeout", value: "60000"),
        (key: "dbname", value: url),
    ]
    settings += parameters.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
    settings.append((key: "client_encoding", value: "UTF8"))

    let opened = unsafe withCStrings(settings.map(\.key)) { keys in
        unsafe withCStrings(settings.map(\.value)) { values in
            unsafe PQconnectdbParams(keys, values, 1)
        }
    }
    guard let handle = unsafe opened else { throw PostgresError(message: "out of memory", isConnectionLost: true) }
    guard unsafe PQstatus(handle) == CONNECTION_OK else {
        let message = unsafe PQerrorMessage(handle).map { unsafe String(cString: $0).firstLine } ?? ""
        unsafe PQfinish(handle)
        throw PostgresError(message: message, isConnectionLost: true)
    }
    return unsafe handle
}

private func isConnectionString(_ url: String) -> Bool {
    var message: UnsafeMutablePointer<CChar>?
    let options = unsafe PQconninfoParse(url, &message)
    unsafe PQfreemem(message)
    unsafe PQconninfoFree(options)
    return unsafe options != nil
}

/// Lends an array of C strings that ends with a null pointer.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    let copies = unsafe strings.map { unsafe strdup($0) }
    defer {
        for index in unsafe copies.indices { unsafe free(copies[index]) }
    }
    let pointers = unsafe copies.map { unsafe UnsafePointer($0) } + [nil]
    return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}
