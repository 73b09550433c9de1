import Contracts
import Testing

@testable import ConsoleDomain

@Suite("Values of reports")
struct ReportValueTests {
    @Test(arguments: [
        (1, 3, Int64?(3333)), (2, 3, 6667), (1, 0, nil), (0, 5, 0), (1, 16, 625), (-1, 3, -3333), (1, 20_000, 1),
        (Int64.max, 1, nil),
    ])
    func sharesAreRoundedAndNeverDividedByNothing(part: Int64, whole: Int64, basisPoints: Int64?) {
        #expect(Ratio.basisPoints(part, of: whole) == basisPoints)
    }

    @Test func figuresWithoutOrdersHaveNoRates() {
        let none = SalesFigures()
        #expect(none.paidRate == nil && none.averageValue == nil && none.refundRate == nil)
        let some = SalesFigures(orders: 4, soldOrders: 3, soldTotal: 1000, paid: 1000, refunded: 250)
        #expect(some.paidRate == 7500 && some.averageValue == 333 && some.refundRate == 2500)
    }

    /// 2026-11-18 is a Wednesday; 06:26 UTC is 14:26 in Shanghai.
    @Test(arguments: [
        (Int?.none, 15, "2026-11-18T07:00:00.000Z"), (nil, 14, "2026-11-19T06:00:00.000Z"),
        (3, 15, "2026-11-18T07:00:00.000Z"), (3, 14, "2026-11-25T06:00:00.000Z"), (1, 0, "2026-11-22T16:00:00.000Z"),
    ])
    func schedulesRunOnTheMallsClock(weekday: Int?, hour: Int, next: String) throws {
        let rhythm = try #require(ExportRhythm(weekday: weekday, hour: hour))
        #expect(rhythm.next(after: Instant(milliseconds: 1_794_983_200_000), .shanghai).description == next)
    }

    @Test func theSameHourIsNotTakenTwice() throws {
        let rhythm = try #require(ExportRhythm(weekday: nil, hour: 15))
        let first = rhythm.next(after: Instant(milliseconds: 1_794_983_200_000), .shanghai)
        #expect(rhythm.next(after: first, .shanghai) == first + .days(1))
    }

    @Test func noSuchHourOrWeekday() {
        #expect(ExportRhythm(weekday: 0, hour: 1) == nil && ExportRhythm(weekday: 8, hour: 1) == nil)
        #expect(ExportRhythm(weekday: nil, hour: 24) == nil && ExportRhythm(weekday: nil, hour: -1) == nil)
    }
}
