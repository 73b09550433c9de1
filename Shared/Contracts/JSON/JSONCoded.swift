/// A value that reads itself from a JSON object and writes itself into one.
public protocol JSONCoded: Sendable {
    init(_ json: JSONObject) throws(Fault)
    func write(to json: inout JSONWriter)
}

extension JSONCoded {
    /// The value as the bytes of one JSON object.
    public var jsonBytes: [UInt8] { JSONWriter.object { write(to: &$0) } }
}

extension JSONObject {
    public func read<Value: JSONCoded>(_ name: StaticString, as type: Value.Type = Value.self) throws(Fault) -> Value {
        try Value(object(name))
    }

    public func readIfPresent<Value: JSONCoded>(
        _ name: StaticString, as type: Value.Type = Value.self
    ) throws(Fault) -> Value? {
        guard let object = try objectIfPresent(name) else { return nil }
        return try Value(object)
    }

    public func readList<Value: JSONCoded>(
        _ name: StaticString, as type: Value.Type = Value.self, atMost limit: Int = 500
    ) throws(Fault) -> [Value] {
        var list: [Value] = []
        for value in try values(name, atMost: limit) { list.append(try Value(value.object())) }
        return list
    }

    /// An absent list is an empty one.
    public func readListIfPresent<Value: JSONCoded>(
        _ name: StaticString, as type: Value.Type = Value.self, atMost limit: Int = 500
    ) throws(Fault) -> [Value] {
        guard value(name) != nil else { return [] }
        return try readList(name, as: type, atMost: limit)
    }

    /// One of a fixed set of words.
    public func word<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, as type: Word.Type = Word.self
    ) throws(Fault) -> Word where Word.RawValue == String {
        guard let word = try wordIfPresent(name, as: type) else { throw fault("is missing", field: name) }
        return word
    }

    public func wordIfPresent<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, as type: Word.Type = Word.self
    ) throws(Fault) -> Word? where Word.RawValue == String {
        guard let text = try stringIfPresent(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("is none of \(words)", field: name)
        }
        return word
    }
}

extension JSONWriter {
    public mutating func field(_ name: StaticString, _ value: (some JSONCoded)?) {
        guard let value else { return }
        object(name) { value.write(to: &$0) }
    }

    public mutating func field(_ name: StaticString, list: [some JSONCoded]) {
        array(name) { array in
            for value in list { array.element { value.write(to: &$0) } }
        }
    }

    public mutating func field(_ name: StaticString, texts: [String]?) {
        guard let texts else { return }
        array(name) { array in
            for text in texts { array.element(text) }
        }
    }
}
