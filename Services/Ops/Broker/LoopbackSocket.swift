import Glibc

/// Opens non-blocking TCP sockets on 127.0.0.1, and only there.
enum LoopbackSocket {
    /// - Parameter port: 0 takes a free one.
    static func listen(port: UInt16) throws(BrokerError) -> Descriptor {
        let socket = try open()
        var on: Int32 = 1
        unsafe setsockopt(socket.number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard unsafe withAddress(port, { unsafe bind(socket.number, $0, $1) }) == 0 else {
            throw BrokerError("cannot bind 127.0.0.1:\(port)", code: errno)
        }
        guard Glibc.listen(socket.number, 128) == 0 else {
            throw BrokerError("cannot listen on 127.0.0.1:\(port)", code: errno)
        }
        return socket
    }

    /// Starts to connect; a refusal shows when the socket is used.
    static func connect(port: UInt16) throws(BrokerError) -> Descriptor {
        let socket = try open()
        setNoDelay(socket)
        guard unsafe withAddress(port, { unsafe Glibc.connect(socket.number, $0, $1) }) == 0 || errno == EINPROGRESS
        else {
            throw BrokerError("cannot connect to 127.0.0.1:\(port)", code: errno)
        }
        return socket
    }

    /// The next waiting client, or nil when there is none.
    static func accept(from listener: Descriptor) -> Descriptor? {
        let number = Glibc.accept(listener.number, nil, nil)
        guard number >= 0 else { return nil }
        let client = Descriptor(number)
        // A client's socket must not live on in a broker that is started again: closing it here would close nothing.
        guard fcntl(number, F_SETFD, FD_CLOEXEC) == 0, fcntl(number, F_SETFL, O_NONBLOCK) == 0 else { return nil }
        setNoDelay(client)
        return client
    }

    static func port(of socket: Descriptor) throws(BrokerError) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutableBytes(of: &address) {
            unsafe getsockname(socket.number, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        guard status == 0 else { throw BrokerError("cannot read a socket's own port", code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A port nobody uses at this moment.
    static func freePort() throws(BrokerError) -> UInt16 {
        let socket = try open()
        guard unsafe withAddress(0, { unsafe bind(socket.number, $0, $1) }) == 0 else {
            throw BrokerError("cannot find a free port", code: errno)
        }
        return try port(of: socket)
    }

    private static func open() throws(BrokerError) -> Descriptor {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(AF_INET, kind, 0)
        guard number >= 0 else { throw BrokerError("cannot open a socket", code: errno) }
        return Descriptor(number)
    }

    /// Small frames leave at once: with Nagle's algorithm they would wait for an acknowledgement, up to 40 ms.
    private static func setNoDelay(_ socket: Descriptor) {
        var on: Int32 = 1
        unsafe setsockopt(socket.number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func withAddress(_ port: UInt16, _ body: (UnsafePointer<sockaddr>?, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafeBytes(of: &address) {
            unsafe body($0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
    }
}
