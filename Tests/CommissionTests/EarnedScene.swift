import CommissionDomain
import Contracts
import Pipeline
import Support

@testable import Commission

/// Members who have earned something, and what people do with it.
extension CommissionScene {
    /// M3 has 1000 and M1 500 that they can withdraw.
    static func earned(
        _ plan: DistributionPlan = .sample(), rules: CommissionRules = CommissionRules()
    ) throws -> CommissionScene {
        let scene = try CommissionScene(plan, rules: rules)
        for member in ["M3", "M1"] { scene.join(member) }
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        try scene.harness.advance(by: .days(40))
        return scene
    }

    func join(_ memberID: String) {
        harness.publish(DistributionMember.sample(memberID: memberID), on: .distributionMembers, key: memberID)
    }

    /// Has a command carried out.
    ///
    /// - Returns: The reason of a refusal; otherwise the remark, or `nil`.
    @discardableResult
    func ask(_ command: any HeadedCommand) throws -> (isAccepted: Bool, reason: String?) {
        harness.publish(command, on: .commands(of: "commission"), key: command.key, id: command.commandID)
        try harness.settle()
        guard let answer = harness.facts(CommandAnswered.self).last(where: { $0.commandID == command.commandID }) else {
            throw MissingOrder()
        }
        return (answer.outcome == .accepted, answer.reason)
    }

    /// M3 has a payee that somebody else has verified.
    func knowPayee(_ fingerprint: String = "f1", kind: PayeeKind = .person) throws {
        try ask(RecordPayee.sample(fingerprint, kind: kind, number: "\(harness.clock.now.milliseconds)"))
        try ask(
            VerifyPayee(
                head: .by("u-verifier", "V-\(fingerprint)-\(harness.clock.now.milliseconds)"), memberID: "M3",
                fingerprint: fingerprint))
    }

    func inPayout(_ member: String) -> Int64 { balance(.inPayout(member: member)) }

    func answer(_ status: PayoutResult.Status, after: Duration = .zero, id: String? = nil) throws {
        harness.publish(
            PayoutResult(
                payoutID: "M3-P1", status: status, reason: status == .failed ? "account closed" : nil,
                at: .sample + after),
            on: .paymentResults, key: "M3-P1", id: id)
        try harness.settle()
    }
}

extension CommandHead {
    static func by(_ actor: String, _ id: String) -> CommandHead {
        CommandHead(commandID: id, actor: actor, reason: "as agreed", issuedAt: .sample)
    }
}

extension RecordPayee {
    static func sample(_ fingerprint: String = "f1", kind: PayeeKind = .person, number: String = "1") -> RecordPayee {
        RecordPayee(
            head: .by("u-1", "P-\(fingerprint)-\(number)"), memberID: "M3", kind: kind, method: .bank,
            masterKeyID: "k1",
            wrappedKey: "d3JhcHBlZA==", sealed: "c2VhbGVk", hint: "…6789", fingerprint: fingerprint)
    }
}

extension RequestPayout {
    static func sample(_ amount: Int64 = 1000, id: String = "R-1", currency: String = "CNY") -> RequestPayout {
        RequestPayout(head: .by("u-1", id), memberID: "M3", amount: amount, currency: currency)
    }
}

extension ApprovePayout {
    static func sample(by actor: String = "u-2", id: String = "Y-1") -> ApprovePayout {
        ApprovePayout(head: .by(actor, id), memberID: "M3", payoutID: "M3-P1")
    }
}
