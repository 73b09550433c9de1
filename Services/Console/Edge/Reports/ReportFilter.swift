import ConsoleDomain
import Contracts

/// What a report is about.
struct ReportFilter: Sendable, Equatable {
    /// Nil when both days are given.
    var named: NamedSpan?
    var span: DaySpan
    var grain = Grain.day
    var channel: String?
    var warehouse: String?
    /// Of the items sold.
    var category: String?
    /// The member that sold, or one of those above it then.
    var member: String?
    var currency: String?

    /// The filter as it stands in an address; what is not asked is not there.
    var items: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("period", named?.rawValue), ("from", named == nil ? span.from.description : nil),
            ("to", named == nil ? span.to.description : nil), ("grain", grain == .day ? nil : grain.rawValue),
            ("channel", channel), ("warehouse", warehouse), ("category", category), ("member", member),
            ("currency", currency),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    var query: String { OrderAddress.query(items) }
}

/// Reads the filter of an address.
///
/// What cannot be read is left out and complained about, so that a page still shows the rest.
struct ReadReportFilter {
    private(set) var filter: ReportFilter
    /// The key of the phrase that says what is wrong, by field.
    private(set) var complaints: [String: String] = [:]

    private static let longestText = 200

    /// - Parameter today: On the mall's clock.
    init(_ fields: FormFields, today: CivilDay) {
        filter = ReportFilter(named: .last30, span: NamedSpan.last30.span(on: today))
        readSpan(fields, today)
        if let text = fields.text("grain") {
            if let grain = Grain(rawValue: text) {
                filter.grain = grain
            } else {
                complaints["grain"] = "form.no-choice"
            }
        }
        filter.grain = filter.grain.fitting(filter.span)
        filter.channel = text("channel", of: fields)
        filter.warehouse = text("warehouse", of: fields)
        filter.category = text("category", of: fields)
        filter.member = text("member", of: fields)
        filter.currency = text("currency", of: fields)
    }

    /// Days of one's own count before a named period, which a form sends with them.
    private mutating func readSpan(_ fields: FormFields, _ today: CivilDay) {
        if let text = fields.text("period") {
            guard let named = NamedSpan(rawValue: text) else {
                complaints["period"] = "form.no-choice"
                return
            }
            filter.named = named
            filter.span = named.span(on: today)
            return
        }
        guard fields.text("from") != nil || fields.text("to") != nil else { return }
        guard let from = day("from", of: fields, otherwise: nil), let to = day("to", of: fields, otherwise: today)
        else { return }
        guard let span = DaySpan(from, to) else {
            complaints["to"] = from > to ? "reports.fault.order" : "reports.fault.length"
            return
        }
        filter.named = nil
        filter.span = span
    }

    private mutating func day(_ name: String, of fields: FormFields, otherwise fallback: CivilDay?) -> CivilDay? {
        guard let text = fields.text(name) else {
            if fallback == nil { complaints[name] = "form.missing" }
            return fallback
        }
        guard let day = CivilDay(text), 1971...2200 ~= day.year else {
            complaints[name] = "reports.fault.day"
            return nil
        }
        return day
    }

    private mutating func text(_ name: String, of fields: FormFields) -> String? {
        guard let text = fields.text(name) else { return nil }
        guard text.utf8.count <= Self.longestText else {
            complaints[name] = "form.long"
            return nil
        }
        return text
    }
}
