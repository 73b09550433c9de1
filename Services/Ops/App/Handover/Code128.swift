/// A text as bars: Code 128 with sets B and C, which every carrier's scanner reads.
///
/// - Source: ISO/IEC 15417.
struct Code128 {
    /// Symbols from the start to the check symbol, without the stop.
    let values: [Int]

    private static let startB = 104
    private static let startC = 105
    private static let toB = 100
    private static let toC = 99

    /// - Returns: `nil` for a text with anything but printable ASCII, and for an empty one.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ (32...126).contains($0) }) else { return nil }
        var values: [Int] = []
        var isInPairs = false
        var index = 0
        while index < bytes.count {
            let run = Self.digits(bytes, from: index)
            let isPaired = isInPairs ? run >= 2 : Self.pays(run, from: index, of: bytes.count)
            if isPaired != isInPairs || values.isEmpty {
                if values.isEmpty {
                    values.append(isPaired ? Self.startC : Self.startB)
                } else {
                    values.append(isPaired ? Self.toC : Self.toB)
                }
                isInPairs = isPaired
            }
            if isInPairs {
                values.append(Int(bytes[index] - 48) * 10 + Int(bytes[index + 1] - 48))
                index += 2
            } else {
                values.append(Int(bytes[index]) - 32)
                index += 1
            }
        }
        values.append(Self.check(values))
        self.values = values
    }

    /// How many digits follow one another.
    private static func digits(_ bytes: [UInt8], from index: Int) -> Int {
        bytes[index...].prefix { (48...57).contains($0) }.count
    }

    /// Whether two digits a symbol save more than the change of set costs; an odd run is entered after its first digit.
    private static func pays(_ run: Int, from index: Int, of count: Int) -> Bool {
        guard run.isMultiple(of: 2) else { return false }
        let isAtAnEnd = index == 0 || index + run == count
        return run >= (isAtAnEnd ? 4 : 6) || run == count
    }

    private static func check(_ values: [Int]) -> Int {
        values.enumerated().reduce(0) { $0 + max(1, $1.offset) * $1.element } % 103
    }

    /// The widths of bars and spaces in turn, beginning with a bar, in modules.
    var widths: [Int] { (values.map { Self.patterns[$0] } + [Self.stop]).flatMap { $0.compactMap(\.wholeNumberValue) } }

    private static let stop = "2331112"

    static let patterns = """
        212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
        123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
        232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
        313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
        111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
        111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
        114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
