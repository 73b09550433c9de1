import ConsoleDomain
import Contracts
import HummingbirdCore
import NIOCore
import Postgres
import Spreadsheets

/// A distributor's statement of one month: what it had, what was added and taken, and each line of it.
enum StatementPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let member = try visit.ownMember()
        let place = visit.query["after"].flatMap { StatementRows.Place(text: $0) }
        let scope = visit.scope
        let found = try await visit.tools.database.read { connection in
            let month = visit.month(newest: try PortalSalesRows.newest(of: member, in: connection))
            let from = visit.start(of: month)
            let to = visit.start(of: month.next)
            return (
                month: month,
                statements: try StatementRows.statements(of: member, scope, from: from, to: to, in: connection),
                lines: try StatementRows.lines(
                    of: member, scope, from: from, to: to, after: place, limit: StatementRows.pageLength + 1,
                    in: connection),
                settlements: try StatementRows.settlements(of: member, month, scope, in: connection)
            )
        }
        let shown = found.lines.prefix(StatementRows.pageLength)
        let hasMore = found.lines.count > shown.count
        var content: Content = [
            "tabs": PortalWords(visit: visit).tabs(PortalAddress.statement),
            "months": .content(PortalWords(visit: visit).months(found.month, PortalAddress.statement)),
            "statements": .list(found.statements.map { sums($0.currency, $0.statement, visit) }),
            "lines": .list(shown.map { line($0, visit) }),
            "csv": .text("\(PortalAddress.statement).csv?month=\(found.month)"),
            "settlements": .list(found.settlements.map { settled($0.payable, $0.turnover, $0.currency, $0.at, visit) }),
        ]
        if hasMore, let last = shown.last {
            let text = PercentCoding.encoded(StatementRows.Place(last).text)
            content["next"] = .text("\(PortalAddress.statement)?month=\(found.month)&after=\(text)")
        }
        if place != nil { content["first"] = .text("\(PortalAddress.statement)?month=\(found.month)") }
        return .page(
            Page(
                template: "portal-statement", title: visit.say("portal.statement.title"), crumbs: crumbs(visit),
                content: content, styles: ["portal.css"]))
    }

    private static func crumbs(_ visit: Visit) -> [Page.Crumb] {
        [Page.Crumb(visit.say("portal.title"), PortalAddress.home), Page.Crumb(visit.say("portal.statement.title"))]
    }

    private static func sums(_ currency: String, _ statement: MemberStatement, _ visit: Visit) -> Content {
        let words = PortalWords(visit: visit)
        func row(_ key: String, _ amount: Int64, isTotal: Bool = false) -> Content {
            [
                "name": .text(visit.say("portal.statement.\(key)")),
                "amount": .text(isTotal ? visit.formats.money(amount, currency) : words.signed(amount, currency)),
                "is-total": .flag(isTotal),
            ]
        }
        return [
            "currency": .text(currency),
            "available": .list([
                row("opening", statement.opening, isTotal: true), row("matured", statement.matured),
                row("reversed", statement.reversed), row("adjusted", statement.adjusted),
                row("team", statement.teamBonus), row("paid-out", statement.paidOut),
                row(statement.closing < 0 ? "debt" : "closing", statement.closing, isTotal: true),
            ]),
            "frozen": .list([
                row("opening", statement.frozenOpening, isTotal: true), row("accrued", statement.accrued),
                row("reversed", statement.reversedFrozen), row("thawed", -statement.matured),
                row("closing", statement.frozenClosing, isTotal: true),
            ]),
        ]
    }

    private static func settled(
        _ payable: Int64, _ turnover: Int64, _ currency: String, _ at: Instant, _ visit: Visit
    ) -> Content {
        [
            "text": .text(
                visit.say(
                    "portal.statement.settled",
                    [
                        "time": visit.formats.time(at), "payable": visit.formats.money(payable, currency),
                        "turnover": visit.formats.money(turnover, currency),
                    ]))
        ]
    }

    private static func line(_ line: StatementLine, _ visit: Visit) -> Content {
        [
            "time": .text(visit.formats.time(line.at)), "kind": .content(PortalWords(visit: visit).kind(line.kind)),
            "amount": .text(line.amount == 0 ? "–" : PortalWords(visit: visit).signed(line.amount, line.currency)),
            "order": .text(line.orderID), "path": .text(line.orderID.map(PortalAddress.earning)),
            "reference": .text(line.orderID == nil ? line.reference : nil), "reason": .text(line.reason),
        ]
    }

    /// The lines of a month, oldest page last, as many as there are.
    static func export(_ visit: Visit) async throws -> Answer {
        let member = try visit.ownMember()
        let newest = try await visit.tools.database.read { try PortalSalesRows.newest(of: member, in: $0) }
        let month = visit.month(newest: newest)
        let from = visit.start(of: month)
        let to = visit.start(of: month.next)
        let scope = visit.scope
        return .stream(type: "text/csv; charset=utf-8", fileName: "statement-\(member)-\(month).csv") { writer in
            try await writer.write(ByteBuffer(bytes: SeparatedText.byteOrderMark + head(visit)))
            var place: StatementRows.Place?
            repeat {
                let after = place
                let lines = try await visit.tools.database.read { connection in
                    try StatementRows.lines(
                        of: member, scope, from: from, to: to, after: after, limit: exportLength, in: connection)
                }
                try await writer.write(ByteBuffer(bytes: lines.reduce(into: [UInt8]()) { add($1, visit, to: &$0) }))
                place = lines.count < exportLength ? nil : lines.last.map(StatementRows.Place.init)
            } while place != nil
            try await writer.finish(nil)
        }
    }

    private static let exportLength = 2000

    private static func head(_ visit: Visit) -> [UInt8] {
        var bytes: [UInt8] = []
        let columns = ["time", "kind", "order", "amount", "currency", "reason", "reference"]
        SeparatedText.append(columns.map { visit.say("portal.column.\($0)") }, to: &bytes)
        return bytes
    }

    private static func add(_ line: StatementLine, _ visit: Visit, to bytes: inout [UInt8]) {
        SeparatedText.append(
            [
                line.at.description, visit.say("portal.kind.\(line.kind.rawValue)"), line.orderID ?? "",
                decimalText(line.amount, digits: CurrencyDigits.of(line.currency)), line.currency, line.reason ?? "",
                line.reference ?? "",
            ], to: &bytes)
    }
}
