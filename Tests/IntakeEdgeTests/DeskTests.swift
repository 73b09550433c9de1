import Contracts
import HTTPTypes
import Pipeline
import Testing

@testable import IntakeEdge

@Suite("Posts of channels")
struct DeskTests {
    @Test func signedOrderBecomesARecordOfItsTopic() async throws {
        let desk = try RecordedDesk()
        let headers = try Samples.signed(
            Samples.order, [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")])
        let receipt = try await desk.post(Samples.order, headers)
        let message = try #require(desk.messages.first)
        #expect(
            receipt
                == PostDesk.Receipt(messageID: "edge/h5-mall/msg-1", type: "channel.order.v1", topic: .channelOrders))
        #expect(message.topic == .channelOrders)
        #expect(message.key == "h5-mall/H-1")
        #expect(message.value == Array(Samples.order.utf8))
        #expect(
            message.envelope
                == Envelope(
                    id: "edge/h5-mall/msg-1", type: "channel.order.v1", source: "/channels/h5-mall", subject: "H-1",
                    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
    }

    @Test(arguments: [
        (
            "channel.order.cancel.v1",
            #""externalOrderId":"H-1","reason":"buyer","requestedAt":"2026-11-22T08:00:00Z""#, "channel.orders.v1",
            "H-1"
        ),
        (
            "channel.order.received.v1", #""externalOrderId":"H-1","receivedAt":"2026-11-22T08:00:00Z""#,
            "channel.orders.v1", "H-1"
        ),
        (
            "channel.payment.v1", #""externalOrderId":"H-1","paymentId":"P-1","status":"succeeded","amount":1"#,
            "channel.payments.v1", "H-1"
        ),
        (
            "channel.after-sales.request.v1",
            #""externalOrderId":"H-1","externalCaseId":"A-1","kind":"refund","amount":1,"requestedAt":"2026-11-22T08:00:00Z""#,
            "channel.after-sales.v1", "H-1"
        ),
        (
            "channel.after-sales.shipped.v1",
            #""externalOrderId":"H-1","externalCaseId":"A-1","carrier":"sf","waybill":"SF1","shippedAt":"2026-11-22T08:00:00Z""#,
            "channel.after-sales.v1", "H-1"
        ),
        (
            "channel.after-sales.withdrawn.v1",
            #""externalOrderId":"H-1","externalCaseId":"A-1","withdrawnAt":"2026-11-22T08:00:00Z""#,
            "channel.after-sales.v1", "H-1"
        ),
        (
            "channel.visit.v1", #""visitorId":"V-1","memberId":"M1","at":"2026-11-22T08:00:00Z""#, "channel.visits.v1",
            "V-1"
        ),
    ]) func everyTypeHasItsTopicAndKey(type: String, fields: String, topic: String, id: String) async throws {
        let body = #"{"channel":"h5-mall",\#(fields)}"#
        let binary = try RecordedDesk()
        _ = try await binary.post(body, Samples.signed(body, [("ce-type", type), ("ce-time", "2026-11-22T08:00:01Z")]))
        let structured = try RecordedDesk()
        let event =
            #"{"specversion":"1.0","id":"x","source":"y","type":"\#(type)","time":"2026-11-22T08:00:01Z","data":\#(body)}"#
        _ = try await structured.post(event, isStructured: true, Samples.signed(event))
        for message in binary.messages + structured.messages {
            #expect(message.topic.name == topic)
            #expect(message.key == "h5-mall/\(id)")
            #expect(message.value == Array(body.utf8))
            #expect(message.envelope.id == "edge/h5-mall/msg-1")
            #expect(message.envelope.type == type)
            #expect(message.envelope.time == Instant(rfc3339: "2026-11-22T08:00:01Z"))
        }
        #expect(binary.messages.count + structured.messages.count == 2)
    }

    @Test func channelsDefaultTypeHoldsWithoutAnother() async throws {
        let desk = try RecordedDesk()
        let body = #"{"channel":"pos","externalOrderId":"H-1","paymentId":"P-1","status":"succeeded","amount":1}"#
        let receipt = try await desk.post(body, to: "pos", Samples.signed(body))
        #expect(receipt.type == "channel.payment.v1")
    }

    @Test func shopifysWebhookIsItsOrder() async throws {
        let desk = try RecordedDesk()
        let body = #"{"id":820982911946154508,"test":false}"#
        let headers = try Samples.fields([
            ("x-shopify-hmac-sha256", "sQX/OFE0p7yWsEdDMU2ovP1rqqtFnC+qiUpNfNRCfTs="),
            ("x-shopify-topic", "orders/paid"),
            ("x-shopify-webhook-id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"),
            ("x-shopify-triggered-at", "2026-11-22T08:00:00.123456789Z"),
        ])
        let receipt = try await desk.post(body, to: "shop-us", headers)
        #expect(receipt.messageID == "edge/shop-us/b54557e4-bdd9-4b37-8a5f-bf7d70bcd043")
        #expect(desk.messages.first?.key == "shop-us/820982911946154508")
        #expect(desk.messages.first?.envelope.type == "shopify.order.v1")
        #expect(desk.messages.first?.envelope.time == Instant(rfc3339: "2026-11-22T08:00:00.123Z"))
        var refund = headers
        refund[.shopifyTopic] = "refunds/create"
        #expect(await desk.problem(body, to: "shop-us", refund)?.status == 422)
    }

    /// Two orders of the same second come under the same delivery id.
    @Test func wooCommercesDeliveryIDIsNotEnough() async throws {
        let desk = try RecordedDesk()
        let more = [("x-wc-webhook-topic", "order.updated"), ("x-wc-webhook-delivery-id", "1f0d5a")]
        for body in [#"{"id":7}"#, #"{"id":8}"#, #"{"id":7}"#] {
            let headers = try Samples.platformSigned(
                body, Samples.wooCommerceSecret, header: "x-wc-webhook-signature", more)
            _ = try await desk.post(body, to: "blog-shop", headers)
        }
        #expect(desk.messages.map(\.key) == ["blog-shop/7", "blog-shop/8"])
        #expect(Set(desk.messages.map(\.envelope.id)).count == 2)
    }

    @Test func pingIsAFormWithAWebhooksNumber() throws {
        let desk = try RecordedDesk().desk
        #expect(desk.isPing(channel: "blog-shop", Array("webhook_id=12".utf8)))
        #expect(!desk.isPing(channel: "h5-mall", Array("webhook_id=12".utf8)))
        #expect(!desk.isPing(channel: "blog-shop", Array("webhook_id=".utf8)))
        #expect(!desk.isPing(channel: "blog-shop", Array("webhook_id=1&x=2".utf8)))
    }

    @Test func repeatedPostIsAnsweredAlikeAndPublishedOnce() async throws {
        let desk = try RecordedDesk()
        let first = try await desk.post(Samples.order, Samples.signed(Samples.order))
        let again = try await desk.post(Samples.order, Samples.signed(Samples.order, secondsLate: 200))
        #expect(first == again)
        #expect(desk.messages.count == 1)
    }

    @Test func sameIDWithAnotherBodyOrTypeIsAConflict() async throws {
        let desk = try RecordedDesk()
        _ = try await desk.post(Samples.order, Samples.signed(Samples.order))
        let other = Samples.order.replacing("25800", with: "25800 ")
        #expect(await desk.problem(other, try Samples.signed(other)) == .conflict)
        let cancel = #"{"channel":"h5-mall","externalOrderId":"H-1","requestedAt":"2026-11-22T08:00:00Z"}"#
        let type = [("ce-type", "channel.order.cancel.v1")]
        _ = try await desk.post(cancel, Samples.signed(cancel, id: "2", type))
        let received = [("ce-type", "channel.order.received.v1")]
        let both =
            #"{"channel":"h5-mall","externalOrderId":"H-1","requestedAt":"2026-11-22T08:00:00Z","receivedAt":"2026-11-22T08:00:00Z"}"#
        _ = try await desk.post(both, Samples.signed(both, id: "3", type))
        #expect(await desk.problem(both, try Samples.signed(both, id: "3", received)) == .conflict)
        #expect(desk.messages.count == 3)
    }

    @Test func twoChannelsMayUseTheSameID() async throws {
        let desk = try RecordedDesk()
        _ = try await desk.post(Samples.order, Samples.signed(Samples.order))
        let body = #"{"channel":"pos","externalOrderId":"H-1","paymentId":"P-1","status":"succeeded","amount":1}"#
        _ = try await desk.post(body, to: "pos", Samples.signed(body))
        #expect(desk.messages.map(\.envelope.id) == ["edge/h5-mall/msg-1", "edge/pos/msg-1"])
    }

    @Test func unacknowledgedPostIsPublishedAgain() async throws {
        let desk = try RecordedDesk(outcomes: [.unavailable("_MSG_TIMED_OUT"), .tooLarge])
        let headers = try Samples.signed(Samples.order)
        #expect(await desk.problem(Samples.order, headers) == .unavailable("_MSG_TIMED_OUT"))
        #expect(await desk.problem(Samples.order, headers) == .tooLarge)
        _ = try await desk.post(Samples.order, headers)
        #expect(desk.messages.count == 3)
    }

    @Test func channelThatPostsTooMuchWaits() async throws {
        let desk = try RecordedDesk()
        var problems: [Problem?] = []
        for number in 0..<4 {
            let body =
                #"{"channel":"pos","externalOrderId":"H-\#(number)","paymentId":"P","status":"failed","amount":1}"#
            problems.append(await desk.problem(body, to: "pos", try Samples.signed(body, id: "\(number)")))
        }
        #expect(problems == [nil, nil, .tooManyRequests(retryAfterSeconds: 1), .tooManyRequests(retryAfterSeconds: 1)])
        #expect(
            await desk.problem(Samples.order, try Samples.signed(Samples.order)) == nil, "another channel's share")
    }
}
