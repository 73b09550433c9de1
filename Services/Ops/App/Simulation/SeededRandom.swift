/// Numbers that look random and are the same for the same seed and purpose, on every machine.
///
/// Each purpose (an order, a SKU) draws from a sequence of its own, so that one more draw here moves nothing there.
/// - Source: SplitMix64 (Steele, Lea, Flood 2014); FNV-1a for the purpose.
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64, _ purpose: String) {
        state = purpose.utf8.reduce(14_695_981_039_346_656_037 ^ seed) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    /// A number from 0 up to but not including `bound`.
    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
