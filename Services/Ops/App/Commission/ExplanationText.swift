import CommissionDomain
import Contracts

/// An explanation of commission as people read it: a paragraph for each step from the order to the money.
struct ExplanationText {
    let explanation: OrderExplanation

    private var books: BookedOrder { explanation.books }

    var text: String {
        ([head, owner, order, plans] + explanation.accruals.map(Self.accrual)
            + [
                freeze, refunds, MemberMoney.text(of: explanation.money), Self.journals(books.journals),
                verdict(explanation.differences),
            ]).compactMap { $0 }.joined(separator: "\n\n")
    }

    /// One journal with the legs it is about.
    func text(of entry: EntryExplanation) -> String {
        let legs = Self.legs(entry.legs.map(\.leg), entry.accrual)
        return [
            head, owner, Self.journals([entry.journal]),
            legs.map { "legs of accrual \(entry.accrual?.number ?? 0) it is about\n" + $0 },
            MemberMoney.text(of: entry.money),
            verdict(entry.differences),
        ].compactMap { $0 }.joined(separator: "\n\n")
    }

    private var head: String {
        let lines = ["order \(books.placed.orderID), \(books.state)"] + explanation.notes
        return lines.joined(separator: "\n")
    }

    private var owner: String {
        guard let attribution = books.attribution else {
            return (["whose it is: nobody"] + Self.losers(books.placed.contest)).joined(separator: "\n")
        }
        let changed = books.attributionVersion > 0 ? " (changed after it was placed)" : ""
        return
            (["whose it is: \(attribution.memberID) by \(attribution.kind.rawValue)\(changed), \(attribution.reason)"]
            + ["  chain \(Self.chain(attribution.chain))"] + Self.losers(attribution.contest)).joined(separator: "\n")
    }

    private static func losers(_ contest: [Contender]) -> [String] {
        contest.map { "  not \($0.memberID) by \($0.kind.rawValue): \($0.reason)" }
    }

    private static func chain(_ links: [ChainLink]) -> String {
        links.map(member).joined(separator: " < ")
    }

    private static func member(_ link: ChainLink) -> String {
        link.memberID + (link.grade.map { " (\($0))" } ?? "")
    }

    private var order: String {
        let rows = books.placed.lines.map { line in
            [line.lineID, line.sku, "\(line.quantity)", "\(line.unitPrice)", "\(line.paid)"]
        }
        let revised = books.placed.version > 1 ? ", revised since" : ""
        return "placed \(books.placed.placedAt) in \(books.placed.currency)\(revised)\n"
            + Screen.table(["line", "sku", "quantity", "unit price", "paid"], rows)
    }

    private var plans: String {
        explanation.plans.sorted { $0.isTheOne && !$1.isTheOne }.map { standing in
            let plan = standing.version.plan
            let name = standing.version.name.text
            guard standing.isTheOne else { return "  not \(name): \(standing.reason)" }
            return """
                plan \(name) from \(standing.version.effectiveFrom): \(standing.reason)
                  mode \(plan.mode.rawValue), base \(plan.base.rawValue), pool \(Self.percent(plan.poolCapBasisPoints)), \
                own purchases \(plan.selfPurchase.rawValue), frozen for \(plan.freezeDays) days
                """
        }.joined(separator: "\n")
    }

    private static func percent(_ basisPoints: Int64) -> String { exactText(of: Int128(basisPoints) * 100) + " %" }

    private static func accrual(_ accrual: AccrualReckoning) -> String {
        let owner = accrual.chain.map(chain) ?? "whose it was then is not kept, so it stands as it was booked"
        let head = "accrual \(accrual.number)" + (accrual.cause.map { ", \($0)" } ?? "") + ": " + owner
        guard accrual.chain != nil else {
            return [head, legs(accrual.booked?.legs ?? [], accrual)].compactMap { $0 }.joined(separator: "\n")
        }
        return ([head] + accrual.lines.map { line($0, of: accrual) }).joined(separator: "\n")
    }

    private static func line(_ line: LineReckoning, of accrual: AccrualReckoning) -> String {
        let name = [line.line.lineID, line.line.sku] + (line.commissionClass.map { ["class \($0)"] } ?? [])
        let booked = accrual.booked?.legs.filter { $0.leg.lineID == line.line.lineID } ?? []
        return
            ([
                "line \(name.joined(separator: ", ")): base \(line.base), pool \(line.pool), exact \(line.exact), "
                    + "company \(line.companyShare), remainder \(line.remainder)"
            ] + line.levels.flatMap(level) + [legs(booked, accrual)].compactMap { $0 }).joined(separator: "\n")
    }

    private static func level(_ level: LevelReckoning) -> [String] {
        guard let choice = level.choice else {
            return ["  level \(level.level) \(member(level.link)): the plan has no such level"]
        }
        return ["  level \(level.level) \(member(level.link)): \(choice.chosen ?? "no rate applies")"]
            + choice.passedOver.map { "    not \($0.rate): it \($0.reason)" }
    }

    /// Legs as booked, beside the arithmetic of the rules.
    private static func legs(_ legs: [BookedLeg], _ accrual: AccrualReckoning?) -> String? {
        let reckoned = accrual?.lines.flatMap(\.legs) ?? []
        guard !legs.isEmpty else { return nil }
        let rows = legs.map { booked in
            let leg = booked.leg
            let twin = reckoned.first {
                ($0.leg.memberID, $0.leg.level, $0.leg.kind, $0.leg.lineID)
                    == (leg.memberID, leg.level, leg.kind, leg.lineID)
            }
            return [
                leg.lineID, leg.memberID, "\(leg.level)", leg.kind.rawValue, twin?.text ?? "", "\(leg.amount)",
                "\(booked.reversed)", leg.why,
            ]
        }
        return Screen.table(["line", "member", "level", "kind", "arithmetic", "amount", "taken back", "why"], rows)
    }

    private var freeze: String? {
        guard !books.accruals.isEmpty else { return nil }
        guard let completion = books.completion else { return "frozen: the order is not completed yet" }
        let days = books.plan?.freezeDays ?? 0
        var lines = [
            "frozen: completed \(completion.completedAt), goods may come back until \(completion.afterSalesUntil), "
                + "\(days) days after completion"
        ]
        if let due = explanation.due { lines.append("  due \(due)") }
        if let maturedAt = books.maturedAt { lines.append("  matured \(maturedAt)") }
        lines += books.holds.map { "  held for \($0.memberID): \($0.kind.rawValue), \($0.reason)" }
        if !books.afterSales.openCases.isEmpty {
            lines.append("  held by open cases \(books.afterSales.openCases.joined(separator: ", "))")
        }
        return lines.joined(separator: "\n")
    }

    private var refunds: String? {
        let rows = books.afterSales.refunds.map { [$0.refundID, $0.lineID, "\($0.amount)"] }
        return rows.isEmpty ? nil : "paid back\n" + Screen.table(["refund", "line", "amount"], rows)
    }

    private static func journals(_ journals: [BookedJournal]) -> String? {
        let rows = journals.flatMap { journal in
            journal.entries.map { entry in
                [
                    journal.journalID, journal.kind, journal.cause, "\(journal.at)", entry.account, entry.memberID,
                    "\(entry.amount)",
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        return "journals\n"
            + Screen.table(["journal", "kind", "cause", "booked", "account", "member", "amount"], rows)
    }

    private func verdict(_ differences: [BookDifference]) -> String {
        differences.isEmpty ? "the books agree" : differences.map(\.text).joined(separator: "\n")
    }
}
