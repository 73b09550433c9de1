/// Puts the front's port in place of the broker's into the answers that name brokers.
///
/// Broker and front share the host 127.0.0.1, so the four bytes of each port are overwritten and no length changes.
/// An answer that cannot be read stays as it is.
///
/// - Source: Kafka protocol guide, responses of Metadata (3), FindCoordinator (10) and DescribeCluster (60).
struct EndpointRewrite {
    enum Answer {
        case metadata
        case findCoordinator
        case describeCluster
    }

    private let answer: Answer
    private let version: Int16

    init(_ answer: Answer, version: Int16) {
        self.answer = answer
        self.version = version
    }

    /// - Parameter frame: The whole frame, its length included.
    func apply(to frame: inout [UInt8], port: UInt16) {
        guard let positions = try? portPositions(FrameReader(frame, from: 8)) else { return }
        for position in positions {
            frame.replaceSubrange(position..<position + 4, with: [0, 0, UInt8(port >> 8), UInt8(port & 0xFF)])
        }
    }

    private func portPositions(_ start: FrameReader) throws(MalformedFrame) -> [Int] {
        var reader = start
        switch answer {
        case .metadata: return try metadataPorts(&reader)
        case .findCoordinator: return try coordinatorPorts(&reader)
        case .describeCluster: return try clusterPorts(&reader)
        }
    }

    private func metadataPorts(_ reader: inout FrameReader) throws(MalformedFrame) -> [Int] {
        let flexible = version >= 9
        try reader.skipTags(flexible: flexible)
        if version >= 3 { try reader.skip(4) }
        var positions: [Int] = []
        for _ in 0..<(try reader.elementCount(flexible: flexible)) {
            positions += try nodePort(&reader, flexible: flexible)
            if version >= 1 { _ = try reader.text(flexible: flexible) }
            try reader.skipTags(flexible: flexible)
        }
        return positions
    }

    private func coordinatorPorts(_ reader: inout FrameReader) throws(MalformedFrame) -> [Int] {
        let flexible = version >= 3
        try reader.skipTags(flexible: flexible)
        if version >= 1 { try reader.skip(4) }
        guard version >= 4 else {
            try reader.skip(2)
            if version >= 1 { _ = try reader.text(flexible: flexible) }
            return try nodePort(&reader, flexible: flexible)
        }
        var positions: [Int] = []
        for _ in 0..<(try reader.elementCount(flexible: true)) {
            _ = try reader.text(flexible: true)
            positions += try nodePort(&reader, flexible: true)
            try reader.skip(2)
            _ = try reader.text(flexible: true)
            try reader.skipTags(flexible: true)
        }
        return positions
    }

    private func clusterPorts(_ reader: inout FrameReader) throws(MalformedFrame) -> [Int] {
        try reader.skipTags(flexible: true)
        try reader.skip(6)
        _ = try reader.text(flexible: true)
        if version >= 1 { try reader.skip(1) }
        _ = try reader.text(flexible: true)
        try reader.skip(4)
        var positions: [Int] = []
        for _ in 0..<(try reader.elementCount(flexible: true)) {
            positions += try nodePort(&reader, flexible: true)
            _ = try reader.text(flexible: true)
            if version >= 2 { try reader.skip(1) }
            try reader.skipTags(flexible: true)
        }
        return positions
    }

    /// Reads node id, host and port; where the port is, unless the host is empty (an answer without a node).
    private func nodePort(_ reader: inout FrameReader, flexible: Bool) throws(MalformedFrame) -> [Int] {
        try reader.skip(4)
        let host = try reader.text(flexible: flexible)
        let position = reader.offset
        try reader.skip(4)
        return host.isEmpty ? [] : [position]
    }
}
