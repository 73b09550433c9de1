import Contracts
import Postgres
import Support
import Testing

@testable import Ops

@Suite("ops compliance", .serialized)
struct ComplianceTests {
    /// One on top, `middle` below, the rest below the first of these.
    private static func tree(_ people: Int, middle: Int = 1) -> [DistributionMember] {
        (1...people).map { number in
            .sample(memberID: "M\(number)", parentID: number == 1 ? nil : number <= middle + 1 ? "M1" : "M2")
        }
    }

    private static func report(
        _ members: [DistributionMember], _ plans: [DistributionPlan] = []
    ) throws -> ComplianceReport {
        var report: ComplianceReport?
        try MigratedDatabase.with { connection in
            var parameters = Parameters()
            parameters.append(members.map(\.memberID))
            parameters.appendTimestamps(members.map { $0.effectiveFrom?.milliseconds })
            parameters.append(members.map { String(decoding: $0.jsonBytes, as: UTF8.self) })
            // The table refuses circles; databases from before it did may have them.
            try connection.run(script: "SET session_replication_role = replica")
            try connection.query(
                """
                INSERT INTO commission.members (member_id, effective_from, record)
                SELECT m.member_id, m.effective_from, m.record::json
                FROM unnest($1::text[], $2::timestamptz[], $3::text[]) AS m(member_id, effective_from, record)
                """, parameters)
            for plan in plans {
                var terms = Parameters()
                terms.append(plan.planID)
                terms.append(plan.version)
                terms.append(String(decoding: plan.jsonBytes, as: UTF8.self))
                try connection.query(
                    """
                    INSERT INTO commission.plans (plan_id, version, effective_from, terms)
                    VALUES ($1, $2, '2026-01-01Z', $3::json)
                    """, terms)
            }
            report = try ComplianceReport(connection, at: .sample)
        }
        return try #require(report)
    }

    /// Who is listed: member, people, levels, and whether at the limit.
    private static func rows(_ members: [DistributionMember]) throws -> [String] {
        try report(members).organisations.map {
            "\($0.memberID) \($0.people) \($0.levels)\($0.isAtLimit ? " limit" : "")"
        }
    }

    @Test(arguments: [
        (30, ["M1 30 3 limit"]), (29, ["M1 29 3"]), (25, ["M1 25 3"]), (24, []),
    ]) func peopleAreCountedWithTheirOrganiser(people: Int, expected: [String]) throws {
        #expect(try Self.rows(Self.tree(people, middle: 2)) == expected)
    }

    @Test func twoLevelsAreNoOrganisation() throws {
        #expect(try Self.rows(Self.tree(40, middle: 39)) == [])
    }

    @Test func whoStandsBelowIsMeasuredToo() throws {
        let above = DistributionMember.sample(memberID: "M0")
        let members = Self.tree(31, middle: 2).map { member in
            member.memberID == "M1" ? DistributionMember.sample(memberID: "M1", parentID: "M0") : member
        }
        #expect(try Self.rows([above] + members) == ["M0 32 4 limit", "M1 31 3 limit"])
    }

    @Test func disabledMembersAreNotCountedAndThoseBelowMoveUp() throws {
        var members = Self.tree(32, middle: 2)
        // The one between: without it the tree has two levels and 31 people.
        members[1] = .sample(memberID: "M2", parentID: "M1", status: .disabled)
        #expect(try Self.rows(members) == [])
        members.append(.sample(memberID: "M40", parentID: "M5"))
        #expect(try Self.rows(members) == ["M1 32 3 limit"])
        members[0] = .sample(memberID: "M1", status: .disabled)
        #expect(try Self.rows(members) == [])
    }

    @Test func newestRecordThatHoldsCounts() throws {
        let left = DistributionMember.sample(
            memberID: "M30", parentID: "M2", status: .disabled, effectiveFrom: .sample + .days(-1))
        let tomorrow = DistributionMember.sample(
            memberID: "M29", parentID: "M2", status: .disabled, effectiveFrom: .sample + .days(1))
        #expect(try Self.rows(Self.tree(30, middle: 2) + [left, tomorrow]) == ["M1 29 3"])
    }

    @Test func circleEndsAndCountsEachOnce() throws {
        var members = Self.tree(30, middle: 2)
        members[0] = .sample(memberID: "M1", parentID: "M3")
        #expect(try Self.rows(members) == ["M1 30 3 limit", "M3 30 4 limit"])
        // All who could end a walk are disabled.
        let circle: [DistributionMember] = [
            .sample(memberID: "A", parentID: "B", status: .disabled),
            .sample(memberID: "B", parentID: "A", status: .disabled),
        ]
        #expect(try Self.rows(circle + [.sample(memberID: "C", parentID: "A")]) == [])
    }

    @Test func longChainIsAtTheLimitHoweverThin() throws {
        let members = (1...40).map { number in
            DistributionMember.sample(memberID: "M\(number)", parentID: number == 1 ? nil : "M\(number - 1)")
        }
        let rows = try Self.rows(members)
        #expect(rows.first == "M1 30 30 limit" && rows.count == 16 && rows.last == "M16 25 25")
    }

    @Test func plansAreNamedWithWhatTheyNeedAnAnswerFor() throws {
        let three = (1...3).map { DistributionPlan.Level(level: $0, rates: [.init(.basisPoints(100))]) }
        let free = DistributionPlan.Level(level: 3, rates: [.init(.amountPerUnit(0))])
        let plans = try Self.report(
            [],
            [
                .sample(planID: "a"), .sample(planID: "b", levels: three, acknowledgeLevels: true),
                .sample(planID: "c", levels: three.dropLast() + [free]),
                .sample(
                    planID: "d", peerBonusBasisPoints: 150,
                    teamTiers: [.init(monthlyTurnover: 1, rateBasisPoints: 100)]),
            ]
        ).plans
        #expect(plans.map(\.planID) == ["b", "d"])
        #expect(plans.map(\.risks) == [["3 paid levels"], ["team bonus in 1 tiers", "peer bonus of 1.5 %"]])
        #expect(plans.map(\.acknowledged) == [true, false])
    }

    @Test func reportNamesItsSources() throws {
        let text = try Self.report(Self.tree(30, middle: 2)).text
        #expect(text.contains("禁止传销条例") && text.contains("公通字〔2013〕37号"))
        #expect(text.contains("M1          30       3  at the limit"), "\(text)")
    }
}
