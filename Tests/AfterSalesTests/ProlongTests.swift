import AfterSalesDomain
import Contracts
import Pipeline
import Support
import Testing

@Suite("Extensions, appeals and return freight")
struct ProlongTests {
    private func returning(quantity: Int64 = 1) throws -> Desk {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)], freight: 800))
        try desk.dispatch([.sample(quantity: 2)])
        try desk.request(kind: .return, quantity: quantity)
        try desk.stop(dispatched: true)
        return desk
    }

    private func reason(_ desk: Desk) -> String? { desk.harness.facts(CommandAnswered.self).last?.reason }

    @Test func anExtendedClockRunsLonger() throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        let due = try #require(desk.account.cases.first?.dueAt)
        #expect(try desk.command { ExtendCase(head: $0, orderID: orderID, caseID: caseID, days: 3) } == .accepted)
        #expect(desk.account.cases.first?.dueAt == due + .days(3))
        try desk.harness.advance(by: .days(4))
        #expect(desk.account.cases.first?.state == .requested)
        try desk.harness.advance(by: .days(1))
        #expect(desk.account.cases.first?.state == .approved)
    }

    @Test(arguments: [Int64(0), -1, 91]) func senselessDaysAreRefused(days: Int64) throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        #expect(try desk.command { ExtendCase(head: $0, orderID: orderID, caseID: caseID, days: days) } == .refused)
        #expect(reason(desk) == "\(days) days are not 1 to 90")
    }

    @Test func aCaseWithoutAClockCannotBeExtended() throws {
        let desk = try Desk.paid()
        try desk.request()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        #expect(try desk.command { ExtendCase(head: $0, orderID: orderID, caseID: caseID, days: 3) } == .refused)
        #expect(reason(desk) == "no clock of the case is running")
    }

    @Test func aPausedClockGoesOnWithWhatItHadLeft() throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        try desk.harness.advance(by: .days(1))
        #expect(try desk.command { ResumeCase(head: $0, orderID: orderID, caseID: caseID) } == .refused)
        #expect(try desk.command { PauseCase(head: $0, orderID: orderID, caseID: caseID) } == .accepted)
        #expect(desk.clocks.isEmpty)
        #expect(desk.account.cases.first?.dueAt == nil)
        try desk.harness.advance(by: .days(30))
        #expect(desk.account.cases.first?.state == .requested)
        #expect(try desk.command { PauseCase(head: $0, orderID: orderID, caseID: caseID) } == .refused)
        #expect(reason(desk) == "the clock of the case stands still already")
        #expect(try desk.command { ExtendCase(head: $0, orderID: orderID, caseID: caseID, days: 1) } == .accepted)
        #expect(try desk.command { ResumeCase(head: $0, orderID: orderID, caseID: caseID) } == .accepted)
        #expect(desk.account.cases.first?.dueAt == desk.harness.clock.now + .days(2))
        try desk.harness.advance(by: .days(2) + .seconds(-1))
        #expect(desk.account.cases.first?.state == .requested)
        try desk.harness.advance(by: .seconds(1))
        #expect(desk.account.cases.first?.state == .approved)
    }

    /// What the clocks do by their rule is not told.
    @Test func whatIsDoneToAClockIsTold() throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        #expect(desk.harness.facts(CaseClockChanged.self).isEmpty)
        let day = Duration.days(1).milliseconds
        try desk.harness.advance(by: .days(1))
        _ = try desk.command { ExtendCase(head: $0, orderID: orderID, caseID: caseID, days: 3) }
        _ = try desk.command { PauseCase(head: $0, orderID: orderID, caseID: caseID) }
        _ = try desk.command { ExtendCase(head: $0, orderID: orderID, caseID: caseID, days: 2) }
        try desk.harness.advance(by: .days(30))
        _ = try desk.command { ResumeCase(head: $0, orderID: orderID, caseID: caseID) }
        _ = try desk.command { ResumeCase(head: $0, orderID: orderID, caseID: caseID) }
        let told = desk.harness.facts(CaseClockChanged.self)
        let now = desk.harness.clock.now
        #expect(told.map(\.restMilliseconds) == [nil, 4 * day, 6 * day, nil])
        #expect(told.map(\.dueAt) == [now + .days(-26), nil, nil, now + .days(6)])
        #expect(told.allSatisfy { $0.clock == .approve && $0.by == "anna" && $0.reason == "asked" })
        #expect(told.last?.dueAt == desk.account.cases.first?.dueAt)
    }

    /// What happens to a case meanwhile starts the next clock as ever.
    @Test func aDecisionEndsThePause() throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        _ = try desk.command { PauseCase(head: $0, orderID: orderID, caseID: caseID) }
        _ = try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID) }
        #expect(desk.clocks == ["ship-back"])
        #expect(desk.account.cases.first?.pausedRest == nil)
    }

    @Test func aRejectedCaseIsAppealedOnceAsACaseOfItsOwn() throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        #expect(try desk.command { AppealCase(head: $0, orderID: orderID, caseID: caseID) } == .refused)
        #expect(try desk.command { RejectCase(head: $0, orderID: orderID, caseID: caseID) } == .accepted)
        let appeal = try desk.command { AppealCase(head: $0, orderID: orderID, caseID: caseID, note: "photo-7") }
        #expect(appeal == .accepted)
        let opened = try #require(desk.account.cases.last)
        #expect(opened.caseID == "\(orderID)-A2")
        #expect(opened.externalCaseID == "AS-1/appeal")
        #expect(opened.reason == "appeal of \(caseID): asked: photo-7")
        #expect(try desk.command { AppealCase(head: $0, orderID: orderID, caseID: caseID) } == .refused)
        #expect(reason(desk) == "the case was appealed before")
        let second = "\(orderID)-A2"
        #expect(try desk.command { RejectCase(head: $0, orderID: orderID, caseID: second) } == .accepted)
        #expect(try desk.command { AppealCase(head: $0, orderID: orderID, caseID: second) } == .refused)
        #expect(reason(desk) == "an appeal is decided for good")
    }

    @Test(arguments: [(FreightPayer.buyer, Int64(1200), Int64(8800)), (.merchant, 800, 10_800)])
    func whoPaysForTheWayBackIsInTheRefund(payer: FreightPayer, amount: Int64, refund: Int64) throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        let charged = try desk.command {
            ChargeReturnFreight(head: $0, orderID: orderID, caseID: caseID, amount: amount, payer: payer)
        }
        #expect(charged == .accepted)
        try desk.ship()
        try desk.inspect()
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [refund])
    }

    @Test(arguments: [
        (FreightPayer.buyer, Int64(10_001), "10001 is above the refund of 10000"),
        (.merchant, 10_801, "10801 is above what is left of the money, 10800"), (.buyer, -1, "-1 is negative"),
    ])
    func moreThanThereIsIsRefused(payer: FreightPayer, amount: Int64, why: String) throws {
        let desk = try returning()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        let charged = try desk.command {
            ChargeReturnFreight(head: $0, orderID: orderID, caseID: caseID, amount: amount, payer: payer)
        }
        #expect(charged == .refused)
        #expect(reason(desk) == why)
    }

    @Test func aRequestAfterTheWindowIsRejected() throws {
        let desk = try Desk.paid()
        try desk.dispatch()
        try desk.tell(
            OrderCompleted(
                orderID: desk.orderID, completedAt: .sample, afterSalesUntil: .sample + .days(-1)))
        try desk.request(kind: .return)
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["window-closed"])
    }

    @Test func aPriceAdjustmentIsMoneyWithoutPieces() throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)]))
        try desk.request(kind: .priceAdjustment, line: "1", quantity: 1, amount: 1500)
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [1500])
        try desk.answerRefund()
        #expect(desk.account.cases.first?.outcome == .refunded)
        #expect(desk.account.cases.first?.lines.isEmpty == true)
        try desk.request("AS-2", quantity: 2)
        #expect(desk.account.cases.last?.amount == 18_500)
    }

    @Test func anExchangeForGoodsThatNobodySellsIsRejected() throws {
        let desk = try Desk.paid()
        try desk.say(
            AfterSalesRequest.sample(
                kind: .exchange, lines: [.init(lineID: "1", quantity: 1, exchangeSku: "SKU-9")]))
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["goods-not-sold"])
    }

    @Test func anExchangeIsNotApprovedBeforeItsGoodsAreThere() throws {
        let desk = try Desk.paid()
        try desk.dispatch()
        try desk.request(kind: .exchange)
        try desk.stop(dispatched: true)
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        #expect(try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID) } == .refused)
        #expect(reason(desk) == "the goods to be sent are not set aside yet")
        try desk.harness.advance(by: .days(2))
        #expect(desk.account.cases.first?.state == .requested, "the clock waits for the goods too")
        try desk.tell(
            OrderReplacementAnswered(
                orderID: orderID, caseID: caseID, replacementOrderID: .sample("R"), outcome: .reserved,
                answeredAt: .sample))
        try desk.harness.advance(by: .days(1))
        #expect(desk.account.cases.first?.state == .approved)
    }
}
