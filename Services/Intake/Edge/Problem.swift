import Contracts
import HTTPEdge

/// Why a post was not taken, as RFC 9457 tells it.
///
/// - Shape: `reason` and `field` never hold values of the post that could be personal data.
enum Problem: Error, Equatable {
    case notFound
    case methodNotAllowed
    case unauthorised(String, field: String? = nil)
    /// The id was used for another message.
    case conflict
    case tooLarge
    case unsupportedMediaType
    case invalid(Fault)
    case tooManyRequests(retryAfterSeconds: Int64)
    case unavailable(String)

    static let mediaTypes = ["application/json", "application/cloudevents+json"]

    var status: Int {
        switch self {
        case .unauthorised: 401
        case .notFound: 404
        case .methodNotAllowed: 405
        case .conflict: 409
        case .tooLarge: 413
        case .unsupportedMediaType: 415
        case .invalid: 422
        case .tooManyRequests: 429
        case .unavailable: 503
        }
    }

    var title: String {
        switch self {
        case .unauthorised: "The signature cannot be accepted"
        case .notFound: "There is nothing here"
        case .methodNotAllowed: "Messages are posted"
        case .conflict: "The id belongs to another message"
        case .tooLarge: "The body is too large"
        case .unsupportedMediaType: "The media type is not taken"
        case .invalid: "The message cannot be read"
        case .tooManyRequests: "Too many messages"
        case .unavailable: "The message was not stored"
        }
    }

    /// Headers beside the content's own.
    var headers: [(name: String, value: String)] {
        switch self {
        case .unauthorised: [("WWW-Authenticate", "Webhook-Signature realm=\"channels\"")]
        case .methodNotAllowed: [("Allow", "POST")]
        case .unsupportedMediaType: [("Accept", Self.mediaTypes.joined(separator: ", "))]
        case .tooManyRequests(let seconds): [("Retry-After", "\(seconds)")]
        case .unavailable: [("Retry-After", "5")]
        case .notFound, .conflict, .tooLarge, .invalid: []
        }
    }

    private var reason: String {
        switch self {
        case .unauthorised(let reason, _): reason
        case .notFound: "POST /channels/{channel}/messages is the only resource"
        case .methodNotAllowed: "the method is not POST"
        case .conflict: "the same id came with another type or body before"
        case .tooLarge: "the body is above \(EdgeLimits.maximumBodyBytes) bytes"
        case .unsupportedMediaType: "is none of \(Self.mediaTypes.joined(separator: ", "))"
        case .invalid(let fault): fault.reason
        case .tooManyRequests: "the channel posts more than its rate"
        case .unavailable(let reason): "the broker has not acknowledged it: \(reason); post it again with the same id"
        }
    }

    private var field: String? {
        switch self {
        case .unauthorised(_, let field): field
        case .conflict: "webhook-id"
        case .unsupportedMediaType: "content-type"
        case .invalid(let fault): fault.field
        case .notFound, .methodNotAllowed, .tooLarge, .tooManyRequests, .unavailable: nil
        }
    }

    /// `application/problem+json`: `type` is `about:blank`, so `title` belongs to the status alone.
    var body: [UInt8] {
        JSONWriter.object { json in
            json.field("type", "about:blank")
            json.field("title", title)
            json.field("status", Int64(status))
            json.field("detail", field.map { "\($0) \(reason)" } ?? reason)
            json.field("field", field)
            json.field("reason", reason)
        }
    }
}
