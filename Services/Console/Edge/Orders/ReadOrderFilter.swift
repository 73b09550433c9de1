import ConsoleDomain
import Contracts

/// Reads the filter of an address, or of a form.
///
/// What cannot be read is left out and complained about, so that a page still shows the rest.
struct ReadOrderFilter {
    private(set) var filter = OrderFilter()
    /// The key of the phrase that says what is wrong, by field.
    private(set) var complaints: [String: String] = [:]
    private(set) var cursor: OrderCursor?

    init(_ fields: FormFields) {
        filter.tab = word("view", of: fields) ?? .all
        filter.sort = word("sort", of: fields) ?? .newest
        filter.state = word("state", of: fields)
        filter.stock = word("stock", of: fields)
        filter.refund = word("refund", of: fields)
        filter.search = text("q", of: fields)
        filter.channel = text("channel", of: fields)
        filter.warehouse = text("warehouse", of: fields)
        filter.seller = text("seller", of: fields)
        filter.member = text("member", of: fields)
        filter.sku = text("sku", of: fields)
        filter.category = text("category", of: fields)
        filter.money = word("money", of: fields)
        filter.currency = text("currency", of: fields)
        filter.flag = text("flag", of: fields)
        filter.from = day("from", of: fields)
        filter.to = day("to", of: fields)
        if let from = filter.from, let to = filter.to, from > to { complaints["to"] = "orders.fault.days" }
        readAmounts(fields)
        readCursor(fields)
    }

    private mutating func word<Word: RawRepresentable>(_ name: String, of fields: FormFields) -> Word?
    where Word.RawValue == String {
        guard let text = fields.text(name) else { return nil }
        let word = Word(rawValue: text)
        if word == nil { complaints[name] = "form.no-choice" }
        return word
    }

    private mutating func text(_ name: String, of fields: FormFields) -> String? {
        guard let text = fields.text(name) else { return nil }
        guard text.utf8.count <= OrderFilter.longestText else {
            complaints[name] = "form.long"
            return nil
        }
        return text
    }

    private mutating func day(_ name: String, of fields: FormFields) -> CivilDay? {
        guard let text = fields.text(name) else { return nil }
        guard let day = CivilDay(text), 1970...2200 ~= day.year else {
            complaints[name] = "orders.fault.day"
            return nil
        }
        return day
    }

    private mutating func readAmounts(_ fields: FormFields) {
        var reader = FormReader(fields)
        for (name, field) in [("min", \OrderFilter.minimum), ("max", \OrderFilter.maximum)] {
            guard fields.text(name) != nil else { continue }
            let amount = reader.money(name, in: OrderFilter.amounts)
            if let complaint = reader.complaints[name] {
                complaints[name] = complaint
            } else {
                filter[keyPath: field] = amount
            }
        }
    }

    private mutating func readCursor(_ fields: FormFields) {
        for name in ["after", "before"] {
            guard let text = fields.text(name) else { continue }
            cursor = OrderCursor(text, isBackwards: name == "before")
            if cursor == nil { complaints[name] = "orders.fault.cursor" }
        }
    }
}
