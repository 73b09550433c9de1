/// A value that PostgreSQL takes in its binary format.
///
/// - Source: the `…send` and `…recv` functions of PostgreSQL's types; all numbers are big-endian.
protocol BinaryValue {
    static var type: PostgresType { get }
    static var arrayType: PostgresType { get }
    var byteCount: Int { get }
    func append(to bytes: inout [UInt8])
}

extension [UInt8] {
    mutating func appendBigEndian<Number: FixedWidthInteger>(_ number: Number) {
        unsafe Swift.withUnsafeBytes(of: number.bigEndian) { unsafe append(contentsOf: $0) }
    }
}

extension Int64: BinaryValue {
    static var type: PostgresType { .int8 }
    static var arrayType: PostgresType { .int8Array }
    var byteCount: Int { 8 }
    func append(to bytes: inout [UInt8]) { bytes.appendBigEndian(self) }
}

extension Int32: BinaryValue {
    static var type: PostgresType { .int4 }
    static var arrayType: PostgresType { .int4Array }
    var byteCount: Int { 4 }
    func append(to bytes: inout [UInt8]) { bytes.appendBigEndian(self) }
}

extension Bool: BinaryValue {
    static var type: PostgresType { .bool }
    static var arrayType: PostgresType { .boolArray }
    var byteCount: Int { 1 }
    func append(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
}

extension String: BinaryValue {
    static var type: PostgresType { .text }
    static var arrayType: PostgresType { .textArray }
    var byteCount: Int { utf8.count }
    func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
}

extension [UInt8]: BinaryValue {
    static var type: PostgresType { .bytea }
    static var arrayType: PostgresType { .byteaArray }
    var byteCount: Int { count }
    func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: self) }
}
