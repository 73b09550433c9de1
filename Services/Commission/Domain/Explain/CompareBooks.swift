import Contracts

/// Where the books and the rules do not say the same.
public struct BookDifference: Sendable, Equatable {
    public enum Subject: Sendable, Equatable {
        case plan
        case accrual(Int64)
        case journal(kind: String, cause: String)
        case member(String)
    }

    public let subject: Subject
    /// For people: `amount of leg 2 of accrual 1 (M1, line 1)`.
    public let place: String
    public let booked: String
    public let expected: String

    public var text: String { "\(place): the books say \(booked), the rules \(expected)" }
}

/// Compares plan, legs, pools and journals with what the rules come to; nothing when they agree.
func compareBooks(_ books: BookedOrder, with replay: OrderReplay) -> [BookDifference] {
    comparePlans(books, replay) + compareAccruals(books, replay) + compareJournals(books, replay)
}

private func comparePlans(_ books: BookedOrder, _ replay: OrderReplay) -> [BookDifference] {
    func text(_ plan: OrderPlan?) -> String {
        plan.map { "\($0.name.text), frozen for \($0.freezeDays) days" } ?? "none"
    }
    if let plan = books.plan, books.keptPlan == nil {
        return [BookDifference(subject: .plan, place: "plan", booked: plan.name.text, expected: "that it is unknown")]
    }
    let (booked, expected) = (text(books.plan), text(replay.order?.plan))
    // Where every accrual is taken over as it was booked, no decision has named a plan.
    guard booked != expected, replay.order?.plan != nil || replay.owners.contains(where: { $0.chain != nil })
    else { return [] }
    return [BookDifference(subject: .plan, place: "plan", booked: booked, expected: expected)]
}

private func compareAccruals(_ books: BookedOrder, _ replay: OrderReplay) -> [BookDifference] {
    let made = replay.order?.accruals ?? []
    let numbers = Set((books.accruals + made).map(\.number)).sorted()
    return numbers.flatMap { number in
        let booked = books.accruals.first { $0.number == number }
        let expected = made.first { $0.number == number }
        let legs = compare(
            (booked?.legs ?? []).map(fields(of:)), (expected?.legs ?? []).map(fields(of:)), .accrual(number)
        ) { index in
            let leg = (booked?.legs ?? []).dropFirst(index).first ?? expected?.legs[index]
            return "leg \(index + 1) of accrual \(number) (\(leg?.leg.memberID ?? ""), line \(leg?.leg.lineID ?? ""))"
        }
        let pools = compare(
            (booked?.pools ?? []).map(fields(of:)), (expected?.pools ?? []).map(fields(of:)), .accrual(number)
        ) { index in "line \(index + 1) of accrual \(number)" }
        return legs + pools
    }
}

/// Compares rows field by field; a row that only one side has is one difference.
private func compare(
    _ booked: [[Field]], _ expected: [[Field]], _ subject: BookDifference.Subject, _ place: (Int) -> String
) -> [BookDifference] {
    (0..<max(booked.count, expected.count)).flatMap { index -> [BookDifference] in
        guard index < booked.count, index < expected.count else {
            return [
                BookDifference(
                    subject: subject, place: place(index), booked: index < booked.count ? "it is there" : "nothing",
                    expected: index < expected.count ? "it is there" : "nothing")
            ]
        }
        return zip(booked[index], expected[index]).filter { $0.value != $1.value }.map { booked, expected in
            BookDifference(
                subject: subject, place: "\(booked.name) of \(place(index))", booked: booked.value,
                expected: expected.value)
        }
    }
}

private func compareJournals(_ books: BookedOrder, _ replay: OrderReplay) -> [BookDifference] {
    let known = Set(Journal.Kind.replayed.map(\.rawValue))
    var differences: [BookDifference] = []
    func differ(_ journal: BookedJournal, _ place: String, _ booked: String, _ expected: String) {
        differences.append(
            BookDifference(
                subject: .journal(kind: journal.kind, cause: journal.cause),
                place: "\(place) \(journal.kind) \(journal.cause)", booked: booked, expected: expected))
    }
    let booked = books.journals.filter { known.contains($0.kind) && !isTakenOver($0, books, replay) }
    for journal in booked {
        guard let made = replay.journals.first(where: { $0.isTwin(of: journal) }) else {
            differ(journal, "journal", "it is there", "nothing")
            continue
        }
        let places = Set((journal.entries + made.entries).map { [$0.account, $0.memberID] })
        for place in places.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let amounts = [journal, made].map { $0.amount(account: place[0], member: place[1]) }
            guard amounts[0] != amounts[1] else { continue }
            let name = place[1].isEmpty ? place[0] : "\(place[0]) of \(place[1])"
            differ(journal, "\(name) in journal", "\(amounts[0])", "\(amounts[1])")
        }
    }
    for made in replay.journals where !books.journals.contains(where: { $0.isTwin(of: made) }) {
        differ(made, "journal", "nothing", "it is there")
    }
    return differences
}

/// Journals of an accrual whose distributor is not kept cannot be found out anew.
private func isTakenOver(_ journal: BookedJournal, _ books: BookedOrder, _ replay: OrderReplay) -> Bool {
    let index = Int(books.accrualNumber(of: journal)) - 1
    return replay.owners.indices.contains(index) && replay.owners[index].chain == nil
}

private struct Field {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ value: Int64?) { self.init(name, value.map { "\($0)" } ?? "none") }
}

private func fields(of booked: BookedLeg) -> [Field] {
    let leg = booked.leg
    return [
        Field("member", leg.memberID), Field("level", leg.level), Field("kind", leg.kind.rawValue),
        Field("line", leg.lineID), Field("base", leg.base), Field("rate", leg.rateBasisPoints),
        Field("amount a piece", leg.amountPerUnit), Field("amount", leg.amount),
        Field("what was taken back", booked.reversed), Field("reason", leg.why),
        // Of what is gone nobody needs to know.
        Field("availability", booked.rest == 0 ? "gone" : booked.isMatured ? "available" : "frozen"),
    ]
}

private func fields(of pool: BookedPool) -> [Field] {
    [
        Field("line", pool.lineID), Field("paid", pool.paid), Field("pool", pool.pool),
        Field("company share", pool.companyShare), Field("remainder", pool.remainder),
        Field("what was taken back of the company share", pool.companyShareReversed),
        Field("what was taken back of the remainder", pool.remainderReversed),
    ]
}

extension BookedJournal {
    fileprivate func isTwin(of other: BookedJournal) -> Bool { kind == other.kind && cause == other.cause }

    fileprivate func amount(account: String, member: String) -> Int64 {
        entries.first { $0.account == account && $0.memberID == member }?.amount ?? 0
    }
}

extension Journal.Kind {
    /// What an order's own life books; other rules book other kinds.
    fileprivate static let replayed: [Journal.Kind] = [.accrue, .mature, .reverse]
}
