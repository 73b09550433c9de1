import Contracts
import IntakeDomain
import Pipeline
import Support
import Testing

@testable import Intake

@Suite("An order's life in intake")
struct OrderLifeTests {
    @Test func aPaidOrderGoesAllTheWay() throws {
        let mall = try Mall()
        mall.publish(ChannelOrder.sample())
        try mall.service.settle()
        mall.service.publish(StockReserved.sample())
        try mall.service.settle()
        mall.publish(ChannelPayment.sample())
        try mall.service.settle()
        mall.service.publish(ShipmentDispatched.sample())
        try mall.service.settle()
        mall.service.publish(ShipmentDelivered.sample())
        try mall.service.settle()
        try mall.service.advance(by: .days(7))
        #expect(
            mall.service.story == [
                "OrderPlaced", "OrderPaid", "OrderConfirmed", "OrderShipped", "OrderDelivered", "OrderCompleted",
            ])
        #expect(mall.order()?.state == .completed)
        #expect(mall.service.database.timers.isEmpty)
    }

    @Test func aPaymentThatComesFirstIsCountedWhenItsOrderComes() throws {
        let mall = try Mall()
        mall.publish(ChannelPayment.sample())
        try mall.service.settle()
        #expect(mall.service.story.isEmpty)
        mall.publish(ChannelOrder.sample())
        try mall.service.settle()
        #expect(mall.service.story == ["OrderPlaced", "OrderPaid"])
        #expect(mall.service.database.timers.isEmpty)
    }

    @Test func aLatePaymentAsksForStockAgain() throws {
        let mall = try Mall()
        mall.publish(ChannelOrder.sample())
        try mall.service.settle()
        try mall.service.advance(by: .minutes(30) - .seconds(1))
        #expect(mall.service.story == ["OrderPlaced"])
        try mall.service.advance(by: .seconds(1))
        #expect(mall.service.facts(OrderCancelled.self).map(\.reason) == [.paymentTimeout])
        mall.publish(ChannelPayment.sample())
        try mall.service.settle()
        mall.service.publish(StockReserved.sample(reservation: 2))
        try mall.service.settle()
        #expect(
            mall.service.story == ["OrderPlaced", "OrderCancelled", "OrderReinstated", "OrderConfirmed"])
        #expect(mall.order()?.state == .paid)
        #expect(mall.service.database.timers.isEmpty)
    }

    @Test func anOrderWaitsForItsChannel() throws {
        let mall = try Mall()
        mall.publish(ChannelOrder.sample(channel: "new-shop"))
        try mall.service.settle()
        #expect(mall.service.story.isEmpty)
        mall.service.publish(CatalogChannel.sample(channel: "new-shop"), on: .catalogChannels, key: "new-shop")
        try mall.service.settle()
        try mall.service.advance(by: .seconds(2))
        #expect(mall.service.story == ["OrderPlaced"])
    }

    @Test func anOrderOfAChannelThatNeverComesIsADeadLetter() throws {
        let mall = try Mall()
        mall.publish(ChannelOrder.sample(channel: "new-shop"))
        try mall.service.settle()
        for _ in 0..<40 { try mall.service.advance(by: .seconds(1)) }
        #expect(mall.service.database.deadLetters.map(\.reason) == ["channel new-shop is unknown or not active"])
    }

    @Test func factsOfAnOrderAreNumberedWithoutGaps() throws {
        let mall = try Mall.shipped()
        let versions =
            mall.service.facts(OrderPlaced.self).map(\.version)
            + mall.service.facts(OrderPaid.self).map(\.version)
            + mall.service.facts(OrderConfirmed.self).map(\.version)
            + mall.service.facts(OrderShipped.self).map(\.version)
        #expect(versions == [1, 2, 3, 4])
    }

    @Test func factsOfNoConcernAreIgnored() throws {
        let mall = try Mall.shipped()
        let before = mall.order()
        mall.service.publish(
            StockDeducted(
                orderID: .sample, reservation: 1, warehouse: "hangzhou", lines: [.sample()], reason: "dispatched"))
        let report = try mall.service.settle()
        #expect(report.ignored == 1)
        #expect(report.faults.isEmpty)
        #expect(mall.order() == before)
    }

    @Test func aCommandIsAnsweredOnItsTopic() throws {
        let mall = try Mall.confirmed()
        let answer = try mall.command(HoldOrder(head: .sample("C-1", "asked"), orderID: .sample))
        #expect(answer?.outcome == .accepted)
        #expect(answer?.orderID == .sample)
        #expect(mall.service.database.outbox.last?.topic == "intake.command-results.v1")
    }
}
