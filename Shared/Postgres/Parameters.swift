/// The values of one statement's `$1`, `$2`, …, in this order, in PostgreSQL's binary format.
///
/// All values stand in one buffer, so that a parameter costs no allocation of its own.
/// - Shape: at most 256 parameters, each below 1 GB (PostgreSQL's limit). A statement is prepared with the types of its
///   first use and must be given the same types ever after.
/// - Errors: none here. Text with U+0000 and times out of range are refused by the server: data errors 22021, 22008.
public struct Parameters: Sendable {
    static let maximumCount = 256

    /// The values, each followed by one byte of padding, so that even an empty value has an address.
    private(set) var bytes: [UInt8] = []
    /// Where each value begins in `bytes`; -1 is NULL.
    private(set) var offsets: [Int] = []
    private(set) var byteCounts: [Int32] = []
    private(set) var typeIDs: [UInt32] = []

    public init() {}

    public mutating func append(_ value: Int64) { appendValue(value) }
    public mutating func append(_ value: Int64?) { appendValue(value) }
    public mutating func append(_ value: Int32) { appendValue(value) }
    public mutating func append(_ value: Int32?) { appendValue(value) }
    public mutating func append(_ value: Bool) { appendValue(value) }
    public mutating func append(_ value: Bool?) { appendValue(value) }
    public mutating func append(_ value: String) { appendValue(value) }
    public mutating func append(_ value: String?) { appendValue(value) }
    /// Appends a `bytea`.
    public mutating func append(_ value: [UInt8]) { appendValue(value) }
    /// Appends a `bytea`.
    public mutating func append(_ value: [UInt8]?) { appendValue(value) }

    /// Appends a `timestamptz`, given as Unix milliseconds.
    public mutating func appendTimestamp(milliseconds: Int64) {
        appendValue(PostgresTimestamp(milliseconds: milliseconds))
    }

    /// Appends a `timestamptz`, given as Unix milliseconds.
    public mutating func appendTimestamp(milliseconds: Int64?) {
        appendValue(milliseconds.map(PostgresTimestamp.init(milliseconds:)))
    }

    /// Appends a `date`, given as days since 1970-01-01.
    public mutating func appendDate(daysSinceEpoch: Int) {
        appendValue(PostgresDate(daysSinceEpoch: daysSinceEpoch))
    }

    /// Appends a `date`, given as days since 1970-01-01.
    public mutating func appendDate(daysSinceEpoch: Int?) {
        appendValue(daysSinceEpoch.map(PostgresDate.init(daysSinceEpoch:)))
    }

    private mutating func appendValue<Value: BinaryValue>(_ value: Value) {
        appendEncoded(as: Value.type) { bytes in value.append(to: &bytes) }
    }

    private mutating func appendValue<Value: BinaryValue>(_ value: Value?) {
        if let value {
            appendValue(value)
        } else {
            appendNull(as: Value.type)
        }
    }

    private mutating func appendNull(as type: PostgresType) {
        precondition(typeIDs.count < Self.maximumCount, "a statement takes at most \(Self.maximumCount) parameters")
        offsets.append(-1)
        byteCounts.append(0)
        typeIDs.append(type.objectID)
    }

    /// Appends one parameter whose bytes `write` adds to the end of the buffer.
    mutating func appendEncoded(as type: PostgresType, _ write: (inout [UInt8]) -> Void) {
        precondition(typeIDs.count < Self.maximumCount, "a statement takes at most \(Self.maximumCount) parameters")
        let start = bytes.count
        write(&bytes)
        offsets.append(start)
        byteCounts.append(Int32(bytes.count - start))
        typeIDs.append(type.objectID)
        bytes.append(0)
    }

    private static let binaryFormats = [Int32](repeating: 1, count: maximumCount)

    /// Lends the C arrays that libpq wants: addresses of the values, their lengths, their formats (all binary).
    func withPointers<Result>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: max(offsets.count, 1)) {
                values in
                for index in offsets.indices {
                    let offset = offsets[index]
                    let value = unsafe offset < 0 ? nil : bytes.baseAddress?.advanced(by: offset)
                    unsafe values.initializeElement(at: index, to: value?.assumingMemoryBound(to: CChar.self))
                }
                return unsafe byteCounts.withUnsafeBufferPointer { byteCounts in
                    unsafe Self.binaryFormats.withUnsafeBufferPointer { formats in
                        unsafe body(
                            values.baseAddress.map { unsafe UnsafePointer($0) }, byteCounts.baseAddress,
                            formats.baseAddress)
                    }
                }
            }
        }
    }
}
