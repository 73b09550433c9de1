import HTTPEdge
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The site over HTTP.
struct ConsoleResponder: HTTPResponder {
    typealias Context = ConsoleContext

    let site: Site
    let meter: EdgeMeter

    func respond(to request: Request, context: ConsoleContext) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await answer(request, context)
        meter.count(response.status.code, ContinuousClock.now - start)
        return response
    }

    private func answer(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let target = request.head.path ?? "/"
        var body = PostBody(limit: site.limit(request.method, String(target.prefix { $0 != "?" })))
        let isWhole = try await body.read(request)
        let call = Call(
            request.method, target, headers: request.headers, authority: request.head.authority ?? "",
            body: body.bytes, address: address(request, context))
        guard isWhole else {
            let reply = site.tooLarge(call)
            var response = EdgeAnswer.response(
                reply.status, reply.headers[.contentType] ?? "", Array(reply.text.utf8), isCut: !body.isEnded)
            for field in reply.headers where field.name != .contentType { response.headers.append(field) }
            return response
        }
        return response(await site.answer(call))
    }

    private func response(_ reply: Reply) -> Response {
        switch reply.body {
        case .bytes(let bytes):
            Response(
                status: reply.status, headers: reply.headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let writer):
            Response(status: reply.status, headers: reply.headers, body: ResponseBody(writer))
        }
    }

    /// Behind a proxy that is trusted it is what that one says of its own peer: the last entry.
    private func address(_ request: Request, _ context: ConsoleContext) -> String {
        guard site.tools.settings.trustedProxies.contains(context.peer),
            let last = request.headers[values: .forwardedFor].last?.split(separator: ",").last
        else { return context.peer }
        return String(String(last).trimmed.prefix(64))
    }
}

/// One request's context, with the address of the other end.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
