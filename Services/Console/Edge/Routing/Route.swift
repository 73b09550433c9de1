import ConsoleDomain
import HTTPTypes

/// One page or action of the site.
struct Route: Sendable {
    typealias Handler = @Sendable (Visit) async throws -> Answer

    /// Who may come here.
    enum Access: Sendable, Equatable {
        case anyone
        case signedIn
        /// Whoever has one of them.
        case permission([Permission])
    }

    let method: HTTPRequest.Method
    let path: PathPattern
    let access: Access
    /// The most bytes of a form.
    let limit: Int
    let handler: Handler

    static let formLimit = 256 * 1024
    static let uploadLimit = 32 * 1024 * 1024

    /// Shows something.
    static func get(_ path: String, _ access: Access, _ handler: @escaping Handler) -> Route {
        Route(method: .get, path: PathPattern(path), access: access, limit: 0, handler: handler)
    }

    /// Changes something, by a form.
    static func post(
        _ path: String, _ access: Access, limit: Int = formLimit, _ handler: @escaping Handler
    ) -> Route {
        Route(method: .post, path: PathPattern(path), access: access, limit: limit, handler: handler)
    }

    func admits(_ viewer: Viewer) -> Bool { access.admits(viewer) }
}

extension Route.Access {
    func admits(_ viewer: Viewer) -> Bool {
        switch self {
        case .anyone: true
        case .signedIn: viewer.isSignedIn
        case .permission(let permissions): permissions.contains(where: viewer.may)
        }
    }

    static func may(_ permissions: Permission...) -> Route.Access { .permission(permissions) }
}

/// A path with places for values: `/orders/{id}`.
struct PathPattern: Sendable, CustomStringConvertible {
    let description: String
    private let parts: [Substring]

    init(_ text: String) {
        description = text
        parts = text.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The values of a path that fits, decoded; nil for any other path.
    func match(_ path: String) -> [String: String]? {
        match(path.split(separator: "/", omittingEmptySubsequences: false))
    }

    /// - Parameter given: A path between its slashes, so that it is taken apart once for all patterns.
    func match(_ given: [Substring]) -> [String: String]? {
        guard given.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (part, text) in zip(parts, given) {
            if part.hasPrefix("{") {
                guard let value = PercentCoding.decoded(text), !value.isEmpty, value.utf8.count <= 200,
                    !value.utf8.contains(0)
                else { return nil }
                values[String(part.dropFirst().dropLast())] = value
            } else if part != text {
                return nil
            }
        }
        return values
    }

    /// The path with its places filled in.
    func path(_ values: [String: String]) -> String {
        parts.map { part in
            part.hasPrefix("{")
                ? PercentCoding.encoded(values[String(part.dropFirst().dropLast())] ?? "") : String(part)
        }.joined(separator: "/")
    }
}
