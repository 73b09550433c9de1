import Contracts
import Testing

@testable import ConsoleDomain

/// - Source: DESIGN section 4, "After-sales".
@Suite("Clocks of cases")
struct CaseDeadlineTests {
    private func day(_ count: Int64) -> Instant { Instant(milliseconds: 0) + .days(count) }

    @Test func returnIsApprovedAfterTwoDays() {
        let deadline = CaseDeadline.of(.return, .requested, .init(opened: day(1)))
        #expect(deadline == CaseDeadline(act: .approve, due: day(3)))
    }

    @Test(arguments: [CaseKind.refund, .reship, .priceAdjustment])
    func whatBringsNoGoodsBackGoesToAPerson(kind: CaseKind) {
        #expect(
            CaseDeadline.of(kind, .requested, .init(opened: day(1))) == CaseDeadline(act: .person, due: nil))
    }

    @Test func buyerHasSevenDaysToSend() {
        #expect(
            CaseDeadline.of(.exchange, .approved, .init(approved: day(1))) == CaseDeadline(act: .close, due: day(8)))
    }

    @Test func refundComesTenDaysAfterSending() {
        #expect(
            CaseDeadline.of(.return, .goodsInTransit, .init(shipped: day(1)))
                == CaseDeadline(act: .refund, due: day(11)))
    }

    @Test(arguments: [(2, 9), (4, 11), (5, 11)])
    func earlierOfArrivalAndSendingCounts(received: Int64, due: Int64) {
        let times = CaseDeadline.Times(shipped: day(1), received: day(received))
        #expect(CaseDeadline.of(.return, .received, times) == CaseDeadline(act: .refund, due: day(due)))
    }

    @Test(arguments: [CaseStage.refunding, .closed, .rejected, .withdrawn])
    func whatIsOverHasNoClock(stage: CaseStage) {
        #expect(CaseDeadline.of(.return, stage, .init(opened: day(1))) == nil)
    }
}
