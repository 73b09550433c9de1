/// Ids and texts, read within the contract's bounds.
///
/// - Source: CONTRACTS section 1.
extension JSONObject {
    /// An id that others gave: 1 to 200 characters, kept as they come.
    public func externalID(_ name: StaticString) throws(Fault) -> String {
        guard let id = try externalIDIfPresent(name) else { throw fault("is missing", field: name) }
        return id
    }

    public func externalIDIfPresent(_ name: StaticString) throws(Fault) -> String? {
        guard let id = try stringIfPresent(name, atMost: 200) else { return nil }
        guard !id.isEmpty else { throw fault("is empty", field: name) }
        return id
    }

    /// An id of ours: 1 to 64 of `A–Z a–z 0–9 . _ : / -`.
    public func ownID(_ name: StaticString) throws(Fault) -> String {
        guard let id = try ownIDIfPresent(name) else { throw fault("is missing", field: name) }
        return id
    }

    public func ownIDIfPresent(_ name: StaticString) throws(Fault) -> String? {
        guard let id = try stringIfPresent(name, atMost: 64) else { return nil }
        guard !id.isEmpty, id.utf8.allSatisfy(Self.isOwnIDByte) else {
            throw fault("is not 1 to 64 of A–Z a–z 0–9 . _ : / -", field: name)
        }
        return id
    }

    /// A channel: an id of ours without `/`, which ends the channel in keys and in what order ids are made of.
    public func channel(_ name: StaticString = "channel") throws(Fault) -> String {
        let id = try ownID(name)
        guard !id.utf8.contains(UInt8(ascii: "/")) else { throw fault("holds a /", field: name) }
        return id
    }

    /// Words for people: at most 2,000 characters.
    public func textIfPresent(_ name: StaticString) throws(Fault) -> String? {
        try stringIfPresent(name, atMost: 2000)
    }

    /// A list of ids or words of others; an absent list is `nil`.
    public func externalIDsIfPresent(_ name: StaticString) throws(Fault) -> [String]? {
        guard let values = try valuesIfPresent(name) else { return nil }
        var ids: [String] = []
        for value in values {
            let id = try value.string(atMost: 200)
            guard !id.isEmpty else { throw Fault("is empty", field: value.path) }
            ids.append(id)
        }
        return ids
    }

    private static func isOwnIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
