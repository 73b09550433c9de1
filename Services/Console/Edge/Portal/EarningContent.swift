import ConsoleDomain
import Contracts

/// The why of an earning as pages show it: to the member, and to whoever answers its question.
struct EarningContent {
    let earning: Earning
    let story: EarningStory
    let visit: Visit

    var content: Content {
        let formats = visit.formats
        return [
            "order": .text(earning.orderID), "member": .text(earning.memberID), "channel": .text(earning.channel),
            "state": .text(earning.state.map { visit.say("term.state.\($0)") }),
            "placed": .text(earning.placedAt.map { formats.time($0) }),
            "level": .text(earning.level.map { formats.number($0) }),
            "order-path": .text(visit.viewer.may(.ordersView) ? OrderAddress.order(earning.orderID) : nil),
            "accrued": .text(money(earning.accrued)), "frozen": .text(money(earning.frozen)),
            "matured": .text(money(earning.matured)),
            "reversed": .text(money(earning.reversedFrozen + earning.reversedMatured)),
            "rest": .text(money(earning.rest)), "is-held": .flag(earning.isHeld),
            "steps": .list(story.steps.map(step)),
        ]
    }

    private func money(_ amount: Int64) -> String { visit.formats.money(amount, earning.currency) }

    private func step(_ step: EarningStep) -> Content {
        let sign: Int64 = step.kind == .reversed ? -1 : 1
        let tone =
            switch step.kind {
            case .accrued: "info"
            case .matured, .released: "good"
            case .reversed, .held: "bad"
            }
        return [
            "kind": .content(["word": .text(visit.say("portal.step.\(step.kind.rawValue)")), "tone": .text(tone)]),
            "time": .text(visit.formats.time(step.at)),
            "amount": .text(
                step.legs.isEmpty ? nil : PortalWords(visit: visit).signed(sign * step.amount, earning.currency)),
            "plan": .text(step.plan), "case": .text(step.caseID), "reason": .text(step.reason),
            "hold": .text(step.hold.map { visit.say("portal.hold.\($0.rawValue)") }),
            "answer": .text(step.answer.map { visit.say("portal.answer.\($0.rawValue)") }),
            "legs": .list(step.legs.map { leg($0, sign) }),
        ]
    }

    private func leg(_ leg: CommissionLeg, _ sign: Int64) -> Content {
        let rate =
            leg.rateBasisPoints.map { visit.formats.percent(basisPoints: $0) }
            ?? leg.amountPerUnit.map { visit.say("portal.per-piece", ["amount": money($0)]) }
        return [
            "line": .text(leg.lineID), "level": .text(visit.formats.number(leg.level)),
            "rule": .text(visit.say("portal.leg.\(leg.kind.rawValue)")), "base": .text(money(leg.base)),
            "rate": .text(rate ?? "–"),
            "amount": .text(PortalWords(visit: visit).signed(sign * leg.amount, earning.currency)),
            "why": .text(EngineWords(subject: .commission, visit: visit, currency: earning.currency).say(leg.why)),
        ]
    }
}
