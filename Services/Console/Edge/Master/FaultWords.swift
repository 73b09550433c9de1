import Contracts

/// What a contract's fault says, in the reader's language where it is a common one.
enum FaultWords {
    /// The end of the reason, and the phrase that stands for it.
    private static let common: [(ending: String, phrase: String)] = [
        ("is missing", "fault.missing"), ("is empty", "fault.missing"), ("is not a whole number", "form.no-number"),
        ("is negative", "fault.negative"), ("is not positive", "fault.not-positive"),
        ("is not true or false", "fault.no-flag"), ("is not an RFC 3339 time", "fault.no-time"),
        ("is not an ISO 4217 code", "fault.no-currency"), ("holds a /", "fault.slash"),
        ("is not 1 to 64 of A–Z a–z 0–9 . _ : / -", "fault.no-id"), ("is no member", "fault.no-member"),
        ("stands twice", "fault.twice"), ("is the member itself", "fault.circle"),
    ]

    static func say(_ fault: Fault, _ visit: Visit) -> String {
        if let phrase = common.first(where: { fault.reason.hasSuffix($0.ending) })?.phrase { return visit.say(phrase) }
        if fault.reason.hasPrefix("is none of ") {
            return visit.say("fault.none-of", ["words": String(fault.reason.dropFirst("is none of ".count))])
        }
        if let range = fault.reason.firstMatch(of: /is not within (\S+) to (\S+)$/) {
            return visit.say("fault.not-within", ["from": String(range.1), "to": String(range.2)])
        }
        if fault.reason.contains("is not an amount") { return visit.say("form.no-amount") }
        if let row = fault.reason.firstMatch(of: /^row (\d+) has a number of more than 15 digits/) {
            return visit.say("fault.long-number", ["row": String(row.1)])
        }
        if let row = fault.reason.firstMatch(of: /^row (\d+) has a formula/) {
            return visit.say("fault.formula", ["row": String(row.1)])
        }
        if fault.reason.hasPrefix("the file is no text") { return visit.say("fault.no-text") }
        if let rows = fault.reason.firstMatch(of: /^there are more than (\d+) rows/) {
            return visit.say("fault.many-rows", ["count": String(rows.1)])
        }
        if fault.reason.contains("closing quote") || fault.reason.contains("holds a quote") {
            return visit.say("fault.quotes")
        }
        if fault.reason.contains("the file is no workbook") { return visit.say("fault.no-workbook") }
        if fault.reason.contains("is not above") { return visit.say("fault.version") }
        if fault.reason.contains("stands below") { return visit.say("fault.circle") }
        if fault.reason.contains("nobody answers for") { return visit.say("fault.acknowledge") }
        return fault.reason
    }

    /// With the field in front.
    static func sentence(_ fault: Fault, _ visit: Visit) -> String {
        guard let field = fault.field else { return say(fault, visit) }
        return "\(self.field(field, visit)): \(say(fault, visit))"
    }

    /// `components[0].sku` with its words, as far as there are any.
    static func field(_ path: String, _ visit: Visit) -> String {
        let name = String(path.split(separator: ".").last?.prefix { $0 != "[" } ?? "")
        let phrase = "master.field.\(name)"
        return visit.tools.phrases.has(phrase) ? "\(visit.say(phrase)) (\(path))" : path
    }
}
