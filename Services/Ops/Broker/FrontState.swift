/// All connections of one front, and what happens to them between two waits.
struct FrontState {
    /// Two descriptors each stay well below the usual limit of 1,024.
    static let maximumConnections = 400

    var traffic: Traffic
    var isStopping = false
    private var connections: [Int: Connection] = [:]
    private var nextConnectionID = 0
    private let listener: Descriptor
    private let upstreamPort: @Sendable () -> UInt16?

    init(listener: Descriptor, traffic: Traffic, upstreamPort: @escaping @Sendable () -> UInt16?) {
        self.listener = listener
        self.traffic = traffic
        self.upstreamPort = upstreamPort
    }

    var connectionCount: Int { connections.count }

    /// What the loop has to wait for.
    func interests(bell: Bell) -> PollSet {
        var set = PollSet()
        set.add(bell.descriptor.number, .bell, read: true)
        set.add(listener.number, .listener, read: true)
        for (id, connection) in connections {
            for side in [Connection.Side.client, .upstream] {
                set.add(
                    connection.descriptor(side), .connection(id, side),
                    read: connection.wantsToRead(side), write: connection.wantsToWrite(side))
            }
            set.wake(at: connection.deadline)
        }
        return set
    }

    /// Reads from every ready socket, then moves everything on that can move.
    mutating func handle(_ ready: [PollSet.Target], bell: Bell, at now: ContinuousClock.Instant) {
        for target in ready {
            switch target {
            case .bell: bell.silence()
            case .listener: acceptClients()
            case .connection(let id, let side): connections[id]?.read(side, traffic: &traffic, at: now)
            }
        }
        if let written = traffic.journal.takeUnreported() {
            for connection in connections.values { connection.wake(for: written) }
        }
        for (id, connection) in connections {
            connection.pump(traffic: &traffic, at: now)
            if connection.isOver { connections[id] = nil }
        }
    }

    mutating func cutAll() {
        for connection in connections.values { connection.cut() }
        connections = [:]
    }

    func halfCloseAll() {
        for connection in connections.values { connection.halfClose() }
    }

    private mutating func acceptClients() {
        for _ in 0..<Self.maximumConnections {
            guard let client = LoopbackSocket.accept(from: listener) else { return }
            guard !traffic.faults.refusesConnections, connections.count < Self.maximumConnections,
                let port = upstreamPort(), let upstream = try? LoopbackSocket.connect(port: port)
            else { continue }  // Dropping the client closes it: it will come again.
            connections[nextConnectionID] = Connection(client: client, upstream: upstream)
            nextConnectionID += 1
        }
    }
}
