/// The notary vouches for the first `size` entries of its log.
///
/// - Source: C2SP signed note and tlog-checkpoint; RFC 9162.
public struct CheckpointSigned: Fact, Equatable {
    public static let topic = Topic.notaryCheckpoints
    public static let type = "tributary.notary.checkpoints.CheckpointSigned.v1"

    /// The name of the log.
    public let origin: String
    public let size: Int64
    /// Base64 of the Merkle tree's root.
    public let rootHash: String
    /// The signed note as it is verified, byte for byte.
    public let note: String
    public var version: Int64

    public var key: String { origin }

    public init(origin: String, size: Int64, rootHash: String, note: String, version: Int64 = 0) {
        self.origin = origin
        self.size = size
        self.rootHash = rootHash
        self.note = note
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        origin = try json.string("origin")
        version = try json.integer("version")
        size = try json.integer("size")
        rootHash = try json.string("rootHash")
        note = try json.string("note", atMost: 20_000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("origin", origin)
        json.field("version", version)
        json.field("size", size)
        json.field("rootHash", rootHash)
        json.field("note", note)
    }
}
