public import HTTPTypes
public import HummingbirdCore
import NIOCore

/// An edge's answers over HTTP.
public enum EdgeAnswer {
    /// - Parameter isCut: The request goes on, but nobody reads it: the connection ends behind the answer.
    public static func response(
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
