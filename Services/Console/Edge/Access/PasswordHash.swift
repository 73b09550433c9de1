import Crypto
import CryptoExtras
import Foundation

/// A password as it is kept: `scrypt$<log2 n>$<r>$<p>$<salt>$<hash>`, the last two in base64.
///
/// - Source: RFC 7914; OWASP, "Password Storage Cheat Sheet" (n = 2^15, r = 8 and more).
struct PasswordHash: Sendable, Equatable {
    /// The binary logarithm of n.
    let cost: Int
    private let blockSize: Int
    private let parallelism: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    static let defaultCost = 15
    static let costs = 10...20
    private static let byteCount = 32

    /// Hashes a new password under a new salt.
    init(of password: String, cost: Int) throws {
        self.cost = cost
        blockSize = 8
        parallelism = 1
        salt = Secret.bytes(16)
        hash = try Self.derive(password, salt, cost, blockSize, parallelism)
    }

    /// One that no password has, and that takes as long to compare as any.
    init(ofNobodyAt cost: Int) {
        self.cost = cost
        blockSize = 8
        parallelism = 1
        salt = Secret.bytes(16)
        hash = Secret.bytes(Self.byteCount)
    }

    init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]), Self.costs.contains(cost),
            let blockSize = Int(parts[2]), 1...32 ~= blockSize, let parallelism = Int(parts[3]), 1...16 ~= parallelism,
            let salt = Data(base64Encoded: parts[4]), let hash = Data(base64Encoded: parts[5]),
            hash.count == Self.byteCount
        else { return nil }
        self.cost = cost
        self.blockSize = blockSize
        self.parallelism = parallelism
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    var text: String {
        let parts = [Data(salt), Data(hash)].map { $0.base64EncodedString() }
        return "scrypt$\(cost)$\(blockSize)$\(parallelism)$\(parts[0])$\(parts[1])"
    }

    func matches(_ password: String) throws -> Bool {
        Secret.equal(hash, try Self.derive(password, salt, cost, blockSize, parallelism))
    }

    private static func derive(
        _ password: String, _ salt: [UInt8], _ cost: Int, _ blockSize: Int, _ parallelism: Int
    ) throws -> [UInt8] {
        // Composed and decomposed letters are the same password.
        let bytes = Array(password.precomposedStringWithCompatibilityMapping.utf8)
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: byteCount, rounds: 1 << cost, blockSize: blockSize,
            parallelism: parallelism, maxMemory: 1 << 30)
        return unsafe key.withUnsafeBytes { unsafe Array($0) }
    }
}
