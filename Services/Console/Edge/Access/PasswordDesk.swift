/// Hashes and compares passwords on a thread of its own: one takes a tenth of a second of computing.
final class PasswordDesk: Sendable {
    private let cost: Int
    private let workers = WorkerThreads(name: "site-passwords", count: 1, limit: 32) { () }
    /// Of nobody, so that an unknown name takes as long as a wrong password.
    private let nobody: PasswordHash

    init(cost: Int) {
        self.cost = cost
        nobody = PasswordHash(ofNobodyAt: cost)
    }

    func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await workers.run { _ in try PasswordHash(of: password, cost: cost).text }
    }

    /// - Parameter kept: What is kept of the user's password; nil for a user who does not exist.
    func matches(_ password: String, _ kept: String?) async throws -> Bool {
        let hash = kept.flatMap(PasswordHash.init(text:))
        let compared = hash ?? nobody
        return try await workers.run { _ in try compared.matches(password) } && hash != nil
    }

    func close() { workers.close() }
}
