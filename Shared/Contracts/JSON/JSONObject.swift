/// One object of a JSON text, read field by field; every fault names the field's path.
///
/// - Shape: an absent field and `null` mean the same; fields nobody asks for are ignored; of a name given twice the
///   first counts.
public struct JSONObject: Sendable {
    let document: JSONDocument
    let node: Int

    /// Text as it stands, without U+0000.
    public func string(_ name: StaticString, atMost limit: Int = 200) throws(Fault) -> String {
        guard let text = try stringIfPresent(name, atMost: limit) else { throw missing(name) }
        return text
    }

    public func stringIfPresent(_ name: StaticString, atMost limit: Int = 200) throws(Fault) -> String? {
        guard let value = find(name) else { return nil }
        return try JSONValue(document: document, node: value).string(atMost: limit)
    }

    /// A whole number; a fraction or an exponent is refused, also `1.0`.
    public func integer(_ name: StaticString) throws(Fault) -> Int64 {
        guard let number = try integerIfPresent(name) else { throw missing(name) }
        return number
    }

    public func integerIfPresent(_ name: StaticString) throws(Fault) -> Int64? {
        guard let value = find(name) else { return nil }
        return try JSONValue(document: document, node: value).integer()
    }

    public func bool(_ name: StaticString, default fallback: Bool) throws(Fault) -> Bool {
        try boolIfPresent(name) ?? fallback
    }

    public func boolIfPresent(_ name: StaticString) throws(Fault) -> Bool? {
        guard let value = find(name) else { return nil }
        guard document.nodes[value].kind == .bool else { throw wrong(value, "true or false") }
        return document.bytes[Int(document.nodes[value].start)] == UInt8(ascii: "t")
    }

    public func instant(_ name: StaticString) throws(Fault) -> Instant {
        guard let instant = try instantIfPresent(name) else { throw missing(name) }
        return instant
    }

    public func instantIfPresent(_ name: StaticString) throws(Fault) -> Instant? {
        guard let value = find(name) else { return nil }
        let text = try JSONValue(document: document, node: value).string(atMost: 40)
        guard let instant = Instant(rfc3339: text) else { throw wrong(value, "an RFC 3339 time") }
        return instant
    }

    public func object(_ name: StaticString) throws(Fault) -> JSONObject {
        guard let object = try objectIfPresent(name) else { throw missing(name) }
        return object
    }

    public func objectIfPresent(_ name: StaticString) throws(Fault) -> JSONObject? {
        guard let value = find(name) else { return nil }
        guard document.nodes[value].kind == .object else { throw wrong(value, "an object") }
        return JSONObject(document: document, node: value)
    }

    /// The values of an array field, at most `limit`.
    public func values(_ name: StaticString, atMost limit: Int = 500) throws(Fault) -> [JSONValue] {
        guard let values = try valuesIfPresent(name, atMost: limit) else { throw missing(name) }
        return values
    }

    public func valuesIfPresent(_ name: StaticString, atMost limit: Int = 500) throws(Fault) -> [JSONValue]? {
        guard let value = find(name) else { return nil }
        guard document.nodes[value].kind == .array else { throw wrong(value, "an array") }
        var values: [JSONValue] = []
        var child = value + 1
        while child < Int(document.nodes[value].next) {
            guard values.count < limit else { throw wrong(value, "at most \(limit) entries long") }
            values.append(JSONValue(document: document, node: child))
            child = Int(document.nodes[child].next)
        }
        return values
    }

    /// The value of a field whatever its kind; `nil` when absent or `null`.
    public func value(_ name: StaticString) -> JSONValue? {
        find(name).map { JSONValue(document: document, node: $0) }
    }

    /// A fault about one field of this object.
    public func fault(_ reason: String, field name: StaticString) -> Fault {
        let path = document.path(of: node)
        return Fault(reason, field: path.isEmpty ? "\(name)" : "\(path).\(name)")
    }

    /// The text of this object exactly as it came.
    public var text: [UInt8] {
        Array(document.bytes[Int(document.nodes[node].start)..<Int(document.nodes[node].end)])
    }

    private func missing(_ name: StaticString) -> Fault { fault("is missing", field: name) }

    private func wrong(_ value: Int, _ wanted: String) -> Fault {
        Fault("is not \(wanted)", field: document.path(of: value))
    }

    private func find(_ name: StaticString) -> Int? {
        let length = name.utf8CodeUnitCount
        let wanted = unsafe name.utf8Start
        return unsafe document.bytes.withUnsafeBufferPointer { bytes in
            unsafe document.nodes.withUnsafeBufferPointer { nodes -> Int? in
                let end = unsafe Int(nodes[node].next)
                var child = node + 1
                while child < end {
                    let key = unsafe nodes[child]
                    let isSame =
                        key.isEscaped
                        ? isEscapedName(child, "\(name)")
                        : unsafe Int(key.end - key.start) == length && equal(bytes, Int(key.start), wanted, length)
                    if isSame {
                        return unsafe nodes[child + 1].kind == .null ? nil : child + 1
                    }
                    child = unsafe Int(nodes[child + 1].next)
                }
                return nil
            }
        }
    }

    /// Compares a name that holds a backslash; one that cannot be read is not the wanted one.
    private func isEscapedName(_ key: Int, _ wanted: String) -> Bool {
        let name = try? JSONValue(document: document, node: key).string()
        return name == wanted
    }
}

@unsafe
private func equal(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ wanted: UnsafePointer<UInt8>, _ length: Int
) -> Bool {
    for index in 0..<length where unsafe bytes[start + index] != wanted[index] { return false }
    return true
}
