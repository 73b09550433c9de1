import Contracts

/// Commands that change a case without deciding it.
extension OrderDraft {
    static let mostExtraDays: Int64 = 90

    /// Gives a case's clock more days; answers why not.
    mutating func extend(_ wanted: AfterSalesCase, _ command: ExtendCase) -> String? {
        let (days, reason, by) = (command.days, command.reason, command.actor)
        guard (1...Self.mostExtraDays).contains(days) else { return "\(days) days are not 1 to \(Self.mostExtraDays)" }
        guard wanted.outcome == nil else { return Self.noClock }
        if let rest = wanted.pausedRest {
            stopClock(of: wanted, rest: rest + Duration.days(days).milliseconds, because: reason, by: by)
            return nil
        }
        guard let dueAt = wanted.dueAt else { return Self.noClock }
        setClock(of: wanted, due: dueAt + .days(days), because: reason, by: by)
        return nil
    }

    private static let noClock = "no clock of the case is running"

    /// Stops a case's clock with what it has left; answers why not.
    mutating func pause(_ wanted: AfterSalesCase, _ command: PauseCase) -> String? {
        guard wanted.pausedRest == nil else { return "the clock of the case stands still already" }
        guard let dueAt = wanted.dueAt, wanted.outcome == nil else { return Self.noClock }
        let rest = max(0, dueAt.milliseconds - now.milliseconds)
        stopClock(of: wanted, rest: rest, because: command.reason, by: command.actor)
        return nil
    }

    /// Lets a case's clock go on; answers why not.
    mutating func resume(_ wanted: AfterSalesCase, _ command: ResumeCase) -> String? {
        guard let rest = wanted.pausedRest, wanted.outcome == nil else {
            return "the clock of the case does not stand still"
        }
        setClock(of: wanted, due: now + .milliseconds(rest), because: command.reason, by: command.actor)
        return nil
    }

    /// Opens a rejected wish once more, as a case of its own that a person decides; answers why not.
    mutating func appeal(
        _ rejected: AfterSalesCase, _ command: AppealCase, _ earnings: OrderEarnings?
    ) -> String? {
        guard rejected.outcome == .rejected || rejected.outcome == .expired else { return rejected.tooLate }
        let name = rejected.externalCaseID + AfterSalesCase.appealSuffix
        guard account.findCase(external: name) == nil else { return "the case was appealed before" }
        guard !rejected.isAppeal else { return "an appeal is decided for good" }
        guard !account.isCancelled else { return "the order is cancelled" }
        let shares = account.shares(of: rejected.items, after: account.givenBack(countsOpen: true))
        guard let shares else { return "other cases have used up the units" }
        if rejected.kind.isReplaced == false, shares.total > 0, account.available == 0 {
            return "nothing is left of the money"
        }
        let reason = [command.head.reason, command.note].compactMap { $0 }.joined(separator: ": ")
        let opened = AfterSalesCase(
            caseID: account.nextCaseID, externalCaseID: name, kind: rejected.kind,
            reason: "appeal of \(rejected.caseID): \(String(reason.prefix(1000)))",
            items: rejected.items.map {
                CaseItem(lineID: $0.lineID, sku: $0.sku, quantity: $0.quantity, exchangeSku: $0.exchangeSku)
            },
            asked: rejected.asked, amount: min(rejected.asked ?? shares.total, shares.total),
            difference: rejected.difference)
        move(opened)
        tellOpening(of: opened, shares, earnings)
        if command.note != nil || !command.attachments.isEmpty {
            _ = note(
                opened.caseID, by: .merchant, messageID: command.head.commandID, actor: command.actor,
                text: command.note, command.attachments, at: now)
        }
        if opened.kind.isReplaced { askReplacement(for: opened) }
        return nil
    }

    /// Settles who pays for sending the goods back; answers why not.
    mutating func charge(_ wanted: AfterSalesCase, _ command: ChargeReturnFreight) -> String? {
        guard wanted.kind == .return, wanted.outcome == nil, wanted.state != .refunding else { return wanted.tooLate }
        guard command.amount >= 0 else { return "\(command.amount) is negative" }
        var charged = wanted
        charged.returnFreight = 0
        let share = affordableShares(of: charged).total
        switch command.payer {
        case .buyer:
            guard command.amount <= share else { return "\(command.amount) is above the refund of \(share)" }
            charged.returnFreight = -command.amount
        case .merchant:
            let left = account.available - share
            guard command.amount <= left else { return "\(command.amount) is above what is left of the money, \(left)" }
            charged.returnFreight = command.amount
        }
        change(.caseMoved(orderID, charged))
        return nil
    }
}
