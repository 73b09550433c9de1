/// A record batch v2 with one record, as a producer without compression sends it.
///
/// - Source: Kafka documentation, "Record Batch"; CRC-32C per RFC 3720.
enum RecordBatch {
    static func make(_ value: String) -> [UInt8] {
        let text = Array(value.utf8)
        precondition(text.count < 50, "the lengths below are one byte each: \(text.count)")
        var record: [UInt8] = [0, 0, 0, 1, UInt8(text.count * 2)]
        record += text
        record += [0]

        var checked = FrameWriter()
        checked.integer(Int16(0))
        checked.integer(Int32(0))
        for time in [Int64(1_700_000_000_000), 1_700_000_000_000, -1] { checked.integer(time) }
        checked.integer(Int16(-1))
        checked.integer(Int32(-1))
        checked.integer(Int32(1))
        checked.raw([UInt8(record.count * 2)] + record)

        var rest = FrameWriter()
        rest.integer(Int32(-1))
        rest.integer(Int8(2))
        rest.integer(checksum(checked.bytes))
        rest.raw(checked.bytes)

        var batch = FrameWriter()
        batch.integer(Int64(0))
        batch.integer(Int32(rest.bytes.count))
        batch.raw(rest.bytes)
        return batch.bytes
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 1 ? 0x82F6_3B78 : 0) }
        }
        return ~crc
    }
}
