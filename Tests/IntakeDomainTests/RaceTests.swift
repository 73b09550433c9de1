import Contracts
import Support
import Testing

@testable import IntakeDomain

/// Messages that race are tried in every order and each up to twice: one outcome, told once.
@Suite("Races of an order")
struct RaceTests {
    /// Every order in which the events can come, each once or, in further paths, one of them twice.
    static func paths(_ events: [WalkEvent]) -> [[WalkEvent]] {
        func orders(_ rest: [WalkEvent]) -> [[WalkEvent]] {
            if rest.isEmpty { return [[]] }
            var all: [[WalkEvent]] = []
            for index in rest.indices {
                var others = rest
                let first = others.remove(at: index)
                all += orders(others).map { [first] + $0 }
            }
            return all
        }
        var paths = orders(events)
        for twice in events { paths += orders(events + [twice]) }
        return paths
    }

    /// What a path leads to: the last state, and how often each fact that ends or opens the order was told.
    private func ending(_ path: [WalkEvent], after past: [WalkEvent]) throws -> (state: OrderState, told: [String]) {
        var desk = try Desk()
        try desk.place(.sample(lines: [.sample(quantity: 2, unitPrice: 5000)]))
        for event in past + path { try desk.take(event) }
        // Fulfilment answers what is still asked.
        try desk.take(.answerStop)
        let state = try #require(desk.order()).state
        return (state, desk.story)
    }

    private func count(_ name: String, _ story: [String]) -> Int { story.filter { $0 == name }.count }

    @Test(arguments: RaceTests.paths([.payWhole, .buyerCancels, .reserve]))
    func paymentAndCancelEndInOneOutcome(path: [WalkEvent]) throws {
        let ending = try ending(path, after: [])
        #expect(ending.state == .cancelled)
        #expect(count("OrderCancelled", ending.told) == 1)
        // The money is owed once: with the cancellation, or as excess when it came after.
        #expect(count("OrderPaid", ending.told) + count("PaymentExcess", ending.told) == 1)
    }

    @Test(arguments: RaceTests.paths([.payWhole, .timeOut, .reserve]))
    func paymentAndTimeoutEndInOneOutcome(path: [WalkEvent]) throws {
        let ending = try ending(path, after: [])
        #expect(ending.state == .paid)
        #expect(count("OrderPaid", ending.told) + count("OrderReinstated", ending.told) == 1)
        #expect(count("OrderCancelled", ending.told) == count("OrderReinstated", ending.told))
        #expect(count("PaymentExcess", ending.told) == 0)
    }

    @Test(arguments: RaceTests.paths([.buyerCancels, .dispatchFirst, .dispatchSecond]))
    func cancelAndShippingEndInOneOutcome(path: [WalkEvent]) throws {
        let ending = try ending(path, after: [.payWhole, .reserve])
        #expect(ending.state == .shipped)
        #expect(count("OrderCancelled", ending.told) == 0)
        #expect(count("OrderCancelRefused", ending.told) == 1)
        #expect(count("OrderShipped", ending.told) == 1)
    }

    @Test(arguments: RaceTests.paths([.buyerCancels, .operatorCancels, .reject]))
    func manyWhoCancelEndTheOrderOnce(path: [WalkEvent]) throws {
        let ending = try ending(path, after: [.payWhole])
        #expect(ending.state == .cancelled)
        #expect(count("OrderCancelled", ending.told) == 1)
    }

    @Test(arguments: RaceTests.paths([.receive, .deliverFirst, .deliverSecond, .openCase]))
    func anOrderIsCompletedOnce(path: [WalkEvent]) throws {
        let ending = try ending(path, after: [.payWhole, .reserve, .dispatchFirst, .dispatchSecond])
        #expect(ending.state == .completed)
        #expect(count("OrderCompleted", ending.told) == 1)
        #expect(count("OrderDelivered", ending.told) <= 1)
    }

    /// The buyer calls off while a parcel is packed: whichever of the two fulfilment takes first decides.
    @Test(arguments: [false, true])
    func fulfilmentDecidesAboutAParcelThatIsPacked(hasLeft: Bool) throws {
        var desk = try Desk.confirmed()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        let question = try #require(desk.last(OrderCancelRequested.self))
        if hasLeft { try desk.take(ShipmentDispatched.sample()) }
        let left = hasLeft ? [LinePieces(lineID: "1", quantity: 1, shipmentID: "\(OrderID.sample)-S1")] : []
        let answer = LinesStopped(
            orderID: .sample, requestID: question.requestID, stopped: [], dispatched: left, version: 5)
        try desk.take(answer)
        let told = desk.told.count
        try desk.take(answer)
        #expect(desk.told.count == told)
        #expect(desk.order()?.state == (hasLeft ? .shipped : .cancelled))
        #expect(desk.order()?.requests.cancels.map(\.outcome) == [hasLeft ? .refused : .cancelled])
        #expect((desk.last(OrderCancelled.self) == nil) == hasLeft)
    }
}

extension Desk {
    /// Takes an event of a walk; a timer that is not set does not fire, and what nobody asked is not answered.
    mutating func take(_ event: WalkEvent) throws {
        switch event {
        case .timeOut: try fire(.paymentTimeout)
        case .receiveByTime: try fire(.autoReceipt)
        case .operatorCancels: _ = try command(CancelOrder(head: .sample(), orderID: .sample))
        case .answerStop:
            guard let question = order()?.requests.pendingCancel else { return }
            let left = order()?.goods.shipmentIDs ?? []
            try take(
                LinesStopped(
                    orderID: .sample, requestID: question.requestID, stopped: [],
                    dispatched: left.map { LinePieces(lineID: "1", quantity: 1, shipmentID: $0) }))
        default: if let message = event.message { try take(message) }
        }
    }
}
