import HTTPTypes
public import HummingbirdCore
import NIOCore

/// The body of a post, read up to its limit.
public struct PostBody {
    public private(set) var bytes: [UInt8] = []
    public private(set) var isEnded = false
    private let maximumBytes: Int

    public init(limit maximumBytes: Int = EdgeLimits.maximumBodyBytes) { self.maximumBytes = maximumBytes }

    /// - Returns: False when it is too large; `isEnded` tells whether it was read to its end all the same.
    public mutating func read(_ request: Request) async throws -> Bool {
        let limit = maximumBytes + EdgeLimits.maximumDrainedBytes
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > limit { return false }
        var count = 0
        for try await buffer in request.body {
            count += buffer.readableBytes
            if count > limit { return false }
            if count <= maximumBytes { bytes.append(contentsOf: buffer.readableBytesView) }
        }
        isEnded = true
        return count <= maximumBytes
    }
}
