import ConsoleDomain
import Contracts

/// The form of one record: what it holds as inputs, and what was typed as a draft.
struct MasterForm: Sendable {
    let kind: MasterKind
    let calendar: BusinessCalendar
    /// Blank rows at the end of a list.
    private static let blankRows = 3
    static let maximumRows = 60

    /// Where rates stand under their level: one table instead of a list of lists.
    private static func isFlat(_ field: MasterField) -> Bool { field.text == "levels" }

    // MARK: Reading

    /// - Throws: `Fault` of the first field that cannot be read, or of the contract.
    func draft(_ form: FormFields, over base: JSONObject?) throws(Fault) -> MasterDraft {
        var draft = try MasterDraft(kind, over: base)
        let style = MasterStyle.form(digits: CurrencyDigits.of(form.text("currency") ?? "CNY"))
        for field in kind.fields where isTyped(field, form) {
            draft[field.text] = try read(field, form, style)
        }
        return draft
    }

    /// A field that the form does not have keeps what it was.
    private func isTyped(_ field: MasterField, _ form: FormFields) -> Bool {
        form[field.text] != nil || (field.isNested && form.names.contains { $0.hasPrefix("\(field.text).") })
    }

    private func read(_ field: MasterField, _ form: FormFields, _ style: MasterStyle) throws(Fault) -> DraftValue? {
        switch field.kind {
        case .group(let fields):
            let values = try values(fields, form, "\(field.text).", style)
            return values.isEmpty ? nil : .object(values)
        case .rows(let fields):
            let rows = try rows(Self.isFlat(field) ? Self.flat(fields) : fields, form, field.text, style)
            if Self.isFlat(field) { return .list(Self.levels(rows)) }
            return rows.isEmpty ? nil : .list(rows.map { .object($0) })
        default: return try field.read(form[field.text] ?? "", style, calendar)
        }
    }

    private func rows(
        _ fields: [MasterField], _ form: FormFields, _ name: String, _ style: MasterStyle
    ) throws(Fault) -> [[DraftValue.Field]] {
        var rows: [[DraftValue.Field]] = []
        for index in 0..<Self.maximumRows {
            let values = try values(fields, form, "\(name).\(index).", style)
            if !values.isEmpty { rows.append(values) }
        }
        return rows
    }

    private func values(
        _ fields: [MasterField], _ form: FormFields, _ prefix: String, _ style: MasterStyle
    ) throws(Fault) -> [DraftValue.Field] {
        var values: [DraftValue.Field] = []
        for field in fields {
            do throws(Fault) {
                let value = try field.read(form["\(prefix)\(field.text)"] ?? "", style, calendar)
                if let value { values.append(DraftValue.Field(field.text, value)) }
            } catch {
                throw Fault(error.reason, field: "\(prefix)\(field.text)")
            }
        }
        return values
    }

    /// The level in front of the fields of its rates.
    private static func flat(_ fields: [MasterField]) -> [MasterField] {
        fields.flatMap { field in
            if case .rows(let rates) = field.kind { rates } else { [field] }
        }
    }

    private static func levels(_ rows: [[DraftValue.Field]]) -> [DraftValue] {
        var levels: [(level: DraftValue, rates: [DraftValue])] = []
        for row in rows {
            let level = row.first { $0.name == "level" }?.value ?? .text("")
            let rate = DraftValue.object(row.filter { $0.name != "level" })
            if let index = levels.firstIndex(where: { $0.level == level }) {
                levels[index].rates.append(rate)
            } else {
                levels.append((level, [rate]))
            }
        }
        return levels.map { level in
            .object([DraftValue.Field("level", level.level), DraftValue.Field("rates", .list(level.rates))])
        }
    }

    // MARK: Showing

    /// Every value of a record under the name of its input.
    func values(_ json: JSONObject?) throws(Fault) -> [String: String] {
        guard let json else { return [:] }
        var values: [String: String] = [:]
        let style = MasterStyle.form(digits: CurrencyDigits.of(MasterWords.currency(json)))
        for field in kind.fields where field.text != "effectiveFrom" {
            guard let value = try field.value(in: json) else { continue }
            put(value, field, "", style, &values)
        }
        return values
    }

    private func put(
        _ value: DraftValue, _ field: MasterField, _ prefix: String, _ style: MasterStyle,
        _ values: inout [String: String]
    ) {
        let name = prefix + field.text
        switch (field.kind, value) {
        case (.group(let fields), .object(let parts)): put(parts, fields, "\(name).", style, &values)
        case (.rows(let fields), .list(let rows)):
            let flat = Self.isFlat(field) ? rows.flatMap(Self.flat) : rows
            let columns = Self.isFlat(field) ? Self.flat(fields) : fields
            for (index, row) in flat.enumerated() {
                guard case .object(let parts) = row else { continue }
                put(parts, columns, "\(name).\(index).", style, &values)
            }
        default: values[name] = field.shown(value, style)
        }
    }

    private func put(
        _ parts: [DraftValue.Field], _ fields: [MasterField], _ prefix: String, _ style: MasterStyle,
        _ values: inout [String: String]
    ) {
        for part in parts {
            guard let field = fields.first(where: { $0.text == part.name }) else { continue }
            put(part.value, field, prefix, style, &values)
        }
    }

    /// A level with its rates as a row for each rate.
    private static func flat(_ level: DraftValue) -> [DraftValue] {
        guard case .object(let parts) = level else { return [] }
        let number = parts.filter { $0.name == "level" }
        guard case .list(let rates)? = parts.first(where: { $0.name == "rates" })?.value else { return [] }
        return rates.map { rate in
            guard case .object(let fields) = rate else { return .object(number) }
            return .object(number + fields)
        }
    }

    /// The form as sections: single inputs, then a box or a table for each part of its own.
    func sections(_ values: [String: String], fault: Fault?, isNew: Bool, _ visit: Visit) -> [Content] {
        let paths = MasterInput(values: values, faultPath: fault?.field.map(Self.inputName), fault: fault, visit: visit)
        let single = kind.fields.filter { !$0.isNested }
        var sections: [Content] = [["inputs": .list(single.map { paths.input($0, "", isFixed: $0.isKey && !isNew) })]]
        for field in kind.fields where field.isNested {
            var section: Content = ["legend": .text(visit.say("master.field.\(field.text)"))]
            let help = "master.help.\(field.text)"
            section["section-help"] = .text(visit.tools.phrases.has(help) ? visit.say(help) : nil)
            switch field.kind {
            case .group(let fields): section["inputs"] = .list(fields.map { paths.input($0, "\(field.text).") })
            case .rows(let fields):
                let columns = Self.isFlat(field) ? Self.flat(fields) : fields
                section["is-table"] = true
                section["columns"] = .list(columns.map { ["name": .text(visit.say("master.field.\($0.text)"))] })
                section["rows"] = .list(
                    (0..<rowCount(field.text, values)).map { index in
                        ["inputs": .list(columns.map { paths.input($0, "\(field.text).\(index).", isCell: true) })]
                    })
            default: break
            }
            sections.append(section)
        }
        return sections
    }

    private func rowCount(_ name: String, _ values: [String: String]) -> Int {
        let prefix = "\(name)."
        let indices = values.compactMap { key, value -> Int? in
            guard key.hasPrefix(prefix), !value.isEmpty else { return nil }
            // Only our own forms number rows; a number put together by hand may be anything.
            let index = Int(key.dropFirst(prefix.count).prefix { $0 != "." })
            return index.flatMap { 0..<Self.maximumRows ~= $0 ? $0 : nil }
        }
        return min((indices.max().map { $0 + 1 } ?? 0) + Self.blankRows, Self.maximumRows)
    }

    /// `components[0].sku` is the input `components.0.sku`.
    private static func inputName(_ path: String) -> String { path.replacing("[", with: ".").replacing("]", with: "") }
}

/// One input of the form.
struct MasterInput {
    let values: [String: String]
    let faultPath: String?
    let fault: Fault?
    let visit: Visit

    func input(_ field: MasterField, _ prefix: String, isFixed: Bool = false, isCell: Bool = false) -> Content {
        let name = prefix + field.text
        let value = values[name] ?? ""
        let help = "master.help.\(field.text)"
        var content: Content = [
            "id": .text(name), "name": .text(name), "value": .text(value),
            "label": .text(visit.say("master.field.\(field.text)")), "is-fixed": .flag(isFixed),
            "is-cell": .flag(isCell),
            "is-required": .flag(field.isRequired && prefix.isEmpty),
            "fault": .text(faultPath == name ? fault.map { FaultWords.say($0, visit) } : nil),
            "help": .text(prefix.isEmpty && visit.tools.phrases.has(help) ? visit.say(help) : nil),
        ]
        switch field.kind {
        case .flag:
            content["options"] = .list(options(["true", "false"], value) { $0 == "true" ? "master.yes" : "master.no" })
        case .words(let words): content["options"] = .list(options(words, value) { "master.word.\($0)" })
        case .texts: content["is-long"] = true
        case .integer, .money, .percent, .decimal: content["is-number"] = true
        default: break
        }
        content["is-choice"] = .flag(content["options"] != nil)
        return content
    }

    private func options(_ words: [String], _ chosen: String, _ phrase: (String) -> String) -> [Content] {
        words.map { ["value": .text($0), "label": .text(visit.say(phrase($0))), "is-chosen": .flag($0 == chosen)] }
    }
}
