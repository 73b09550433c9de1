public import Contracts

extension MasterField {
    /// What somebody has typed or a table holds; `nil` for nothing. What is no number stays text, so that the contract
    /// says what it should be.
    ///
    /// - Throws: `Fault` for amounts and JSON that cannot be read.
    public func read(_ typed: String, _ style: MasterStyle, _ calendar: BusinessCalendar) throws(Fault) -> DraftValue? {
        let text = typed.withoutSpaceAround
        guard !text.isEmpty else { return nil }
        switch kind {
        case .text, .words: return .text(text)
        case .integer: return Self.integer(text)
        case .money, .percent: return try amount(text, style)
        case .decimal: return text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) == nil ? .text(text) : .number(text)
        case .flag: return Self.flag(text)
        case .time: return .text(Self.time(text, calendar))
        case .texts: return Self.texts(text, style)
        case .group, .rows: return try written(text)
        }
    }

    private static func integer(_ text: String) -> DraftValue {
        let bare = text.filter { $0 != "," }
        return bare.wholeMatch(of: /-?[0-9]{1,18}/) == nil ? .text(text) : .number(plain(bare))
    }

    /// JSON knows no zeros in front.
    private static func plain(_ digits: String) -> String { Int64(digits).map { String($0) } ?? digits }

    private func amount(_ text: String, _ style: MasterStyle) throws(Fault) -> DraftValue {
        guard case .form(let places) = style else { return Self.integer(text) }
        let digits = if case .percent = kind { 2 } else { places }
        guard let number = DecimalText.read(text, digits: digits) else {
            throw Fault(
                "'\(text.prefix(40))' is not an amount with at most \(digits) digits behind the point", field: self.text
            )
        }
        return .number(String(number))
    }

    private static func flag(_ text: String) -> DraftValue {
        switch text.lowercased() {
        case "true", "yes", "1", "是": .flag(true)
        case "false", "no", "0", "否": .flag(false)
        default: .text(text)
        }
    }

    /// A day stands for its first moment on the mall's clock.
    private static func time(_ text: String, _ calendar: BusinessCalendar) -> String {
        CivilDay(text).map { calendar.start(of: $0).description } ?? text
    }

    private static func texts(_ text: String, _ style: MasterStyle) -> DraftValue {
        if case .table = style, text.hasPrefix("["), (try? JSONDocument.object(Array("{\"v\":\(text)}".utf8))) != nil {
            return .written(text)
        }
        let separators: Set<Character> = if case .form = style { ["\n", "\r\n"] } else { ["|"] }
        return .list(
            text.split { separators.contains($0) }.map { String($0).withoutSpaceAround }.filter { !$0.isEmpty }.map {
                .text($0)
            })
    }

    private func written(_ text: String) throws(Fault) -> DraftValue {
        do {
            _ = try JSONDocument.object(Array("{\"v\":\(text)}".utf8))
        } catch {
            throw Fault("is not JSON: \(error.reason)", field: self.text)
        }
        return .written(text)
    }
}

/// Whole numbers as people write them with a point: `12.50` for 1250.
enum DecimalText {
    /// `nil` for anything but a number with at most so many digits behind the point.
    static func read(_ text: String, digits: Int) -> Int64? {
        var bare = text.filter { !",¥$%".contains($0) }[...]
        let isNegative = bare.hasPrefix("-")
        if isNegative { bare = bare.dropFirst() }
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        guard 1...2 ~= parts.count, 1...13 ~= parts[0].utf8.count else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.utf8.count <= digits, (parts[0] + fraction).utf8.allSatisfy({ 48...57 ~= $0 }) else {
            return nil
        }
        let whole = Int64(parts[0] + fraction + String(repeating: "0", count: digits - fraction.utf8.count))
        return whole.map { isNegative ? -$0 : $0 }
    }
}

extension String {
    /// Without white space at both ends.
    var withoutSpaceAround: String {
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
