import CLibpq
import Glibc

/// One libpq connection in pipeline mode that never blocks inside libpq: every wait is a `poll` of this file.
///
/// A wait takes what the server sends while it offers what is to be sent, so neither side can fill its buffer and wait.
/// - Source: PostgreSQL 15, "34.5. Pipeline Mode", "34.4. Asynchronous Command Processing".
@safe
final class Session {
    /// Nil after `close`; every function of libpq takes a nil connection for a lost one.
    private var handle: OpaquePointer?
    private let answerTimeoutMilliseconds: Int32
    private var mayHaveUnsentBytes = false

    /// - Parameter answerTimeoutMilliseconds: How long the server may neither send nor take a byte while it owes an answer.
    init(
        url: String, parameters: [String: String], answerTimeoutMilliseconds: Int32
    ) throws(PostgresError) {
        self.answerTimeoutMilliseconds = answerTimeoutMilliseconds
        unsafe handle = try unsafe connect(to: url, parameters: parameters)
        guard unsafe PQsetnonblocking(handle, 1) == 0, unsafe PQenterPipelineMode(handle) == 1 else { throw lost() }
        unsafe PQsetNoticeReceiver(handle, logNotice, nil)
    }

    deinit {
        close()
    }

    func close() {
        unsafe PQfinish(handle)
        unsafe handle = nil
    }

    var isAlive: Bool {
        unsafe PQstatus(handle) == CONNECTION_OK
    }

    /// Whether the server is outside any transaction; only meaningful while nothing is unanswered.
    var isIdle: Bool {
        unsafe PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    var backendProcessID: Int32 {
        unsafe PQbackendPID(handle)
    }

    // MARK: Sending; all of it is only queued.

    func sendPreparation(of statement: Statement) throws(PostgresError) {
        let sent = unsafe statement.typeIDs.withUnsafeBufferPointer { typeIDs in
            unsafe PQsendPrepare(
                handle, statement.name, statement.sqlAddress, Int32(typeIDs.count), typeIDs.baseAddress)
        }
        try check(sent)
    }

    func sendExecution(of statement: Statement, _ parameters: Parameters) throws(PostgresError) {
        let sent = unsafe parameters.withPointers { values, byteCounts, formats in
            unsafe PQsendQueryPrepared(
                handle, statement.name, Int32(parameters.typeIDs.count), values, byteCounts, formats, 1)
        }
        try check(sent)
    }

    /// Sends a statement without preparing it.
    func send(text: String, _ parameters: Parameters) throws(PostgresError) {
        let sent = unsafe parameters.typeIDs.withUnsafeBufferPointer { typeIDs in
            unsafe parameters.withPointers { values, byteCounts, formats in
                unsafe PQsendQueryParams(
                    handle, text, Int32(typeIDs.count), typeIDs.baseAddress, values, byteCounts, formats, 1)
            }
        }
        try check(sent)
    }

    /// Ends a pipeline: the server goes on after an error only from here.
    func sendSync() throws(PostgresError) {
        try check(unsafe PQpipelineSync(handle))
    }

    /// Makes the server send what it has answered so far.
    func sendFlushRequest() throws(PostgresError) {
        try check(unsafe PQsendFlushRequest(handle))
    }

    /// Leaves pipeline mode, sends a script by the simple protocol; `endScript` must follow.
    func sendScript(_ script: String) throws(PostgresError) {
        try check(unsafe PQexitPipelineMode(handle))
        try check(unsafe PQsendQuery(handle, script))
    }

    func endScript() throws(PostgresError) {
        try check(unsafe PQenterPipelineMode(handle))
    }

    private func check(_ succeeded: Int32) throws(PostgresError) {
        guard succeeded == 1 else { throw PostgresError(message: complaint, isConnectionLost: !isAlive) }
        mayHaveUnsentBytes = true
    }

    // MARK: Waiting

    /// Waits for the next answer.
    ///
    /// - Returns: Nil where libpq ends the answers to one statement.
    /// - Throws: When the connection is lost or the server stays silent too long, which is taken for the same.
    func nextAnswer() throws(PostgresError) -> Answer? {
        // Each turn moves bytes or throws; `poll` bounds the silence between two turns.
        while true {
            try flush()
            if unsafe PQisBusy(handle) == 0 { break }
            guard isAlive else { throw lost() }
            let events = try poll(andReadable: nil, timeoutMilliseconds: answerTimeoutMilliseconds)
            guard events.any else { throw lost("no answer for \(answerTimeoutMilliseconds) ms") }
            // A false return closes the connection; what arrived before is still parsed by the next turn.
            if events.session { _ = unsafe PQconsumeInput(handle) }
        }
        guard let result = unsafe PQgetResult(handle) else { return nil }
        return unsafe Answer(result)
    }

    private func flush() throws(PostgresError) {
        // A lost connection takes nothing more, but what it has answered is still to be read.
        guard mayHaveUnsentBytes, isAlive else { return }
        let unsent = unsafe PQflush(handle)
        guard unsent >= 0 else { throw lost() }
        mayHaveUnsentBytes = unsent == 1
    }

    /// Waits until a notification is there, the other descriptor is readable, or the time is over.
    func waitForNotifications(timeoutMilliseconds: Int, alsoReadable other: Int32?) throws(PostgresError)
        -> [Notification]
    {
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        try flush()
        while true {
            guard unsafe PQconsumeInput(handle) == 1 else { throw lost() }
            let notifications = takeNotifications()
            if !notifications.isEmpty { return notifications }
            let left = ContinuousClock.now.duration(to: deadline) / Duration.milliseconds(1)
            guard left > 0 else { return [] }
            let events = try poll(andReadable: other, timeoutMilliseconds: Int32(min(left.rounded(.up), 60_000)))
            if events.other { return [] }
        }
    }

    private func takeNotifications() -> [Notification] {
        var notifications: [Notification] = []
        while let notification = unsafe PQnotifies(handle) {
            unsafe notifications.append(Notification(notification.pointee))
            unsafe PQfreemem(notification)
        }
        return notifications
    }

    private func poll(
        andReadable other: Int32?, timeoutMilliseconds: Int32
    ) throws(PostgresError) -> (session: Bool, other: Bool, any: Bool) {
        let wanted = Int16(POLLIN) | (mayHaveUnsentBytes ? Int16(POLLOUT) : 0)
        var descriptors = (
            pollfd(fd: unsafe PQsocket(handle), events: wanted, revents: 0),
            // poll skips a negative descriptor
            pollfd(fd: other ?? -1, events: Int16(POLLIN), revents: 0)
        )
        let ready = unsafe withUnsafeMutableBytes(of: &descriptors) { bytes in
            unsafe Glibc.poll(bytes.assumingMemoryBound(to: pollfd.self).baseAddress, 2, timeoutMilliseconds)
        }
        if ready < 0 {
            // A signal: the caller looks again.
            guard errno == EINTR else { throw lost("poll failed with errno \(errno)") }
            return (false, false, true)
        }
        return (descriptors.0.revents & ~Int16(POLLOUT) != 0, descriptors.1.revents != 0, ready > 0)
    }

    // MARK: Errors

    /// What libpq itself says about the last call.
    private var complaint: String {
        guard let text = unsafe PQerrorMessage(handle), unsafe handle != nil else { return "the connection is closed" }
        return unsafe String(cString: text).firstLine
    }

    private func lost(_ message: String? = nil) -> PostgresError {
        PostgresError(message: message ?? complaint, isConnectionLost: true)
    }
}
