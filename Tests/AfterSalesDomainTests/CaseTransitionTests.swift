import Contracts
import Support
import Testing

@testable import AfterSalesDomain

/// Every resting place of a case against everything that can happen to it; what no row names changes nothing.
@Suite("Transitions of a case")
struct CaseTransitionTests {
    /// What each event makes the service tell; a pair that is not listed tells nothing.
    static let table: [Place: [Event: String]] = [
        .requestedRefund: [
            .stayed: "CaseApproved RefundDue", .withdrawn: "CaseWithdrawn CaseClosed",
            .orderCancelled: "CaseRejected CaseClosed RefundDue", .platformRefunded: "fault",
            .inspected: "fault", .approve: "refused", .reject: "CaseRejected CaseClosed accepted",
            .receive: "refused", .inspect: "refused", .close: "refused", .refundSucceeded: "fault",
            .refundFailed: "fault",
        ],
        .partlyShippedRefund: [
            .withdrawn: "CaseWithdrawn CaseClosed", .orderCancelled: "CaseRejected CaseClosed RefundDue",
            .platformRefunded: "fault", .inspected: "fault", .approve: "CaseApproved RefundDue accepted",
            .reject: "CaseRejected CaseClosed accepted", .receive: "refused", .inspect: "refused",
            .close: "refused", .refundSucceeded: "fault", .refundFailed: "fault",
        ],
        .requestedReturn: [
            .stayed: "CaseRejected CaseClosed", .withdrawn: "CaseWithdrawn CaseClosed",
            .shipped: "CaseApproved CaseGoodsShipped", .approvalDue: "CaseApproved",
            .orderCancelled: "CaseRejected CaseClosed RefundDue", .platformRefunded: "fault",
            .inspected: "fault", .approve: "CaseApproved accepted", .reject: "CaseRejected CaseClosed accepted",
            .receive: "refused", .inspect: "refused", .close: "refused", .refundSucceeded: "fault",
            .refundFailed: "fault",
        ],
        .approvedReturn: [
            .stayed: "CaseRejected CaseClosed", .withdrawn: "CaseWithdrawn CaseClosed",
            .shipped: "CaseGoodsShipped", .shipBackDue: "CaseClosed",
            .orderCancelled: "CaseRejected CaseClosed RefundDue", .platformRefunded: "fault",
            .inspected: "CaseGoodsReceived CaseInspected RefundDue", .approve: "refused",
            .reject: "CaseRejected CaseClosed accepted", .receive: "CaseGoodsReceived accepted",
            .inspect: "CaseGoodsReceived CaseInspected RefundDue accepted", .close: "CaseClosed accepted",
            .refundSucceeded: "fault", .refundFailed: "fault",
        ],
        .goodsInTransit: [
            .refundReturnDue: "RefundDue", .orderCancelled: "CaseRejected CaseClosed RefundDue",
            .platformRefunded: "fault", .inspected: "CaseGoodsReceived CaseInspected RefundDue",
            .approve: "refused", .reject: "refused", .receive: "CaseGoodsReceived accepted",
            .inspect: "CaseGoodsReceived CaseInspected RefundDue accepted", .close: "CaseClosed accepted",
            .refundSucceeded: "fault", .refundFailed: "fault",
        ],
        .received: [
            .refundReturnDue: "RefundDue", .orderCancelled: "CaseRejected CaseClosed RefundDue",
            .platformRefunded: "fault", .inspected: "CaseInspected RefundDue", .approve: "refused",
            .reject: "CaseRejected CaseClosed accepted", .receive: "refused",
            .inspect: "CaseInspected RefundDue accepted", .close: "refused", .refundSucceeded: "fault",
            .refundFailed: "fault",
        ],
        .refunding: [
            .platformRefunded: "fault", .inspected: "CaseGoodsReceived CaseInspected", .approve: "refused",
            .reject: "refused", .receive: "refused", .inspect: "CaseGoodsReceived CaseInspected accepted",
            .close: "refused", .refundSucceeded: "RefundSettled CaseRefunded CaseClosed",
            .refundFailed: "RefundFailed",
        ],
        .refundFailed: [
            .platformRefunded: "fault", .inspected: "CaseGoodsReceived CaseInspected", .approve: "refused",
            .reject: "refused", .receive: "refused", .inspect: "CaseGoodsReceived CaseInspected accepted",
            .close: "refused", .refundSucceeded: "RefundSettled CaseRefunded CaseClosed",
        ],
        .refunded: [
            .platformRefunded: "fault", .inspected: "CaseGoodsReceived CaseInspected", .approve: "refused",
            .reject: "refused", .receive: "refused", .inspect: "CaseGoodsReceived CaseInspected accepted",
            .close: "refused",
        ],
        .expired: Self.over, .rejected: Self.over, .withdrawn: Self.over,
    ]

    /// A case that ended without money: only the order's own money can still move.
    static let over: [Event: String] = [
        .orderCancelled: "RefundDue", .platformRefunded: "fault", .inspected: "fault", .approve: "refused",
        .reject: "refused", .receive: "refused", .inspect: "refused", .close: "refused",
        .refundSucceeded: "fault", .refundFailed: "fault",
    ]

    @Test(arguments: Place.allCases)
    func everyEventHasOneOutcome(place: Place) throws {
        let row = try #require(Self.table[place])
        for event in Event.allCases {
            let state = place.state
            #expect(
                event.outcome(in: state) == (row[event] ?? (event == .extend ? "refused" : "")), "\(place) \(event)")
        }
    }

    @Test func theTableNamesEveryPlace() {
        #expect(Set(Self.table.keys) == Set(Place.allCases))
    }

    @Test(arguments: Place.allCases, Event.allCases)
    func noDecisionPaysBackMoreThanWasPaid(place: Place, event: Event) {
        var state = place.state
        guard let decision = try? event.message.decide(given: state, at: .sample) else { return }
        for change in decision.changes { change.apply(to: &state) }
        let account = state.order(.order(.sample))
        #expect((account?.available ?? -1) >= 0)
    }
}
