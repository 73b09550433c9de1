import AsyncHTTPClient
public import FulfilmentProviders
import NIOCore
import NIOHTTP1

/// Sends calls to providers over HTTP, one at a time, from a thread that may block.
///
/// Each step has its limit: 5 s to connect, 10 s without a byte, 20 s for the whole call, 1 MB of answer.
public final class ProviderCaller: Sendable {
    /// What came back.
    public enum Reply: Sendable, Equatable {
        case answer(status: Int, body: [UInt8])
        /// None that could be read whole; the call may have been carried out all the same.
        case failure(String)
    }

    private static let maximumAnswer = 1_000_000
    private let client: HTTPClient
    private let limit: TimeAmount

    /// - Parameter limitMilliseconds: Of a whole call.
    public init(limitMilliseconds: Int64 = 20_000) {
        limit = .milliseconds(limitMilliseconds)
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(
            connect: .milliseconds(min(5000, limitMilliseconds)), read: .milliseconds(min(10_000, limitMilliseconds)))
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Blocks until the answer is there or the time is up.
    public func send(_ call: ProviderCall) -> Reply {
        do {
            var request = try HTTPClient.Request(url: call.url, method: .POST)
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded; charset=utf-8")
            request.body = .bytes(call.body)
            let response = try client.execute(
                request: request,
                delegate: ResponseAccumulator(request: request, maxBodySize: Self.maximumAnswer),
                deadline: .now() + limit
            ).wait()
            return .answer(
                status: Int(response.status.code), body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            return .failure("\(error)")
        }
    }

    /// What a provider says to a call; anything but a whole answer is an outage.
    public func ask(_ provider: any TrackingProvider, _ call: ProviderCall) -> ProviderOutcome {
        answer(to: call, provider.outcome) { .outage($0) }
    }

    /// What `read` makes of a whole answer; anything else is an outage.
    public func answer<Outcome>(
        to call: ProviderCall, _ read: ([UInt8]) -> Outcome, outage: (String) -> Outcome
    ) -> Outcome {
        switch send(call) {
        case .failure(let reason): outage(reason)
        case .answer(200..<300, let body): read(body)
        case .answer(let status, _): outage("answered with status \(status)")
        }
    }

    /// Ends its connections; nothing can be sent after it.
    public func close() throws { try client.syncShutdown() }
}
