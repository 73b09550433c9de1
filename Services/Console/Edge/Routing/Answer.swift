import HTTPTypes

/// What a page's handler answers.
struct Answer: Sendable {
    enum Kind: Sendable {
        case page(Page)
        case redirect(String)
        case bytes(HTTPResponse.Status, type: String, [UInt8])
        case stream(type: String, Reply.Writer)
    }

    let kind: Kind
    var cookies: [Cookie] = []
    /// For a download: what it is saved as.
    var fileName: String?

    static func page(_ page: Page) -> Answer { Answer(kind: .page(page)) }

    /// - Parameter phrase: The key of what the next page says on top: that something was done.
    static func redirect(_ path: String, say phrase: String? = nil) -> Answer {
        var answer = Answer(kind: .redirect(path))
        if let phrase { answer.cookies.append(Cookie(name: CookieName.flash, value: phrase, seconds: 60)) }
        return answer
    }

    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Answer {
        Answer(kind: .bytes(status, type: "application/json", bytes))
    }

    static func file(_ name: String, type: String, _ bytes: [UInt8]) -> Answer {
        Answer(kind: .bytes(.ok, type: type, bytes), fileName: name)
    }

    /// Bytes that are made while they are sent: exports, server-sent events.
    static func stream(type: String, fileName: String? = nil, _ writer: @escaping Reply.Writer) -> Answer {
        Answer(kind: .stream(type: type, writer), fileName: fileName)
    }

    func setting(_ cookie: Cookie) -> Answer {
        var answer = self
        answer.cookies.append(cookie)
        return answer
    }
}

enum CookieName {
    static let session = "session"
    /// Of a browser that has not signed in: what its forms are bound to.
    static let visitor = "visitor"
    static let flash = "flash"
    static let language = "language"
    static let theme = "theme"
}
