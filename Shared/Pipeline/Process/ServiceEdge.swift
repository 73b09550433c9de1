/// What a service offers beside its topics: another way in for those who cannot speak Kafka.
///
/// - Source: DESIGN section 6: only executables that serve HTTP link a framework for it, so the pipeline knows no more
///   of an edge than this.
public protocol ServiceEdge: Sendable {
    /// Takes messages until the lifecycle asks for a graceful end; then answers what is in hand and returns.
    ///
    /// - Parameters:
    ///   - publisher: To the inbound topics; it outlives the edge.
    ///   - clock: The process's own, which follows the mall's time.
    ///   - health: Told what fails; an edge that is closing says so.
    /// - Errors: What keeps it from listening; the process ends with status 1.
    func run(publisher: InboundPublisher, clock: any Clock, health: Health) async throws
}
