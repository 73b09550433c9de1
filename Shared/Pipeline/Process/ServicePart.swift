import Logging
import ServiceLifecycle

/// One thread of a process as its lifecycle sees it: runs until it is told to stop, then finishes what is in hand.
struct ServicePart: Service {
    let name: String
    let stop: StopFlag
    let wakeUp: WakeUp?
    let body: @Sendable () throws -> Void

    init(_ name: String, stop: StopFlag, wakeUp: WakeUp? = nil, _ body: @escaping @Sendable () throws -> Void) {
        self.name = name
        self.stop = stop
        self.wakeUp = wakeUp
        self.body = body
    }

    func run() async throws {
        let thread = WorkerThread(name: name) {
            do {
                try body()
            } catch is LaneStopped {
                return
            } catch {
                Logger(label: name).critical("thread failed", metadata: ["error": "\(error)"])
                throw error
            }
        }
        try await withGracefulShutdownHandler {
            try await withTaskCancellationHandler {
                try await thread.finished()
            } onCancel: {
                halt()
            }
        } onGracefulShutdown: {
            halt()
        }
    }

    private func halt() {
        stop.request()
        wakeUp?.call()
    }
}

/// A service's edge as its lifecycle sees it, and says it in its logs: without the secrets that are inside.
struct EdgePart: Service, CustomStringConvertible {
    let edge: any ServiceEdge
    let publisher: InboundPublisher
    let clock: any Clock
    let health: Health

    var description: String { "edge" }

    func run() async throws { try await edge.run(publisher: publisher, clock: clock, health: health) }
}
