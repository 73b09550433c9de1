/// One JSON text, checked once and indexed, so that fields are read without building a tree.
///
/// - Shape: `nodes` lists values in the order of the text; an object's children alternate name and value, and `next`
///   is the index behind the whole value. At most 1 MiB and 32 levels deep.
/// - Source: RFC 8259.
public final class JSONDocument: Sendable {
    struct Node: Sendable {
        enum Kind: UInt8, Sendable { case null, bool, number, string, array, object }
        let kind: Kind
        /// For a string: it holds a backslash, so that its bytes are not yet its text.
        let isEscaped: Bool
        /// Bytes of the value: without quotes for a string.
        let start: Int32
        var end: Int32
        var next: Int32
    }

    static let maximumBytes = 1 << 20
    let bytes: [UInt8]
    let nodes: [Node]

    private init(bytes: [UInt8], nodes: [Node]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    /// Reads a text whose outermost value is an object.
    ///
    /// - Throws: `Fault` with the byte position when the text is not JSON, too large, too deep or no object.
    public static func object(_ bytes: [UInt8]) throws(Fault) -> JSONObject {
        guard bytes.count <= maximumBytes else { throw Fault("value of \(bytes.count) bytes is above \(maximumBytes)") }
        var scanner = JSONScanner(bytes)
        try scanner.scanDocument()
        let document = JSONDocument(bytes: bytes, nodes: scanner.nodes)
        guard document.nodes[0].kind == .object else { throw Fault("value is not a JSON object") }
        return JSONObject(document: document, node: 0)
    }

    /// The path of a node, like `lines[1].quantity`; made only when a fault needs it.
    func path(of target: Int) -> String {
        var path = ""
        var container = 0
        while container != target {
            let isObject = nodes[container].kind == .object
            var child = container + 1
            var position = 0
            while child < Int(nodes[container].next) {
                let value = isObject ? child + 1 : child
                if target < Int(nodes[value].next) {
                    path += isObject ? (path.isEmpty ? "" : ".") + text(child) : "[\(position)]"
                    container = value
                    break
                }
                child = Int(nodes[value].next)
                position += 1
            }
            if child >= Int(nodes[container].next), container != target { return path }
        }
        return path
    }

    private func text(_ node: Int) -> String {
        String(decoding: bytes[Int(nodes[node].start)..<Int(nodes[node].end)].prefix(64), as: UTF8.self)
    }
}
