import Testing

@testable import EmbeddedBroker

@Suite("Cutting a stream into frames")
struct FrameBufferTests {
    @Test func framesComeWholeHoweverTheBytesArrive() throws {
        let frames: [[UInt8]] = [[0, 0, 0, 2, 7, 8], [0, 0, 0, 0], [0, 0, 0, 3, 1, 2, 3]]
        let stream = frames.flatMap { $0 }
        for size in 1...stream.count {
            var buffer = FrameBuffer()
            var received: [[UInt8]] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                buffer.append(stream[start..<min(start + size, stream.count)])
                while let frame = try buffer.next() { received.append(frame) }
            }
            #expect(received == frames)
        }
    }

    @Test(arguments: [Int32(-1), Int32(FrameBuffer.maximumFrameBytes + 1)])
    func impossibleLengthIsRefused(length: Int32) {
        var buffer = FrameBuffer()
        buffer.append(FrameWriter.bigEndian(length)[...])
        #expect(throws: MalformedFrame.self) { try buffer.next() }
    }
}

@Suite("Reading protocol types")
struct FrameReaderTests {
    @Test func integersAreBigEndianAndSigned() throws {
        var reader = FrameReader([0xFF, 0xFE, 0, 0, 1, 0])
        #expect(try reader.integer(Int16.self) == -2)
        #expect(try reader.integer(Int32.self) == 256)
    }

    @Test func compactLengthsSpanBytes() throws {
        var reader = FrameReader([0xAD, 0x02] + [UInt8](repeating: 65, count: 300))
        #expect(try reader.text(flexible: true) == 2..<302)
    }

    @Test func absentTextIsEmpty() throws {
        var reader = FrameReader([0xFF, 0xFF])
        #expect(try reader.text(flexible: false).isEmpty)
    }

    @Test func taggedFieldsAreSteppedOver() throws {
        var reader = FrameReader([1, 0, 2, 9, 9, 42])
        try reader.skipTags(flexible: true)
        #expect(try reader.integer(UInt8.self) == 42)
    }

    @Test func countBeyondTheFrameIsRefused() {
        var reader = FrameReader([0, 0, 0, 9, 1])
        #expect(throws: MalformedFrame(offset: 4)) { try reader.elementCount(flexible: false) }
    }

    @Test func endlessVarintIsRefused() {
        var reader = FrameReader([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: MalformedFrame(offset: 5)) { try reader.text(flexible: true) }
    }
}
