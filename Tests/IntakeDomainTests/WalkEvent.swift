import Contracts
import Foundation
import Support

@testable import IntakeDomain

/// What can come to an order on a random walk; each is one message, the same one whenever it comes.
enum WalkEvent: Hashable, CaseIterable {
    case payWhole, payWholeAgain, payPart, payRest, payTooMuch, payInVain, payOtherMoney, payChanged
    case timeOut
    case buyerCancels, buyerInsists, operatorCancels, answerStop
    case hold, release
    case reserve, reserveAnew, backorder, reject, rejectAnew
    case dispatchFirst, dispatchSecond, deliverFirst, deliverSecond
    case receive, receiveByTime
    case openCase, endCase, openOther, endOther

    static let payments: [WalkEvent: (id: String, amount: Int64)] = [
        .payWhole: ("P-1", 10_000), .payWholeAgain: ("P-2", 10_000), .payPart: ("P-3", 4000), .payRest: ("P-4", 6000),
        .payTooMuch: ("P-5", 15_000),
    ]

    /// The message; `nil` for the timers, which the order sets itself, and for the answer to its own question.
    var message: IntakeMessage? { Self.messages[self] }

    private static let messages: [WalkEvent: IntakeMessage] = {
        var messages: [WalkEvent: IntakeMessage] = [:]
        for (event, payment) in payments { messages[event] = pay(payment.id, payment.amount) }
        messages[.payInVain] = pay("P-6", 10_000, .failed)
        messages[.payChanged] = pay("P-1", 9999)
        messages[.payOtherMoney] = .payment(
            ChannelPayment(
                channel: "wechat-mini", externalOrderID: "WX-1001", paymentID: "P-7", status: .succeeded,
                amount: 10_000, currency: "USD"), sentAt: .sample)
        messages[.buyerCancels] = .cancel(.sample())
        messages[.buyerInsists] = .cancel(.sample(requestedAt: .sample + .hours(1)))
        messages[.reserve] = .stockReserved(.sample(lines: [.sample("1", quantity: 2)]))
        messages[.reserveAnew] = .stockReserved(.sample(reservation: 2, lines: [.sample("1", quantity: 2)]))
        messages[.backorder] = .stockBackordered(
            StockBackordered(orderID: .sample, reservation: 1, allocations: [], missing: [.sample("1", quantity: 2)]))
        messages[.reject] = .stockRejected(StockRejected(orderID: .sample, reservation: 1, shortages: []))
        messages[.rejectAnew] = .stockRejected(StockRejected(orderID: .sample, reservation: 2, shortages: []))
        messages[.dispatchFirst] = .dispatched(.sample(lines: [.sample("1")]))
        messages[.dispatchSecond] = .dispatched(.sample(shipment: 2, lines: [.sample("1")]))
        messages[.deliverFirst] = .delivered(.sample(lines: [.sample("1")]))
        messages[.deliverSecond] = .delivered(.sample(shipment: 2, lines: [.sample("1")]))
        messages[.receive] = .received(
            ChannelOrderReceived(channel: "wechat-mini", externalOrderID: "WX-1001", receivedAt: .sample))
        messages[.openCase] = .caseOpened(.sample())
        messages[.endCase] = .caseEnded(.sample, caseID: "\(OrderID.sample)-A1")
        messages[.openOther] = .caseOpened(.sample(number: 2))
        messages[.endOther] = .caseEnded(.sample, caseID: "\(OrderID.sample)-A2")
        return messages
    }()

    private static func pay(
        _ paymentID: String, _ amount: Int64, _ status: ChannelPayment.Status = .succeeded
    ) -> IntakeMessage {
        .payment(.sample(paymentID: paymentID, status: status, amount: amount), sentAt: .sample)
    }
}
