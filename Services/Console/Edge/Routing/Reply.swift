import HTTPTypes
import HummingbirdCore

/// What goes back over HTTP.
struct Reply: Sendable {
    typealias Writer = @concurrent @Sendable (inout any ResponseBodyWriter) async throws -> Void

    enum Body: Sendable {
        case bytes([UInt8])
        case stream(Writer)
    }

    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: Body

    init(_ status: HTTPResponse.Status, _ headers: HTTPFields = [:], _ bytes: [UInt8] = []) {
        self.status = status
        self.headers = headers
        body = .bytes(bytes)
    }

    init(_ status: HTTPResponse.Status, _ headers: HTTPFields, stream: @escaping Writer) {
        self.status = status
        self.headers = headers
        body = .stream(stream)
    }

    /// The text of a body that is there as a whole.
    var text: String {
        guard case .bytes(let bytes) = body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Compresses a whole body of some length, when the other side takes that.
    mutating func compress(for call: Call) {
        guard case .bytes(let bytes) = body, bytes.count > 1024, headers[.contentEncoding] == nil,
            let type = headers[.contentType], type.hasPrefix("text/") || type.hasPrefix("application/json")
        else { return }
        headers[.vary] = "accept-encoding"
        guard call.takesGzip, let compressed = Gzip.compressed(bytes, level: 4) else { return }
        headers[.contentEncoding] = "gzip"
        body = .bytes(compressed)
    }
}

/// A cookie that the site sets.
struct Cookie: Sendable, Equatable {
    let name: String
    let value: String
    /// Nil lasts as long as the browser is open; 0 forgets it.
    var seconds: Int?

    /// - Source: RFC 6265bis; `Lax` sends it with links from elsewhere and with nothing else.
    func header(isSecure: Bool) -> String {
        "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
            + (seconds.map { "; Max-Age=\($0)" } ?? "")
    }
}
