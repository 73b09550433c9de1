import Contracts
import Crypto
import HTTPEdge
import HTTPTypes
import Logging
import Pipeline

/// Takes one post: who signed it, how much, what it says, whether it came before; then hands it to the broker.
///
/// - Source: issue "Intake in full", HTTP edge; CONTRACTS sections 1 and 2.
struct PostDesk: Sendable {
    /// What the sender is told when the broker has the message.
    struct Receipt: Sendable, Equatable {
        let messageID: String
        let type: String
        let topic: Topic

        var body: [UInt8] {
            JSONWriter.object { json in
                json.field("id", messageID)
                json.field("type", type)
                json.field("topic", topic.name)
            }
        }
    }

    let channels: [String: ChannelAccess]
    let reader: MessageReader
    let clock: any Clock
    /// Hands a message to the broker; the publisher's.
    let publish: @Sendable (OutsideMessage) async -> PublishOutcome
    let rate = RateLimit()
    let recent: RecentDeliveries
    private let logger = Logger(label: "edge")

    init(
        channels: [String: ChannelAccess], reader: MessageReader, clock: any Clock,
        recent: RecentDeliveries = RecentDeliveries(),
        publish: @escaping @Sendable (OutsideMessage) async -> PublishOutcome
    ) {
        self.channels = channels
        self.reader = reader
        self.clock = clock
        self.recent = recent
        self.publish = publish
    }

    /// - Parameter channel: Of the path, as it came.
    /// - Throws: `Problem`; nothing was published then, but for `unavailable`, where nobody knows.
    func take(
        channel: String, isStructured: Bool, _ headers: HTTPFields, _ body: [UInt8]
    ) async throws(Problem) -> Receipt {
        let access = channels[channel]
        let delivery = try Delivery.authenticate(headers, body, access, at: clock.machineNow)
        guard let access else { throw .unauthorised("signature does not match") }
        if let seconds = rate.take(channel, rate: access.ratePerSecond, at: clock.machineNow) {
            throw .tooManyRequests(retryAfterSeconds: seconds)
        }
        let message = try read(body, isStructured, headers, delivery, access)
        let receipt = Receipt(messageID: delivery.messageID, type: message.envelope.type, topic: message.topic)
        let fingerprint = Self.fingerprint(message)
        switch recent.note(delivery.messageID, fingerprint) {
        case .other: throw .conflict
        case .same(isStored: true): return receipt
        case .new, .same(isStored: false): try await store(message, fingerprint)
        }
        logger.debug("taken", metadata: ["channel": "\(channel)", "message.id": "\(delivery.messageID)"])
        return receipt
    }

    /// WooCommerce asks an address once, unsigned and as a form, whether it answers 200; nothing comes of it.
    ///
    /// - Source: WooCommerce, `WC_Webhook::deliver_ping`.
    func isPing(channel: String, _ body: [UInt8]) -> Bool {
        let prefix = Array("webhook_id=".utf8)
        guard let access = channels[channel], !access.wooCommerce.isEmpty, body.starts(with: prefix) else {
            return false
        }
        let digits = body.dropFirst(prefix.count)
        return 1...20 ~= digits.count && digits.allSatisfy { 48...57 ~= $0 }
    }

    private func read(
        _ body: [UInt8], _ isStructured: Bool, _ headers: HTTPFields, _ delivery: Delivery, _ access: ChannelAccess
    ) throws(Problem) -> OutsideMessage {
        do throws(Fault) {
            return try reader.read(body, isStructured: isStructured, headers, delivery, access)
        } catch {
            throw .invalid(error)
        }
    }

    private func store(_ message: OutsideMessage, _ fingerprint: [UInt8]) async throws(Problem) {
        switch await publish(message) {
        case .acknowledged: recent.stored(message.envelope.id, fingerprint)
        case .tooLarge:
            recent.forget(message.envelope.id)
            throw .tooLarge
        case .unavailable(let reason): throw .unavailable(reason)
        }
    }

    /// The same type and bytes are the same message.
    private static func fingerprint(_ message: OutsideMessage) -> [UInt8] {
        var digest = Crypto.SHA256()
        digest.update(data: Array(message.envelope.type.utf8) + [0])
        digest.update(data: message.value)
        return Array(digest.finalize().prefix(16))
    }
}
