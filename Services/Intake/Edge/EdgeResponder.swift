import Contracts
import Foundation
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
        guard isForm || EdgeLimits.mediaTypes.contains(mediaType) else {
            return Self.response(.unsupportedMediaType)
        }
        var body = PostBody()
        guard try await body.read(request) else {
            return Self.response(.tooLarge, isCut: !body.isEnded)
        }
        if isForm {
            guard desk.isPing(channel: channel, body.bytes) else { return Self.response(.unsupportedMediaType) }
            return Self.response(.ok, "application/json", Array("{}".utf8))
        }
        do throws(Problem) {
            let receipt = try await desk.take(
                channel: channel, isStructured: mediaType == EdgeLimits.mediaTypes[1], request.headers, body.bytes)
            return Self.response(.accepted, "application/json", receipt.body)
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
        var response = response(
            HTTPResponse.Status(code: problem.status), "application/problem+json", problem.body, isCut: isCut)
        for header in problem.headers {
            if let name = HTTPField.Name(header.name) { response.headers[name] = header.value }
        }
        return response
    }

    /// - Parameter isCut: The request goes on, but nobody reads it: the connection ends behind the answer.
    private static func response(
        _ status: HTTPResponse.Status, _ type: String, _ body: [UInt8], isCut: Bool = false
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.cacheControl] = "no-store"
        guard isCut else {
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        }
        headers[.connection] = "close"
        let cut = ResponseBody(contentLength: body.count) { writer in
            try await writer.write(ByteBuffer(bytes: body))
            try await writer.finish(nil)
            throw CutOff()
        }
        return Response(status: status, headers: headers, body: cut)
    }

    /// Ends the connection of a request that is too long to be read to its end.
    private struct CutOff: Error {}
}

/// The body of a post, read up to its limit.
private struct PostBody {
    private(set) var bytes: [UInt8] = []
    private(set) var isEnded = false

    /// - Returns: False when it is too large; `isEnded` tells whether it was read to its end all the same.
    mutating func read(_ request: Request) async throws -> Bool {
        let limit = EdgeLimits.maximumBodyBytes + EdgeLimits.maximumDrainedBytes
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > limit { return false }
        var count = 0
        for try await buffer in request.body {
            count += buffer.readableBytes
            if count > limit { return false }
            if count <= EdgeLimits.maximumBodyBytes { bytes.append(contentsOf: buffer.readableBytesView) }
        }
        isEnded = true
        return count <= EdgeLimits.maximumBodyBytes
    }
}
