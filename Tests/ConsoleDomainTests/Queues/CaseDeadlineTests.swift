import Contracts
import Testing

@testable import ConsoleDomain

/// - Source: DESIGN section 4, "After-sales".
@Suite("What happens to a case by itself")
struct CaseDeadlineTests {
    @Test(arguments: CaseKind.allCases) func whatBringsNoGoodsBackGoesToAPerson(kind: CaseKind) {
        let act = CaseDeadline.act(on: kind, .requested, isPlatforms: false)
        #expect(act == ([.return, .exchange].contains(kind) ? .approve : .person))
    }

    @Test(arguments: [
        (CaseStage.approved, CaseDeadline.Act.close), (.goodsInTransit, .refund), (.received, .refund),
        (.inspected, .refund),
    ])
    func eachStepHasItsClock(stage: CaseStage, act: CaseDeadline.Act) {
        #expect(CaseDeadline.act(on: .return, stage, isPlatforms: false) == act)
        #expect(CaseDeadline.act(on: .return, stage, isPlatforms: true) == .platform)
    }

    @Test(arguments: [CaseStage.refunding, .closed, .rejected, .withdrawn])
    func whatIsOverHasNoClock(stage: CaseStage) {
        for isPlatforms in [false, true] {
            #expect(CaseDeadline.act(on: .return, stage, isPlatforms: isPlatforms) == nil)
        }
    }
}
