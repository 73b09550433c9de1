import Contracts
import IntakeDomain
import Support

/// Native payloads with one to three faults each, read by their adapters: each must end as an order or as a fault that
/// says why.
///
/// Prints `{"payloads", "accepted", "refused", "slowestMilliseconds"}`.
enum MutantBench {
    static func run(count: Int, seed: UInt64) {
        var mutants = Mutants(seed: seed)
        var accepted = 0
        var refused = 0
        var slowest = Duration.zero
        for _ in 0..<count {
            let (native, bytes) = mutants.next()
            let start = ContinuousClock.now
            do throws(Fault) {
                guard try isNormal(native.read(JSONDocument.object(bytes), channel: "bench").order) else {
                    preconditionFailure("reads otherwise when read again: \(String(decoding: bytes, as: UTF8.self))")
                }
                accepted += 1
            } catch {
                precondition(!error.reason.isEmpty, "no reason: \(String(decoding: bytes, as: UTF8.self))")
                refused += 1
            }
            slowest = max(slowest, ContinuousClock.now - start)
        }
        print(
            "{\"payloads\":\(count),\"accepted\":\(accepted),\"refused\":\(refused),"
                + "\"slowestMilliseconds\":\(slowest / .milliseconds(1))}")
    }

    /// It can be written and reads the same again.
    private static func isNormal(_ order: ChannelOrder) throws(Fault) -> Bool {
        try ChannelOrder(JSONDocument.object(order.jsonBytes)) == order
    }
}

/// Payloads of all platforms in turn, each with one to three faults; a seed fixes them.
struct Mutants {
    private var random: SplitMix
    private var number = 0
    private let samples: [(native: NativeOrder, bytes: [UInt8])]

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        samples = NativeSamples.all.compactMap { type, payload in
            NativeOrder(rawValue: type).map { ($0, Array(payload.utf8)) }
        }
    }

    mutating func next() -> (native: NativeOrder, bytes: [UInt8]) {
        number += 1
        var (native, bytes) = samples[number % samples.count]
        for _ in 0...Int.random(in: 0...2, using: &random) { Mutation.apply(to: &bytes, using: &random) }
        return (native, bytes)
    }
}
