import HTTPTypes

/// Why a page is not shown or a form not carried out; each says in both languages what to do.
enum SiteProblem: Error, Equatable, CaseIterable {
    case notFound
    case methodNotAllowed
    /// The permission is missing.
    case forbidden
    /// A program without a token, or with one that does not count.
    case unauthorised
    /// The form was made for another session, or by another site.
    case staleForm
    case badRequest
    case tooLarge
    case busy
    /// The database is away.
    case unavailable
    case failed

    /// Of the phrases `problem.<code>.title` and `problem.<code>.advice`.
    var code: String {
        switch self {
        case .notFound: "not-found"
        case .methodNotAllowed: "method-not-allowed"
        case .forbidden: "forbidden"
        case .unauthorised: "unauthorised"
        case .staleForm: "stale-form"
        case .badRequest: "bad-request"
        case .tooLarge: "too-large"
        case .busy: "busy"
        case .unavailable: "unavailable"
        case .failed: "failed"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .forbidden, .staleForm: .forbidden
        case .unauthorised: .unauthorized
        case .badRequest: .badRequest
        case .tooLarge: .contentTooLarge
        case .busy, .unavailable: .serviceUnavailable
        case .failed: .internalServerError
        }
    }
}
