import CLibpq

/// What a NOTIFY of some session told this one, which had said LISTEN.
public struct Notification: Equatable, Sendable {
    public let channel: String
    public let payload: String
    /// The server process that sent it; one's own `backendProcessID` for one's own notifications.
    public let backendProcessID: Int32

    init(_ notification: PGnotify) {
        channel = unsafe String(cString: notification.relname)
        payload = unsafe String(cString: notification.extra)
        backendProcessID = unsafe notification.be_pid
    }
}
