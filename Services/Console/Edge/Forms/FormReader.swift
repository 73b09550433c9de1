/// Reads a form field by field and collects what is wrong, so that all of it is said at once.
///
///     var reader = FormReader(visit.form)
///     let name = reader.text("name", 2...64)
///     guard reader.complaints.isEmpty else { return editPage(visit, reader.complaints, status: 422) }
struct FormReader {
    let form: FormFields
    /// The key of the phrase that says what is wrong, by field.
    private(set) var complaints: [String: String] = [:]

    init(_ form: FormFields) { self.form = form }

    /// A required text; its length in characters.
    mutating func text(_ name: String, _ length: ClosedRange<Int>) -> String {
        guard let text = form.text(name) else {
            if length.lowerBound > 0 { complain(name, "form.missing") }
            return ""
        }
        if text.count < length.lowerBound { complain(name, "form.short") }
        if text.count > length.upperBound { complain(name, "form.long") }
        return text
    }

    /// A whole number, written with or without thousands commas; one out of range is complained about and not given out.
    mutating func integer(_ name: String, in range: ClosedRange<Int64>) -> Int64 {
        guard let text = form.text(name) else {
            complain(name, "form.missing")
            return range.lowerBound
        }
        guard let number = Int64(text.replacing(",", with: "")) else {
            complain(name, "form.no-number")
            return range.lowerBound
        }
        guard range.contains(number) else {
            complain(name, "form.out-of-range")
            return range.lowerBound
        }
        return number
    }

    /// An amount such as `1,234.50`, in minor units; one out of range is complained about and not given out.
    mutating func money(_ name: String, in range: ClosedRange<Int64>, decimals: Int = 2) -> Int64 {
        guard let text = form.text(name) else {
            complain(name, "form.missing")
            return range.lowerBound
        }
        guard let amount = Self.minorUnits(text, decimals) else {
            complain(name, "form.no-amount")
            return range.lowerBound
        }
        guard range.contains(amount) else {
            complain(name, "form.out-of-range")
            return range.lowerBound
        }
        return amount
    }

    /// One of a list's words.
    mutating func word<Word: RawRepresentable>(_ name: String, _ type: Word.Type, default fallback: Word) -> Word
    where Word.RawValue == String {
        guard let text = form.text(name) else { return fallback }
        guard let word = Word(rawValue: text) else {
            complain(name, "form.no-choice")
            return fallback
        }
        return word
    }

    mutating func complain(_ name: String, _ phrase: String) {
        if complaints[name] == nil { complaints[name] = phrase }
    }

    private static func minorUnits(_ text: String, _ decimals: Int) -> Int64? {
        let bare = text.replacing(",", with: "").replacing("¥", with: "")
        let parts = bare.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : ""
        guard let whole = parts.first, whole != "-", 1...13 ~= whole.utf8.count, fraction.utf8.count <= decimals,
            (whole.drop { $0 == "-" } + fraction).utf8.allSatisfy({ 48...57 ~= $0 })
        else { return nil }
        return Int64(whole + fraction + String(repeating: "0", count: decimals - fraction.utf8.count))
    }
}
