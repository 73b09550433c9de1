/// What a Fetch answer brings.
///
/// - Source: Kafka protocol guide, Fetch response v0 to v12.
enum FetchAnswer: Equatable {
    case records
    /// No records in any partition, and no error.
    case empty
    /// An error somewhere: the client must learn of it at once.
    case failed
    /// A version the front cannot read.
    case unknown

    /// - Parameter frame: The whole frame, its length included.
    init(_ frame: [UInt8], version: Int16) {
        guard version <= 12 else {
            self = .unknown
            return
        }
        do throws(MalformedFrame) {
            self = try Self.read(FrameReader(frame, from: 8), version: version)
        } catch {
            self = .unknown
        }
    }

    private static func read(_ start: FrameReader, version: Int16) throws(MalformedFrame) -> FetchAnswer {
        var reader = start
        let flexible = version >= 12
        try reader.skipTags(flexible: flexible)
        if version >= 1 { try reader.skip(4) }
        if version >= 7 {
            guard try reader.integer(Int16.self) == 0 else { return .failed }
            try reader.skip(4)
        }
        for _ in 0..<(try reader.elementCount(flexible: flexible)) {
            _ = try reader.text(flexible: flexible)
            for _ in 0..<(try reader.elementCount(flexible: flexible)) {
                try reader.skip(4)
                guard try reader.integer(Int16.self) == 0 else { return .failed }
                try skipOffsets(&reader, version: version)
                guard try reader.skipBytes(flexible: flexible) == 0 else { return .records }
                try reader.skipTags(flexible: flexible)
            }
            try reader.skipTags(flexible: flexible)
        }
        return .empty
    }

    /// Steps over high watermark, last stable offset, log start, aborted transactions and preferred replica.
    private static func skipOffsets(_ reader: inout FrameReader, version: Int16) throws(MalformedFrame) {
        try reader.skip(8 + (version >= 4 ? 8 : 0) + (version >= 5 ? 8 : 0))
        if version >= 4 {
            for _ in 0..<(try reader.elementCount(flexible: version >= 12)) {
                try reader.skip(16)
                try reader.skipTags(flexible: version >= 12)
            }
        }
        if version >= 11 { try reader.skip(4) }
    }
}
