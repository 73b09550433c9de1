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
        mall.publish(ChannelOrder.sample())
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
}
