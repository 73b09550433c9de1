import ConsoleDomain
import Contracts
import Spreadsheets

/// Values of a report in words and digits of one language.
struct ReportWords: Sendable {
    let phrases: Phrases
    let language: Language
    let calendar: BusinessCalendar
    let currency: String

    private var formats: Formats { Formats(language, calendar) }

    func say(_ key: String) -> String { phrases.text(key, language) }

    func name(_ column: ReportColumn) -> String { say("reports.column.\(column.key)") }

    /// What a figure means, where its name does not say all.
    func definition(_ key: String) -> String? {
        let phrase = "reports.column.\(key).is"
        return phrases.has(phrase) ? say(phrase) : nil
    }

    /// As a page shows it.
    func shown(_ value: ReportCell.Value) -> String {
        switch value {
        case .text(let text): text
        case .word(let key): phrases.has(key) ? say(key) : String(key.split(separator: ".").last ?? "")
        case .count(let count): formats.number(count)
        case .money(let amount): formats.money(amount, currency)
        case .basisPoints(let points): formats.percent(basisPoints: points)
        case .tenths(let tenths):
            formats.number(tenths / 10) + ".\(abs(tenths % 10))"
        case .day(let day): formats.day(day)
        case .time(let time): formats.time(time)
        case .none: "–"
        }
    }

    /// Behind the point of an amount.
    var digits: Int { CurrencyDigits.of(currency) }

    /// A column's title in an export, whose numbers stand there without their units.
    func title(_ column: ReportColumn) -> String {
        switch column.kind {
        case .money: "\(name(column)) (\(currency))"
        case .percent: "\(name(column)) (%)"
        case .text, .count, .tenths, .day, .time: name(column)
        }
    }

    /// In an export of text: without thousands' commas and units.
    func text(_ value: ReportCell.Value) -> String {
        switch value {
        case .text(let text): text
        case .word: shown(value)
        case .count(let count): String(count)
        case .money(let amount): decimalText(amount, digits: digits)
        case .basisPoints(let points): decimalText(points, digits: 2)
        case .tenths(let tenths): decimalText(tenths, digits: 1)
        case .day(let day): day.description
        case .time(let time): Formats(.zh, calendar).exactTime(time)
        case .none: ""
        }
    }

    func cell(_ value: ReportCell.Value) -> Workbook.Cell {
        switch value {
        case .text(let text): .text(text)
        case .word: .text(shown(value))
        case .count(let count): .number(count)
        case .money(let amount): .money(amount, digits: digits)
        case .basisPoints(let points): .money(points, digits: 2)
        case .tenths(let tenths): .money(tenths, digits: 1)
        case .day(let day): .text(day.description)
        case .time(let time): .text(Formats(.zh, calendar).exactTime(time))
        case .none: .empty
        }
    }
}
