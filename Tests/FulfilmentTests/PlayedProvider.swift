import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A provider on a port of this machine that answers as it is told, and remembers what it was asked.
final class PlayedProvider: Sendable {
    enum Answer: Sendable {
        case text(String, status: Int = 200)
        /// The headers promise more than comes.
        case truncated(String)
        case slow(milliseconds: Int, String)
    }

    struct NotListening: Error {}

    private struct State {
        var answers: [Answer] = []
        var asked: [String] = []
        var port = 0
    }

    private let state = Mutex(State())
    private let usual: String

    /// - Parameter usual: What it answers when nothing else was put before it.
    init(usual: String) { self.usual = usual }

    var asked: [String] { state.withLock { $0.asked } }
    var address: String { "http://127.0.0.1:\(state.withLock { $0.port })" }

    func answer(_ answers: Answer...) { state.withLock { $0.answers += answers } }

    /// Serves while the body asks, which may block its thread.
    ///
    /// The answers have threads of their own: other tests may keep the shared ones busy for minutes.
    func run(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withTaskExecutorPreference(OwnThreads()) { try await serve(body) }
    }

    private func serve(_ body: @escaping @Sendable () throws -> Void) async throws {
        let application = Application(
            responder: Played(provider: self),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { [self] channel in
                state.withLock { $0.port = channel.localAddress?.port ?? 0 }
            }, logger: Logger(label: "played"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for _ in 0..<500 where state.withLock({ $0.port }) == 0 { try await Task.sleep(for: .milliseconds(10)) }
            guard state.withLock({ $0.port }) != 0 else { throw NotListening() }
            // Not where the answers are made, for which the body waits.
            try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
                Thread.detachNewThread { done.resume(with: Result { try body() }) }
            }
            group.cancelAll()
        }
    }

    private struct Played: HTTPResponder {
        typealias Context = BasicRequestContext

        let provider: PlayedProvider

        func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
            try await provider.respond(to: request)
        }
    }

    private func respond(to request: Request) async throws -> Response {
        var bytes: [UInt8] = []
        for try await buffer in request.body { bytes += Array(buffer.readableBytesView) }
        let answer = state.withLock { state in
            state.asked.append(String(decoding: bytes, as: UTF8.self))
            return state.answers.isEmpty ? Answer.text(usual) : state.answers.removeFirst()
        }
        switch answer {
        case .text(let text, let status):
            return Response(status: .init(code: status), body: .init(byteBuffer: ByteBuffer(string: text)))
        case .slow(let milliseconds, let text):
            try await Task.sleep(for: .milliseconds(milliseconds))
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: text)))
        case .truncated(let text):
            let body = ResponseBody(contentLength: text.utf8.count + 100) { writer in
                try await writer.write(ByteBuffer(string: text))
                throw NotListening()
            }
            return Response(status: .ok, body: body)
        }
    }
}

private final class OwnThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "played-provider", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
