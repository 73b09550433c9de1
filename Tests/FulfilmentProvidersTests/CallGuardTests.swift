import Contracts
import FulfilmentProviders
import Testing

@Suite("Calls to providers are kept within bounds")
struct CallGuardTests {
    private let start = Instant(milliseconds: 1_795_334_400_000)

    @Test func theRateFillsWithTime() {
        let limits = CallGuard(ratePerSecond: 3)
        #expect(limits.allowance(atMost: 20, at: start) == 3)
        for _ in 0..<3 { limits.used(isOutage: false, at: start) }
        #expect(limits.allowance(atMost: 20, at: start) == 0)
        #expect(limits.allowance(atMost: 20, at: start + .milliseconds(400)) == 1)
        #expect(limits.allowance(atMost: 20, at: start + .days(1)) == 3, "no more than one second's share")
    }

    @Test func aProviderThatFailsAgainAndAgainIsLeftAlone() {
        let limits = CallGuard(ratePerSecond: 100)
        for _ in 1..<CallGuard.failuresBeforeOpen { limits.used(isOutage: true, at: start) }
        #expect(limits.allowance(atMost: 20, at: start) == 20, "not yet")
        limits.used(isOutage: true, at: start)
        #expect(limits.allowance(atMost: 20, at: start + .seconds(59)) == 0)
        #expect(limits.allowance(atMost: 20, at: start + .seconds(60)) == 1, "one call tries")
        limits.used(isOutage: true, at: start + .seconds(60))
        #expect(limits.allowance(atMost: 20, at: start + .seconds(119)) == 0)
        limits.used(isOutage: false, at: start + .seconds(120))
        #expect(limits.allowance(atMost: 20, at: start + .seconds(120)) == 20)
    }

    @Test func aRefusalIsNoFailure() {
        let limits = CallGuard(ratePerSecond: 100)
        for _ in 0..<4 { limits.used(isOutage: true, at: start) }
        limits.used(isOutage: false, at: start)
        limits.used(isOutage: true, at: start)
        #expect(limits.allowance(atMost: 20, at: start) > 1)
    }

    @Test(arguments: [
        (1, 5000...10_000), (2, 10_000...20_000), (9, 1_280_000...2_560_000), (30, 1_800_000...3_600_000),
    ])
    func waitsDoubleUpToAnHour(attempt: Int, milliseconds: ClosedRange<Int64>) {
        #expect(RetryDelay.after(attempt: attempt, chance: 0).milliseconds == milliseconds.lowerBound)
        #expect(RetryDelay.after(attempt: attempt, chance: 1000).milliseconds == milliseconds.upperBound)
    }
}
