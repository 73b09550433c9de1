import Contracts

/// Answers every command: settlement, payouts, adjustments and disputes are not offered yet.
func answerCommand(_ head: CommandHead) -> Decision<CommissionChange> {
    Decision(
        facts: [
            CommandAnswered(
                service: "commission", commandID: head.commandID, outcome: .refused, reason: "not available yet")
        ])
}
