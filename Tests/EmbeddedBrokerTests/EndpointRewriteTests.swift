import Testing

@testable import EmbeddedBroker

@Suite("Naming the front in answers")
struct EndpointRewriteTests {
    private static let brokerPort = Int32(29_871)

    @Test(arguments: Int16(0)...12)
    func metadataNamesTheFront(version: Int16) {
        let flexible = version >= 9
        var body = FrameWriter()
        body.integer(Int32(1))
        body.noTags(flexible: flexible)
        if version >= 3 { body.integer(Int32(0)) }
        body.count(2, flexible: flexible)
        var ports: [Range<Int>] = []
        for node in [Int32(1), 2] {
            body.integer(node)
            body.text("127.0.0.1", flexible: flexible)
            body.integer(Self.brokerPort)
            ports.append(body.frame.count - 4..<body.frame.count)
            if version >= 1 { body.text("rack", flexible: flexible) }
            body.noTags(flexible: flexible)
        }
        // The same bytes elsewhere in the answer stay.
        body.text("127.0.0.1", flexible: flexible)
        body.integer(Self.brokerPort)
        expectOnly(ports, changeIn: body.frame, by: EndpointRewrite(.metadata, version: version))
    }

    @Test(arguments: Int16(0)...3)
    func coordinatorNamesTheFront(version: Int16) {
        let flexible = version >= 3
        var body = FrameWriter()
        body.integer(Int32(1))
        body.noTags(flexible: flexible)
        if version >= 1 { body.integer(Int32(0)) }
        body.integer(Int16(0))
        if version >= 1 { body.text("none", flexible: flexible) }
        let port = appendNode(to: &body, flexible: flexible)
        body.noTags(flexible: flexible)
        expectOnly([port], changeIn: body.frame, by: EndpointRewrite(.findCoordinator, version: version))
    }

    @Test func coordinatorsOfSeveralGroupsNameTheFront() {
        var body = FrameWriter()
        body.integer(Int32(1))
        body.noTags()
        body.integer(Int32(0))
        body.count(1, flexible: true)
        body.text("group", flexible: true)
        let port = appendNode(to: &body, flexible: true)
        body.integer(Int16(0))
        body.text("", flexible: true)
        for _ in 0..<2 { body.noTags() }
        expectOnly([port], changeIn: body.frame, by: EndpointRewrite(.findCoordinator, version: 4))
    }

    @Test func clusterNamesTheFront() {
        var body = FrameWriter()
        body.integer(Int32(1))
        body.noTags()
        body.integer(Int32(0))
        body.integer(Int16(0))
        body.text("", flexible: true)
        body.text("cluster", flexible: true)
        body.integer(Int32(1))
        body.count(1, flexible: true)
        let port = appendNode(to: &body, flexible: true)
        body.text("", flexible: true)
        for _ in 0..<2 { body.noTags() }
        expectOnly([port], changeIn: body.frame, by: EndpointRewrite(.describeCluster, version: 0))
    }

    @Test func absentCoordinatorStaysAbsent() {
        var body = FrameWriter()
        body.integer(Int32(1))
        body.integer(Int16(15))
        body.integer(Int32(-1))
        body.text("")
        body.integer(Int32(-1))
        expectOnly([], changeIn: body.frame, by: EndpointRewrite(.findCoordinator, version: 0))
    }

    private func appendNode(to body: inout FrameWriter, flexible: Bool) -> Range<Int> {
        body.integer(Int32(1))
        body.text("127.0.0.1", flexible: flexible)
        body.integer(Self.brokerPort)
        return body.frame.count - 4..<body.frame.count
    }

    private func expectOnly(_ ports: [Range<Int>], changeIn frame: [UInt8], by rewrite: EndpointRewrite) {
        var expected = frame
        for port in ports { expected.replaceSubrange(port, with: [0, 0, 0x23, 0x84]) }
        var actual = frame
        rewrite.apply(to: &actual, port: 0x2384)
        #expect(actual == expected)
    }
}
