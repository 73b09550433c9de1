import HTTPTypes

/// What browsers are told to refuse.
///
/// - Source: OWASP, "HTTP Security Response Headers"; CSP Level 3.
enum SecurityHeaders {
    static let contentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    static func add(to reply: inout Reply, isSecure: Bool) {
        reply.headers[.contentSecurityPolicy] = contentPolicy
        reply.headers[.xContentTypeOptions] = "nosniff"
        reply.headers[name("referrer-policy")] = "same-origin"
        reply.headers[name("permissions-policy")] = "camera=(), geolocation=(), microphone=(), payment=()"
        reply.headers[name("cross-origin-opener-policy")] = "same-origin"
        reply.headers[name("x-frame-options")] = "DENY"
        if isSecure { reply.headers[.strictTransportSecurity] = "max-age=31536000" }
        if reply.headers[.cacheControl] == nil { reply.headers[.cacheControl] = "no-store" }
    }

    /// A literal of this file: it is a field's name.
    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no name of a field") }
        return name
    }
}
