import Contracts

/// Fields as platforms write them: ids and numbers as text or number, amounts as decimal text, times without a zone.
///
/// - Errors: every fault names the platform's own path.
/// - Source: CHANNELS, "Rules that hold for all".
extension JSONObject {
    /// An id as its raw characters, whether it came as text or as a number.
    func nativeID(_ name: StaticString) throws(Fault) -> String {
        guard let id = try nativeIDIfPresent(name) else { throw fault("is missing", field: name) }
        return id
    }

    /// - Returns: `nil` for an absent or empty one.
    func nativeIDIfPresent(_ name: StaticString) throws(Fault) -> String? {
        guard let value = value(name) else { return nil }
        let id = try value.token(atMost: 200)
        guard !id.isEmpty else { return nil }
        // A number with a point or an exponent has lost its digits on the way here.
        if let first = id.utf8.first, 48...57 ~= first, id.utf8.contains(where: Self.isFractionMark),
            id.utf8.allSatisfy({ 48...57 ~= $0 || Self.isFractionMark($0) })
        {
            throw fault("is not an id", field: name)
        }
        return id
    }

    private static func isFractionMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"): true
        default: false
        }
    }

    /// Text that is not empty.
    func wordsIfPresent(_ name: StaticString, atMost limit: Int = 200) throws(Fault) -> String? {
        guard let value = value(name) else { return nil }
        let text = try value.token(atMost: limit)
        return text.isEmpty ? nil : text
    }

    func words(_ name: StaticString) throws(Fault) -> String {
        guard let text = try wordsIfPresent(name) else { throw fault("is missing", field: name) }
        return text
    }

    /// An amount of at least 0.
    func money(_ name: StaticString, _ units: MinorUnits) throws(Fault) -> Int64 {
        guard let amount = try moneyIfPresent(name, units) else { throw fault("is missing", field: name) }
        return amount
    }

    func moneyIfPresent(_ name: StaticString, _ units: MinorUnits) throws(Fault) -> Int64? {
        guard let amount = try signedMoneyIfPresent(name, units) else { return nil }
        guard amount >= 0 else { throw fault("is negative", field: name) }
        return amount
    }

    /// An amount of either sign; an empty text is absent.
    func signedMoneyIfPresent(_ name: StaticString, _ units: MinorUnits) throws(Fault) -> Int64? {
        guard let value = value(name) else { return nil }
        let token = try value.token(atMost: 40)
        if token.isEmpty { return nil }
        switch units.read(token) {
        case .amount(let amount): return amount
        case .refused(let why): throw fault(why, field: name)
        }
    }

    /// A whole number of fen of at least 0, as number or text; absent means 0 where platforms leave zeros out.
    func fen(_ name: StaticString) throws(Fault) -> Int64 { try moneyIfPresent(name, .fen) ?? 0 }

    /// A number of pieces of at least 1.
    func pieces(_ name: StaticString) throws(Fault) -> Int64 {
        guard let count = try wholeIfPresent(name) else { throw fault("is missing", field: name) }
        guard count > 0 else { throw fault("is not positive", field: name) }
        guard count < 1_000_000 else { throw fault("is not below 10^6", field: name) }
        return count
    }

    /// A whole number as number or text, also `1.0`; an empty text is absent.
    func wholeIfPresent(_ name: StaticString) throws(Fault) -> Int64? {
        guard let value = value(name) else { return nil }
        let token = try value.token(atMost: 40)
        if token.isEmpty { return nil }
        guard case .amount(let number) = MinorUnits.fen.read(token) else {
            throw fault("is not a whole number", field: name)
        }
        return number
    }

    /// `true`, `1`, `"true"` or `"1"`; anything else is no.
    func isSet(_ name: StaticString) throws(Fault) -> Bool {
        guard let value = value(name) else { return false }
        if let flag = try? boolIfPresent(name) { return flag }
        let token = try value.token(atMost: 40)
        return token == "1" || token == "true"
    }

    /// Seconds since 1970 as number or text.
    func unixTime(_ name: StaticString) throws(Fault) -> Instant {
        guard let time = try unixTimeIfPresent(name) else { throw fault("is missing", field: name) }
        return time
    }

    /// - Returns: `nil` for an absent one and for 0.
    func unixTimeIfPresent(_ name: StaticString) throws(Fault) -> Instant? {
        guard let seconds = try wholeIfPresent(name), seconds != 0 else { return nil }
        guard 0..<253_402_300_800 ~= seconds else { throw fault("is not a time", field: name) }
        return Instant(milliseconds: seconds * 1000)
    }

    /// The objects of a list; an absent list is empty.
    func objects(_ name: StaticString) throws(Fault) -> [JSONObject] {
        guard let values = try valuesIfPresent(name) else { return [] }
        var objects: [JSONObject] = []
        objects.reserveCapacity(values.count)
        for value in values { objects.append(try value.object()) }
        return objects
    }

    /// The object under the first of these names that there is, as deep as they lead; this one when there is none.
    func unwrapped(_ names: StaticString...) throws(Fault) -> JSONObject {
        var object = self
        for name in names {
            if let inner = try object.objectIfPresent(name) { object = inner }
        }
        return object
    }
}

extension MinorUnits {
    /// Whole numbers: what is a fen already, or counts.
    static let fen = MinorUnits(digits: 0)
}
