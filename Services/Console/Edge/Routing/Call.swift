import HTTPTypes

/// One request as the site takes it, whatever server it came through.
struct Call: Sendable {
    let method: HTTPRequest.Method
    /// As it came, without the query.
    let path: String
    let query: String
    let headers: HTTPFields
    /// The host that the browser believes to talk to, with its port.
    let authority: String
    let body: [UInt8]
    /// Whose it is: the peer's, or what a trusted proxy says.
    let address: String

    init(
        _ method: HTTPRequest.Method, _ target: String, headers: HTTPFields = [:], authority: String,
        body: [UInt8] = [], address: String
    ) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        path = parts.first ?? ""
        query = parts.count > 1 ? parts[1] : ""
        self.headers = headers
        self.authority = authority
        self.body = body
        self.address = address
    }

    /// Whether it changes nothing.
    var isSafe: Bool { method == .get || method == .head }

    var takesGzip: Bool {
        headers[.acceptEncoding]?.split(separator: ",").contains { entry in
            entry.drop { $0 == " " }.hasPrefix("gzip") && !entry.contains("q=0,") && !entry.hasSuffix("q=0")
        } ?? false
    }

    /// A program, not a person, wants to know.
    var wantsJSON: Bool {
        path.hasPrefix("/api/") || headers[.authorization] != nil
            || headers[.accept]?.hasPrefix("application/json") == true
    }

    /// The value of a cookie; the first of a name.
    func cookie(_ name: String) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
                return String(parts[1])
            }
        }
        return nil
    }
}
