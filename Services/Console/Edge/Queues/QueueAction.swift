import ConsoleDomain
import Contracts

/// Something that may be done about rows of a queue, one command each.
struct QueueAction: Sendable {
    typealias Send = @Sendable (Visit, QueueRow, QueueAnswers) async throws -> String

    /// Phrases are `queues.<queue>.do.<name>` for the button and `queues.<queue>.effect.<name>` for what it brings about.
    let name: String
    let permission: Permission
    var isDangerous = false
    /// Asked for every row.
    var fields: [QueueField] = []
    /// Asked once for all.
    var shared: [QueueField] = []
    /// Rows of one text share a command.
    var once: @Sendable (QueueRow) -> String = { $0.id }
    /// Whether a row's state lets it be done.
    var allows: @Sendable (QueueRow, Viewer) -> Bool = { _, _ in true }
    /// Publishes the command and answers its id.
    let send: Send

    /// What the page shows in a field before anybody has typed.
    var defaults: @Sendable (String, QueueRow) -> String = { _, _ in "" }
}

/// A field of an action's form.
struct QueueField: Sendable {
    enum Kind: Sendable {
        case text(ClosedRange<Int>)
        case integer(ClosedRange<Int64>, isRequired: Bool)
        /// An amount; a row says its currency.
        case money(isRequired: Bool)
        /// With phrases `queues.choice.<option>`.
        case choice([String])
    }

    /// The phrase is `queues.field.<name>`.
    let name: String
    let kind: Kind

    init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// What was typed for one row, checked.
struct QueueAnswers: Sendable {
    let reason: String
    private var texts: [String: String] = [:]
    private var numbers: [String: Int64] = [:]

    init(reason: String) { self.reason = reason }

    /// Nil for a field that was left empty.
    func text(_ name: String) -> String? { texts[name] }
    func number(_ name: String) -> Int64? { numbers[name] }

    /// Reads one field of the form; the complaint stands under the field's name in the form.
    mutating func read(_ field: QueueField, as name: String, currency: String, with reader: inout FormReader) {
        guard reader.form.text(name) != nil || field.isRequired else { return }
        switch field.kind {
        case .text(let length): texts[field.name] = reader.text(name, length)
        case .integer(let range, _): numbers[field.name] = reader.integer(name, in: range)
        case .money:
            numbers[field.name] = reader.money(
                name, in: 0...999_999_999_999, decimals: CurrencyDigits.of(currency))
        case .choice(let options):
            let text = reader.text(name, 1...64)
            if !options.contains(text) { reader.complain(name, "form.no-choice") }
            texts[field.name] = text
        }
    }
}

extension QueueField {
    var isRequired: Bool {
        switch kind {
        case .text(let length): length.lowerBound > 0
        case .integer(_, let isRequired), .money(let isRequired): isRequired
        case .choice: true
        }
    }

    /// The names of its inputs in the form: one for each row, or one for all.
    func inputName(_ row: QueueRow?) -> String { row.map { "\(name)/\($0.id)" } ?? name }
}
