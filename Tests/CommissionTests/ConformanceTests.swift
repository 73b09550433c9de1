import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("Commission in the pipeline") struct ConformanceTests {
    private static func id(_ number: Int) -> OrderID { .sample("WX-\(number)") }

    private static func placed(
        _ number: Int, kind: OrderKind = .sale, attribution: Attribution? = .sample(), historical: Bool = false
    ) -> ConformanceStep {
        .fact(
            OrderPlaced.sample(
                externalOrderID: "WX-\(number)", kind: kind,
                lines: [.sample(), .sample("2", sku: "SKU-2", quantity: 3)], freight: 800, historical: historical,
                attribution: attribution))
    }

    private static func sold(_ number: Int) -> [ConformanceStep] {
        [placed(number), .fact(OrderConfirmed.sample(orderID: id(number)))]
    }

    private static func refunded(_ number: Int, _ refund: Int, _ amount: Int64, of lineID: String) -> ConformanceStep {
        .fact(
            CaseRefunded.sample(
                orderID: id(number), number: refund, lines: [.init(lineID: lineID, quantity: 1, amount: amount)]))
    }

    private static func closed(_ number: Int) -> ConformanceStep {
        .fact(
            CaseClosed(orderID: id(number), caseID: "\(id(number))-A1", outcome: .refunded, closedAt: .sample))
    }

    private static func completed(_ number: Int) -> ConformanceStep {
        .fact(OrderCompleted.sample(orderID: id(number)))
    }

    private static func cancelled(_ number: Int) -> ConformanceStep {
        .fact(OrderCancelled(orderID: id(number), reason: .buyer, cancelledAt: .sample, refundDue: 0))
    }

    private static let own = OrderPlaced.sample(
        externalOrderID: "WX-9", placedAt: .sample + .days(2), buyerID: "own")

    /// Read before anything else, as at the start of the process: the class of a SKU is looked up when an order accrues.
    private static let references: [ConformanceStep] = [
        .message(DistributionPlan.sample(), on: .distributionPlans, key: "2026"),
        .message(CatalogItem.sample(commissionClass: "beauty"), on: .catalogItems, key: "SKU-1"),
        .message(DistributionMember.sample(grade: "gold"), on: .distributionMembers, key: "M3"),
        .message(DistributionMember.sample(memberID: "M1"), on: .distributionMembers, key: "M1"),
        .message(
            DistributionMember.sample(memberID: "M2", parentID: "M3", buyers: ["own"]), on: .distributionMembers,
            key: "M2"),
        .message(
            DistributionPlan.sample(version: 2, effectiveFrom: .sample + .days(1), selfPurchase: .shift),
            on: .distributionPlans, key: "2026"),
        .raw(nil, type: CatalogItem.type, on: .catalogItems, key: "SKU-9"),
        .message(
            DistributionPlan.sample(planID: "bad", version: 2, peerBonusBasisPoints: 5), on: .distributionPlans,
            key: "bad"),
        .pass(.zero),
    ]

    /// 1 matures, 2 is cancelled, 3 belongs to another distributor and comes back in part before and after, 4 was nobody's,
    /// 5 and 6 never pay, 7 is held by a case, 8 comes back after it was cancelled unpaid, 9 is an own purchase under the
    /// plan of another day and stays so, 99 is never placed.
    private static let sales = ConformanceStep.joined(
        sold(1), [completed(1)],
        sold(2), [cancelled(2)],
        sold(3),
        [
            .fact(
                OrderAttributionChanged(
                    orderID: id(3),
                    attribution: .sample(chain: [ChainLink(memberID: "M9"), ChainLink(memberID: "M1")]),
                    reason: "bound late", version: 5)),
            completed(3),
            .fact(CaseOpened.sample(orderID: id(3))), refunded(3, 1, 3333, of: "1"), refunded(3, 2, 10_000, of: "2"),
            closed(3),
        ],
        [placed(4, attribution: nil), .fact(OrderConfirmed.sample(orderID: id(4))), completed(4)],
        [placed(5, kind: .replacement), .fact(OrderConfirmed.sample(orderID: id(5))), placed(6, historical: true)],
        sold(7), [completed(7), .fact(CaseOpened.sample(orderID: id(7)))],
        [
            placed(8), cancelled(8),
            .fact(OrderReinstated(orderID: id(8), reservation: 2, paymentID: "P", amount: 1, reinstatedAt: .sample)),
            .fact(OrderConfirmed.sample(orderID: id(8), reservation: 2)),
            .fact(own), .fact(OrderConfirmed.sample(orderID: own.orderID)),
            .fact(
                OrderAttributionChanged(
                    orderID: own.orderID, attribution: .sample(), reason: "bound late", version: 5)),
            refunded(99, 1, 1, of: "1"), refunded(8, 1, 1, of: "none"),
            .message(
                RefundResult(refundID: "R", status: .succeeded, reason: nil, at: .sample), on: .paymentResults, key: "R"
            ),
            .command(
                RequestPayout(
                    head: CommandHead(commandID: "C-1", actor: "M3", reason: "asked", issuedAt: .sample),
                    memberID: "M3", amount: 1000, currency: "CNY"), to: "commission"),
            .pass(.days(8)),
        ])

    /// After the window: what is taken back is a debt, and the end of a case lets go what it has held.
    private static let afterwards: [ConformanceStep] = [
        .command(RecordPayee.sample(), to: "commission"),
        .command(VerifyPayee(head: .by("u-2", "V-1"), memberID: "M3", fingerprint: "f1"), to: "commission"),
        .command(RequestPayout.sample(1000), to: "commission"),
        .command(AdjustCommission.sample(70), to: "commission"),
        .command(
            DisputeEntry(head: .by("u-3", "D-1"), memberID: "M1", entryID: "\(id(7))-J1"), to: "commission"),
        .pass(.zero),
        .command(ApprovePayout.sample(), to: "commission"), .pass(.zero),
        .message(
            PayoutResult(payoutID: "M3-P1", status: .succeeded, at: .sample), on: .paymentResults, key: "M3-P1"),
        refunded(1, 1, 5000, of: "1"), refunded(7, 1, 10_000, of: "1"), closed(7), .pass(.days(1)),
    ]

    /// Another order books in another number of journals, told each by its fact; what each account holds in the end is
    /// the same. Journals are only written: their rows are compared, not their values.
    @Test(arguments: ConformanceStore.allCases)
    func keepsThePipelinesPromises(_ store: ConformanceStore) throws {
        let conformance = Conformance(
            CommissionHandler(), CommissionTables(), migrations: CommissionTables.migrations,
            script: Self.references + Self.sales + Self.afterwards, shuffles: store == .memory ? 20 : 3,
            orderedFacts: ["CommissionAccrued", "CommissionReversed"], lastingTables: ["balances"],
            summary: { aggregate in
                switch aggregate {
                case .journal, .turnover, .balance: return nil
                default:
                    return CanonicalText.of(aggregate, without: ["unsaved", "journals", "accrualJournal", "turnovers"])
                }
            })
        let failures = try conformance.failures(over: store)
        #expect(failures == [])
    }
}
