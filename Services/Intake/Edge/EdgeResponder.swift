import Contracts
import Foundation
import HTTPEdge
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The one resource of the edge over HTTP.
struct EdgeResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let desk: PostDesk
    let meter: EdgeMeter

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await answer(request)
        meter.count(response.status.code, ContinuousClock.now - start)
        return response
    }

    private func answer(_ request: Request) async throws -> Response {
        guard let channel = Self.channel(request.head.path ?? "") else { return Self.response(.notFound) }
        guard request.method == .post else { return Self.response(.methodNotAllowed) }
        let mediaType = Self.mediaType(request.headers)
        let isForm = mediaType == "application/x-www-form-urlencoded"
        guard isForm || Problem.mediaTypes.contains(mediaType) else {
            return Self.response(.unsupportedMediaType)
        }
        var body = PostBody()
        guard try await body.read(request) else {
            return Self.response(.tooLarge, isCut: !body.isEnded)
        }
        if isForm {
            guard desk.isPing(channel: channel, body.bytes) else { return Self.response(.unsupportedMediaType) }
            return EdgeAnswer.response(.ok, "application/json", Array("{}".utf8))
        }
        do throws(Problem) {
            let receipt = try await desk.take(
                channel: channel, isStructured: mediaType == Problem.mediaTypes[1], request.headers, body.bytes)
            return EdgeAnswer.response(.accepted, "application/json", receipt.body)
        } catch {
            return Self.response(error)
        }
    }

    /// The channel of `/channels/{channel}/messages`; `nil` for every other path.
    private static func channel(_ target: String) -> String? {
        let path = target.prefix { $0 != "?" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, parts[1] == "channels", parts[3] == "messages" else { return nil }
        return parts[2].removingPercentEncoding ?? String(parts[2])
    }

    /// Without its parameters, in lower case; UTF-8 is the only character set of JSON.
    private static func mediaType(_ headers: HTTPFields) -> String {
        let text = headers[.contentType] ?? ""
        return text.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }

    private static func response(_ problem: Problem, isCut: Bool = false) -> Response {
        var response = EdgeAnswer.response(
            HTTPResponse.Status(code: problem.status), "application/problem+json", problem.body, isCut: isCut)
        for header in problem.headers {
            if let name = HTTPField.Name(header.name) { response.headers[name] = header.value }
        }
        return response
    }
}
