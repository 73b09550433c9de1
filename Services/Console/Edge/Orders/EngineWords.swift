import Contracts

/// Reasons that the services put into words, in the reader's language as far as they are known.
///
/// The sentences are the phrases `why.<name>`: what one says in English is what a service writes. Whatever fits none of
/// them is shown as it came.
/// - Source: `AttributeOrder`, `RouteOrder`, `ShareOutLine`, `ReviewStock` of the services' Domain.
struct EngineWords {
    enum Subject {
        /// Why an order is a member's, or is not.
        case attribution
        /// Why goods leave from a warehouse, or do not.
        case routing
        /// What a leg of commission is worked out from.
        case commission
        /// Why goods should be ordered.
        case suggestion

        /// The first that fits counts.
        var sentences: [String] {
            switch self {
            case .attribution:
                [
                    "bound", "opened", "named", "agent", "first", "protected", "over", "only-code", "agents", "before",
                    "learnt", "nobody", "unknown", "disabled", "buyer", "loop", "above-unknown", "above-disabled",
                ]
            case .routing:
                [
                    "one-parcel", "more-parcels", "distance", "backorder", "has", "same", "costs", "inactive",
                    "nowhere",
                    "region", "full", "warehouse",
                ]
            case .commission:
                ["cut", "own", "less", "peer", "margin", "default", "by", "sku", "class", "grade", "piece"]
            case .suggestion: ["look-twice", "sentence", "packs", "suggested"]
            }
        }

        static let all: [Subject] = [.attribution, .routing, .commission, .suggestion]
    }

    let subject: Subject
    let visit: Visit
    /// Of the amounts in it, which stand there in minor units.
    var currency: String?

    /// A sentence holds at most so many others, one in the other.
    private static let deepest = 6

    func say(_ reason: String) -> String { say(reason, Self.deepest) }

    private func say(_ reason: String, _ depth: Int) -> String {
        guard depth > 0 else { return reason }
        for name in subject.sentences {
            let key = "why.\(name)"
            guard let phrase = visit.tools.phrases.byKey[key], let found = WrittenSentence(phrase.en).match(reason),
                let values = values(found, depth)
            else { continue }
            return visit.say(key, values)
        }
        return reason
    }

    /// - Returns: `nil` when a value is not what its place is for.
    private func values(_ found: [(place: String, text: String)], _ depth: Int) -> [String: String]? {
        var values: [String: String] = [:]
        for (place, text) in found {
            guard let value = value(text, at: place, depth) else { return nil }
            values[place] = value
        }
        return values
    }

    private func value(_ text: String, at place: String, _ depth: Int) -> String? {
        switch place {
        case "id", "sku", "grade": return text
        case "place": return text.contains(" ") ? nil : text
        case "at": return Instant(rfc3339: text).map { visit.formats.time($0) }
        case "kind":
            let key = "order.attribution.\(text)"
            return visit.tools.phrases.has(key) ? visit.say(key) : nil
        case "money", "own-money", "below-money":
            guard let amount = Int64(text), let currency else { return nil }
            return visit.formats.money(amount, currency)
        case "rate": return text.wholeMatch(of: /[0-9.]+ %/) == nil ? piece(text) : text
        case "rest": return say(text, depth - 1)
        case "list", "conditions":
            return text.split(separator: ", ").map { say(String($0), depth - 1) }
                .joined(separator: visit.say("list.comma"))
        default: return Int64(text).map { visit.formats.number($0) }
        }
    }

    /// `88 a piece`.
    private func piece(_ text: String) -> String? {
        let told = say(text, 1)
        return text.hasSuffix(" a piece") ? told : nil
    }
}

/// A sentence with places for values, as a service writes it.
struct WrittenSentence {
    /// What stands around the places: one more than there are places.
    private let fixed: [String]
    private let places: [String]

    /// - Parameter pattern: `bound by {kind} since {at}`.
    init(_ pattern: String) {
        var fixed = [""]
        var places: [String] = []
        for part in pattern.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard part.offset > 0, let end = part.element.firstIndex(of: "}") else {
                fixed[fixed.count - 1] += part.element
                continue
            }
            places.append(String(part.element[..<end]))
            fixed.append(String(part.element[part.element.index(after: end)...]))
        }
        self.fixed = fixed
        self.places = places
    }

    /// What stands in its places, found from the end: the first place takes as much as it can.
    ///
    /// - Returns: `nil` when the text is another sentence.
    func match(_ text: String) -> [(place: String, text: String)]? {
        guard let first = fixed.first, let last = fixed.last else { return nil }
        guard !places.isEmpty else { return text == first ? [] : nil }
        guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count else { return nil }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        var found: [(place: String, text: String)] = []
        for (place, start) in zip(places.dropFirst(), fixed.dropFirst()).reversed() {
            guard let range = rest.ranges(of: start).last, range.upperBound < rest.endIndex else { return nil }
            found.append((place, String(rest[range.upperBound...])))
            rest = rest[..<range.lowerBound]
        }
        guard !rest.isEmpty, let place = places.first else { return nil }
        return found + [(place, String(rest))]
    }
}
