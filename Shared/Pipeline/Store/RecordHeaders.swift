import Kafka

/// Headers of a record in one column: for each its name and value, both behind their lengths.
///
/// - Shape: name length (2 bytes, big endian), name, value length (4 bytes), value; repeated.
enum RecordHeaders {
    static func encode(_ headers: [KafkaHeader]) -> [UInt8]? {
        guard !headers.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for header in headers {
            let name = Array(header.name.utf8.prefix(Int(UInt16.max)))
            bytes.append(contentsOf: [UInt8(name.count >> 8), UInt8(name.count & 255)])
            bytes.append(contentsOf: name)
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(header.value.count >> shift & 255)) }
            bytes.append(contentsOf: header.value)
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8]?) -> [KafkaHeader] {
        guard let bytes else { return [] }
        var headers: [KafkaHeader] = []
        var position = 0
        func number(_ width: Int) -> Int {
            bytes[position..<position + width].reduce(0) { $0 << 8 | Int($1) }
        }
        while position < bytes.count {
            let nameLength = number(2)
            position += 2
            let name = String(decoding: bytes[position..<position + nameLength], as: UTF8.self)
            position += nameLength
            let valueLength = number(4)
            position += 4
            headers.append(KafkaHeader(name: name, value: Array(bytes[position..<position + valueLength])))
            position += valueLength
        }
        return headers
    }
}
