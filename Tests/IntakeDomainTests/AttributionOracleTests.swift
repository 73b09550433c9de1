import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("Whose order it is, beside an oracle")
struct AttributionOracleTests {
    static let histories = 4000
    static let shards = 10

    /// The winner of a random history, whether it was known before the order came or some of it only later.
    @Test(arguments: 0..<AttributionOracleTests.shards)
    func theOracleNamesTheSameChain(shard: Int) throws {
        var winners = 0
        for number in 0..<Self.histories / Self.shards {
            let seed = UInt64(shard * Self.histories + number)
            var random = SeededRandom(state: seed)
            let history = SaleHistory(using: &random)
            let expected = WinnerOracle(history: history).chain.map { "M\($0)" }
            winners += expected.isEmpty ? 0 : 1
            for lateness in [0, 50, 100] {
                var desk = try Desk(history.channel)
                try desk.play(history, latePercent: lateness, using: &random)
                let order = try #require(desk.order())
                let found = order.attribution?.chain.map(\.memberID) ?? []
                guard found == expected, desk.last(OrderAttributionChanged.self) == nil || lateness > 0 else {
                    Issue.record("history \(seed), \(lateness) % late: \(found), not \(expected): \(history)")
                    return
                }
                try checkContest(order, history, seed)
            }
        }
        #expect(winners > Self.histories / Self.shards / 4)
    }

    /// Everybody who could have had the order and has it not stands in the contest, each with a reason.
    private func checkContest(_ order: Order, _ history: SaleHistory, _ seed: UInt64) throws {
        let contest = order.attribution?.contest ?? order.claims?.contest ?? []
        #expect(contest.allSatisfy { !$0.reason.isEmpty }, "history \(seed)")
        var others = Set(history.agent.map { ["M\($0)"] } ?? [])
        if let referral = history.referral { others.insert("M\(referral.member)") }
        if let winner = order.attribution?.memberID { others.remove(winner) }
        #expect(others.isSubset(of: contest.map(\.memberID)), "history \(seed)")
    }
}

extension SaleHistory {
    init(using random: inout SeededRandom) {
        mode = CatalogChannel.AttributionMode.allCases.randomElement(using: &random) ?? .code
        bindingDays = Int.random(in: 1...6, using: &random)
        // No two things happen in the same hour.
        var hours = Array(-400 ... -1).shuffled(using: &random)
        for member in 0..<6 {
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                members.append(
                    MemberRecord(
                        member: member, from: hours.removeLast(),
                        parent: Int.random(in: 0...2, using: &random) == 0
                            ? nil : (0..<6).filter { $0 != member }.randomElement(using: &random),
                        isActive: Int.random(in: 0...4, using: &random) > 0,
                        isBuyer: Int.random(in: 0...9, using: &random) == 0))
            }
        }
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let member = Int.random(in: 0...6, using: &random)
            bindings.append((hours.removeLast(), member == 6 ? nil : member))
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            visits.append((hours.removeLast(), Int.random(in: 0..<6, using: &random)))
        }
        bindings.sort { $0.at < $1.at }
        if Bool.random(using: &random) {
            referral = (
                Int.random(in: 0..<6, using: &random),
                ChannelOrder.Referral.Kind.allCases.randomElement(using: &random) ?? .code,
                Bool.random(using: &random) ? hours.removeLast() : nil
            )
        }
        if Bool.random(using: &random) { agent = Int.random(in: 0..<6, using: &random) }
    }

    var channel: CatalogChannel {
        .sample(memberID: agent.map { "M\($0)" }, attributionMode: mode, bindingDays: Int64(bindingDays))
    }

    static func moment(_ hour: Int) -> Instant { .sample + .hours(Int64(hour)) }
}

extension Desk {
    /// Some of the history comes before the order, the rest after it; then the order is completed.
    fileprivate mutating func play(_ history: SaleHistory, latePercent: Int, using random: inout SeededRandom) throws {
        var early: [HistoryStep] = []
        var late: [HistoryStep] = []
        for step in history.steps {
            // A buyer's bindings come in their order: they have one key on a topic of one partition.
            let isLate = Int.random(in: 0..<100, using: &random) < latePercent
            let follows = step.isBinding && late.contains { $0.isBinding }
            if isLate || follows { late.append(step) } else { early.append(step) }
        }
        for step in HistoryStep.shuffled(early, using: &random) { try step.run(&self) }
        now = .sample
        let referral = history.referral.map { named in
            ChannelOrder.Referral(code: "M\(named.member)", kind: named.kind, at: named.at.map(SaleHistory.moment))
        }
        try place(.sample(referral: referral, paid: true))
        try take(StockReserved.sample())
        try take(ShipmentDispatched.sample())
        for step in HistoryStep.shuffled(late, using: &random) { try step.run(&self) }
        now = .sample + .days(1)
        try take(
            ChannelOrderReceived(channel: "wechat-mini", externalOrderID: "WX-1001", receivedAt: now),
            on: .channelOrders)
        guard order()?.state == .completed else { throw Unfinished() }
    }

    private struct Unfinished: Error {}
}

/// A record as it comes to intake.
private struct HistoryStep {
    let isBinding: Bool
    let run: (inout Desk) throws -> Void

    /// In any order that leaves the bindings in theirs.
    static func shuffled(_ steps: [HistoryStep], using random: inout SeededRandom) -> [HistoryStep] {
        var bindings = steps.filter(\.isBinding)[...]
        return steps.shuffled(using: &random).map { $0.isBinding ? bindings.removeFirst() : $0 }
    }
}

extension SaleHistory {
    fileprivate var steps: [HistoryStep] {
        var steps: [HistoryStep] = []
        for record in members {
            steps.append(
                HistoryStep(isBinding: false) { desk in
                    try desk.take(
                        DistributionMember.sample(
                            memberID: "M\(record.member)", parentID: record.parent.map { "M\($0)" },
                            status: record.isActive ? .active : .disabled, effectiveFrom: Self.moment(record.from),
                            buyers: record.isBuyer ? ["wechat-mini/u-77"] : []))
                })
        }
        for binding in bindings {
            steps.append(
                HistoryStep(isBinding: true) { desk in
                    desk.now = Self.moment(binding.at)
                    guard let member = binding.member else {
                        return try desk.takeTombstone(on: .distributionBindings, key: "wechat-mini/u-77")
                    }
                    try desk.take(DistributionBinding.sample(memberID: "M\(member)", boundAt: Self.moment(binding.at)))
                })
        }
        for visit in visits {
            steps.append(
                HistoryStep(isBinding: false) { desk in
                    let click = ChannelVisit(
                        channel: "wechat-mini", visitorID: "u-77", memberID: "M\(visit.member)",
                        at: Self.moment(visit.at))
                    try desk.take(click, on: .channelVisits, key: "wechat-mini/u-77")
                })
        }
        return steps
    }
}
