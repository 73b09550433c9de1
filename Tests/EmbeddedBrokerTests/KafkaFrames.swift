/// Frames the tests send and receive.
enum KafkaFrames {
    static func produce(
        topic: String, partition: Int32 = 0, batch: [UInt8], acks: Int16 = -1, version: Int16 = 7,
        correlationID: Int32 = 1
    ) -> [UInt8] {
        let flexible = version >= 9
        var writer = FrameWriter()
        writer.requestHeader(0, version: version, correlationID: correlationID, flexible: flexible)
        if version >= 3 { if flexible { writer.integer(UInt8(0)) } else { writer.integer(Int16(-1)) } }
        writer.integer(acks)
        writer.integer(Int32(5_000))
        writer.count(1, flexible: flexible)
        writer.text(topic, flexible: flexible)
        writer.count(1, flexible: flexible)
        writer.integer(partition)
        writer.count(batch.count, flexible: flexible)
        writer.raw(batch)
        for _ in 0..<3 { writer.noTags(flexible: flexible) }
        return writer.frame
    }

    static func fetch(
        topic: String, partition: Int32 = 0, offset: Int64 = 0, maximumWait: Int32 = 500, version: Int16 = 11,
        sessionEpoch: Int32 = -1, correlationID: Int32 = 1
    ) -> [UInt8] {
        let flexible = version >= 12
        var writer = FrameWriter()
        writer.requestHeader(1, version: version, correlationID: correlationID, flexible: flexible)
        for value in [-1, maximumWait, 1, 1 << 20] { writer.integer(value) }
        writer.integer(Int8(0))
        if version >= 7 { for value in [0, sessionEpoch] { writer.integer(value) } }
        writer.count(1, flexible: flexible)
        writer.text(topic, flexible: flexible)
        writer.count(1, flexible: flexible)
        writer.integer(partition)
        if version >= 9 { writer.integer(Int32(-1)) }
        writer.integer(offset)
        if version >= 12 { writer.integer(Int32(-1)) }
        if version >= 5 { writer.integer(Int64(-1)) }
        writer.integer(Int32(1 << 20))
        for _ in 0..<2 { writer.noTags(flexible: flexible) }
        if version >= 7 { writer.count(0, flexible: flexible) }
        if version >= 11 { writer.text("", flexible: flexible) }
        writer.noTags(flexible: flexible)
        return writer.frame
    }

    /// An answer to Fetch about one partition.
    static func fetchAnswer(
        records: [UInt8] = [], error: Int16 = 0, sessionError: Int16 = 0, version: Int16 = 11, correlationID: Int32 = 1
    ) -> [UInt8] {
        let flexible = version >= 12
        var writer = FrameWriter()
        writer.integer(correlationID)
        writer.noTags(flexible: flexible)
        if version >= 1 { writer.integer(Int32(0)) }
        if version >= 7 {
            writer.integer(sessionError)
            writer.integer(Int32(0))
        }
        writer.count(1, flexible: flexible)
        writer.text("orders", flexible: flexible)
        writer.count(1, flexible: flexible)
        writer.integer(Int32(0))
        writer.integer(error)
        writer.integer(Int64(7))
        if version >= 4 { writer.integer(Int64(7)) }
        if version >= 5 { writer.integer(Int64(0)) }
        if version >= 4 {
            writer.count(1, flexible: flexible)
            for value in [Int64(1), 2] { writer.integer(value) }
            writer.noTags(flexible: flexible)
        }
        if version >= 11 { writer.integer(Int32(-1)) }
        writer.count(records.count, flexible: flexible)
        writer.raw(records)
        for _ in 0..<3 { writer.noTags(flexible: flexible) }
        return writer.frame
    }

    static func other(_ apiKey: Int16 = 12, version: Int16 = 0, correlationID: Int32, body: [UInt8] = []) -> [UInt8] {
        var writer = FrameWriter()
        writer.requestHeader(apiKey, version: version, correlationID: correlationID)
        writer.raw(body)
        return writer.frame
    }

    static func answer(correlationID: Int32, body: [UInt8] = []) -> [UInt8] {
        var writer = FrameWriter()
        writer.integer(correlationID)
        writer.raw(body)
        return writer.frame
    }
}
