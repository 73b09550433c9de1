import ConsoleDomain
import Contracts
import Postgres

/// A distributor's first page: what it has, what it sold, and the link that sells for it.
enum PortalHomePage {
    private struct Found: Sendable {
        let month: StatementMonth
        let today: CivilDay
        let balances: [String: MemberBalance]
        let days: [CivilDay: PortalSales]
        let visits: (now: Int64, former: Int64)
        let name: String?
    }

    private static let monthCount = 12

    static func show(_ visit: Visit) async throws -> Answer {
        let member = try visit.ownMember()
        let found = try await read(member, visit)
        let words = PortalWords(visit: visit)
        var content: Content = [
            "tabs": PortalWords(visit: visit).tabs(PortalAddress.home), "member": .text(member),
            "name": .text(found.name),
            "balances": .list(balances(found.balances, visit)),
            "months": .content(words.months(found.month, PortalAddress.home)),
            "figures": .list(figures(found, visit)), "days": .list(days(found, visit)),
            "year": .list(year(found, visit)), "can-request": .flag(visit.viewer.may(.payoutsRequest)),
            "link": .text(visit.tools.settings.shareLink(of: member)),
        ]
        content["is-empty"] = .flag(found.days.isEmpty)
        return .page(
            Page(
                template: "portal-home", title: visit.say("portal.title"), content: content, scripts: ["portal.js"],
                styles: ["portal.css"]))
    }

    private static func read(_ member: String, _ visit: Visit) async throws -> Found {
        let scope = visit.scope
        let calendar = visit.tools.calendar
        return try await visit.tools.database.read { connection in
            let newest = try PortalSalesRows.newest(of: member, in: connection)
            let lastSale = try PortalSalesRows.last(of: member, ofLine: false, in: connection)?.day
            let month = visit.month(newest: newest, lastSale: lastSale)
            let from = (0..<monthCount - 1).reduce(month) { month, _ in month.former }
            let days = try PortalSalesRows.byDay(
                of: member, scope, from: from.first, to: month.next.first, calendar, in: connection)
            let visits = try (
                PortalSalesRows.visits(of: member, from: month.first, to: month.next.first, in: connection),
                PortalSalesRows.visits(of: member, from: month.former.first, to: month.first, in: connection)
            )
            return Found(
                month: month, today: calendar.day(of: max(newest ?? visit.mallNow, visit.mallNow)),
                balances: try BalanceRows.balances(of: member, scope, in: connection), days: days, visits: visits,
                name: try EarningStoryRows.memberName(member, in: connection))
        }
    }

    private static func balances(_ balances: [String: MemberBalance], _ visit: Visit) -> [Content] {
        let formats = visit.formats
        return balances.sorted { $0.key < $1.key }.map { currency, balance in
            [
                "frozen": .text(formats.money(balance.frozen, currency)),
                "available": .text(formats.money(balance.available, currency)),
                "in-payout": .text(formats.money(balance.inPayout, currency)),
                "matured": .text(formats.money(balance.matured, currency)),
                "reversed": .text(formats.money(balance.reversed, currency)),
                "debt": .text(balance.debt == 0 ? nil : formats.money(balance.debt, currency)),
            ]
        }
    }

    /// The month against the same days of the one before, so that a month that is not over is not a bad one.
    private static func figures(_ found: Found, _ visit: Visit) -> [Content] {
        let count =
            found.month == StatementMonth(of: found.today) ? found.today.day : max(found.month.dayCount, 31)
        let now = sum(found, found.month, count)
        let former = sum(found, found.month.former, count)
        let currency = mainCurrency(found)
        let words = PortalWords(visit: visit)
        let formats = visit.formats
        return [
            figure(
                visit.say("portal.orders"), formats.number(now.orders), formats.number(former.orders),
                words.change(from: former.orders, to: now.orders)),
            figure(
                visit.say("portal.amount"), now.amount.text(formats), former.amount.text(formats),
                words.change(from: former.amount.of(currency), to: now.amount.of(currency))),
            figure(
                visit.say("portal.commission"), now.commission.text(formats), former.commission.text(formats),
                words.change(from: former.commission.of(currency), to: now.commission.of(currency))),
            figure(
                visit.say("portal.visits"), formats.number(found.visits.now), formats.number(found.visits.former),
                words.change(from: found.visits.former, to: found.visits.now)),
        ]
    }

    private static func figure(_ name: String, _ now: String, _ former: String, _ change: String?) -> Content {
        ["name": .text(name), "now": .text(now), "former": .text(former), "change": .text(change)]
    }

    private static func sum(_ found: Found, _ month: StatementMonth, _ count: Int) -> PortalSales {
        (0..<min(count, month.dayCount)).reduce(into: PortalSales()) { sum, day in
            if let sales = found.days[month.first + day] { sum += sales }
        }
    }

    /// What is compared and drawn; a member with several has one that stands for it.
    private static func mainCurrency(_ found: Found) -> String {
        var sums = CurrencySums()
        for sales in found.days.values { sums += sales.amount }
        return sums.byCurrency.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "CNY"
    }

    private static func days(_ found: Found, _ visit: Visit) -> [Content] {
        let currency = mainCurrency(found)
        let days = (0..<found.month.dayCount).map { found.month.first + $0 }.filter { found.days[$0] != nil }
        let largest = days.compactMap { found.days[$0]?.amount.of(currency) }.max() ?? 0
        return days.reversed().map { day in
            let former = found.month.former.first + (day.day - 1)
            let isThere = StatementMonth(of: former) == found.month.former
            return line(
                visit.formats.day(day), found.days[day] ?? PortalSales(),
                former: isThere ? found.days[former] : nil, currency, largest, visit)
        }
    }

    private static func year(_ found: Found, _ visit: Visit) -> [Content] {
        let currency = mainCurrency(found)
        let months = (0..<monthCount).reduce(into: [found.month]) { months, _ in
            months.append(months[months.count - 1].former)
        }
        let sums = months.map { sum(found, $0, 31) }
        let largest = sums.dropLast().map { $0.amount.of(currency) }.max() ?? 0
        return zip(months, sums).enumerated().dropLast().filter { $0.element.1.orders > 0 || $0.offset == 0 }.map {
            index, element in
            line(
                element.0.description, element.1, former: index + 1 < monthCount ? sums[index + 1] : nil, currency,
                largest, visit)
        }
    }

    private static func line(
        _ name: String, _ sales: PortalSales, former: PortalSales?, _ currency: String, _ largest: Int64,
        _ visit: Visit
    ) -> Content {
        let formats = visit.formats
        return [
            "name": .text(name), "orders": .text(formats.number(sales.orders)),
            "amount": .text(sales.amount.text(formats)), "commission": .text(sales.commission.text(formats)),
            "former": .text(former?.amount.text(formats)),
            "change": .text(
                former.flatMap {
                    PortalWords(visit: visit).change(from: $0.amount.of(currency), to: sales.amount.of(currency))
                }),
            "bar": .text("\(barLength(sales.amount.of(currency), of: largest))"),
        ]
    }
}
