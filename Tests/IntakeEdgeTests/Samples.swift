import Contracts
import Crypto
import Foundation
import HTTPEdge
import HTTPTypes
import Pipeline
import Synchronization

@testable import IntakeEdge

/// What the tests post: payloads, headers, and the channels that may.
enum Samples {
    /// Of the public examples of Standard Webhooks.
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let otherSecret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()
    static let shopifySecret = "shopify-app-secret-of-the-test"
    static let wooCommerceSecret = "woocommerce secret of the test"
    static let now = Instant(milliseconds: 1_795_000_000_000)

    static let accessText = """
        {"channels": [
            {"channel": "h5-mall", "secrets": ["\(secret)", "\(otherSecret)"]},
            {"channel": "pos", "secrets": ["\(secret)"], "defaultType": "channel.payment.v1", "ratePerSecond": 1},
            {"channel": "shop-us", "shopify": ["\(shopifySecret)"]},
            {"channel": "blog-shop", "woocommerce": ["\(wooCommerceSecret)"]}
        ]}
        """

    static func channels() throws -> [String: ChannelAccess] { try ChannelAccess.read(Array(accessText.utf8)) }

    static let order = """
        {"channel":"h5-mall","externalOrderId":"H-1","placedAt":"2026-11-22T08:00:00.000Z","currency":"CNY",\
        "buyer":{"externalBuyerId":"u-77","name":"李雷","phone":"13800000000"},\
        "lines":[{"lineId":"1","sku":"SKU-1","quantity":2,"unitPrice":12900}],"total":25800}
        """

    /// The headers of a post signed as Standard Webhooks says.
    static func signed(
        _ body: String, id: String = "msg-1", secret: String = secret, secondsLate: Int64 = 0,
        _ more: [(String, String)] = []
    ) throws -> HTTPFields {
        let timestamp = String(now.milliseconds / 1000 - secondsLate)
        guard let key = ChannelAccess.standardKey(secret) else { throw WrongSample() }
        let code = HMAC<Crypto.SHA256>.authenticationCode(
            for: Array("\(id).\(timestamp).\(body)".utf8), using: key)
        return try fields(
            [
                ("webhook-id", id), ("webhook-timestamp", timestamp),
                ("webhook-signature", "v1,\(Data(code).base64EncodedString())"),
            ] + more)
    }

    static func platformSigned(
        _ body: String, _ secret: String, header: String, _ more: [(String, String)]
    ) throws -> HTTPFields {
        let code = HMAC<Crypto.SHA256>.authenticationCode(
            for: Array(body.utf8), using: SymmetricKey(data: Array(secret.utf8)))
        return try fields([(header, Data(code).base64EncodedString())] + more)
    }

    static func fields(_ pairs: [(String, String)]) throws -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs {
            guard let name = HTTPField.Name(name) else { throw WrongSample() }
            fields.append(HTTPField(name: name, value: value))
        }
        return fields
    }

    struct WrongSample: Error {}
}

/// A desk whose broker is a list.
final class RecordedDesk: Sendable {
    private struct Broker {
        var messages: [OutsideMessage] = []
        var outcomes: [PublishOutcome]
    }

    private final class BrokerBox: Sendable {
        private let broker: Mutex<Broker>

        init(_ outcomes: [PublishOutcome]) { broker = Mutex(Broker(outcomes: outcomes)) }

        var messages: [OutsideMessage] { broker.withLock { $0.messages } }

        func take(_ message: OutsideMessage) -> PublishOutcome {
            broker.withLock { broker in
                broker.messages.append(message)
                return broker.outcomes.isEmpty ? .acknowledged : broker.outcomes.removeFirst()
            }
        }
    }

    let clock = ManualClock(Samples.now)
    let desk: PostDesk
    private let broker: BrokerBox

    /// - Parameter outcomes: Of the first posts; the others are acknowledged.
    init(outcomes: [PublishOutcome] = [], remembering limit: Int = 100) throws {
        let broker = BrokerBox(outcomes)
        let reader = MessageReader(native: { (type, json, _) throws(Fault) in
            type.hasSuffix(".order.v1") ? try json.value("id")?.token() : nil
        })
        self.broker = broker
        desk = PostDesk(
            channels: try Samples.channels(), reader: reader, clock: clock, recent: RecentDeliveries(limit: limit),
            publish: { broker.take($0) })
    }

    /// What the broker has, in the order of coming.
    var messages: [OutsideMessage] { broker.messages }

    func post(
        _ body: String, to channel: String = "h5-mall", isStructured: Bool = false, _ headers: HTTPFields
    ) async throws(Problem) -> PostDesk.Receipt {
        try await desk.take(channel: channel, isStructured: isStructured, headers, Array(body.utf8))
    }

    /// The problem that a post meets; `nil` when it is taken.
    func problem(
        _ body: String, to channel: String = "h5-mall", isStructured: Bool = false, _ headers: HTTPFields
    ) async -> Problem? {
        do throws(Problem) {
            _ = try await post(body, to: channel, isStructured: isStructured, headers)
            return nil
        } catch {
            return error
        }
    }
}
