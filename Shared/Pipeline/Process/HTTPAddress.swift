import Foundation

/// Where a process answers about itself: an IPv4 address of this machine and a port.
struct HTTPAddress: Sendable {
    let host: String
    let port: Int

    /// - Parameter host: Four numbers with dots; a name would need a resolver before the first answer.
    static func isIPv4(_ host: String) -> Bool {
        var address = in_addr()
        return unsafe inet_pton(AF_INET, host, &address) == 1
    }

    /// Where a client on this machine reaches it: every address (0.0.0.0) is reached over loopback.
    var local: HTTPAddress { HTTPAddress(host: host == "0.0.0.0" ? "127.0.0.1" : host, port: port) }

    /// The address as the system takes it.
    var socketAddress: sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        let isRead = unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1
        precondition(isRead, "'\(host)' is not an IPv4 address")
        return address
    }
}
