import CLibrdkafka
import Logging

/// Where all of librdkafka's words go.
let libraryLog = Logger(label: "kafka")

/// Takes librdkafka's log lines; it may be called on librdkafka's own threads, so it copies and returns.
///
/// Nothing above `warning` is logged: librdkafka retries what it complains of, and what it gives up comes to the
/// caller as `KafkaError`.
func forwardLog(
    client: OpaquePointer?, severity: Int32, facility: UnsafePointer<CChar>?, text: UnsafePointer<CChar>?
) {
    let level: Logger.Level =
        switch severity {
        case ...4: .warning  // syslog: emergency … warning
        case 5, 6: .info
        default: .debug
        }
    libraryLog.log(
        level: level, "librdkafka",
        metadata: [
            "kafka.client":
                "\(unsafe client.flatMap { unsafe rd_kafka_name($0) }.map { unsafe String(cString: $0) } ?? "")",
            "kafka.facility": "\(unsafe facility.map { unsafe String(cString: $0) } ?? "")",
            "kafka.text": "\(unsafe text.map { unsafe String(cString: $0) } ?? "")",
        ])
}

/// Takes errors of a whole client, like "all brokers down"; called inside poll, on the caller's thread.
///
/// An outage is `debug`: librdkafka logs each kind of it once in 30 seconds, and whoever waits says so himself.
func forwardError(
    client: OpaquePointer?, code: Int32, reason: UnsafePointer<CChar>?, state: UnsafeMutableRawPointer?
) {
    let error = KafkaError(rd_kafka_resp_err_t(rawValue: code))
    libraryLog.log(
        level: error.isRetriable ? .debug : .warning, "kafka client error",
        metadata: [
            "kafka.client":
                "\(unsafe client.flatMap { unsafe rd_kafka_name($0) }.map { unsafe String(cString: $0) } ?? "")",
            "kafka.error": "\(error.name)",
            "kafka.text": "\(unsafe reason.map { unsafe String(cString: $0) } ?? "")",
        ])
}

/// Logs an error that librdkafka is going to retry by itself.
func logRetried(_ error: KafkaError, _ during: String) {
    libraryLog.warning(
        "\(during)", metadata: ["kafka.error": "\(error.name)", "kafka.text": "\(error.message)"])
}
