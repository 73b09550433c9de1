/// Asks a broker for its API versions, the first thing every client asks.
enum BrokerProbe {
    private static let answerLimit = Duration.seconds(1)

    /// ApiVersions v0 with an empty client id, correlation id 0.
    private static let request: [UInt8] = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0, 0, 0]

    static func answers(port: UInt16) -> Bool {
        guard let socket = try? LoopbackSocket.connect(port: port), socket.send(request[...]) == request.count,
            socket.waitReadable(for: answerLimit)
        else { return false }
        var answer = [UInt8](repeating: 0, count: 512)
        guard case .bytes(let count) = socket.receive(into: &answer) else { return false }
        return count > 4
    }
}
