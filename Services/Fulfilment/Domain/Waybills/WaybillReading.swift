/// What the look of a number says: whose it may be, and whether it was typed right.
///
/// A shape without a public check digit is only a hint; a wrong check digit is an error.
/// - Source: DESIGN, "Fulfilment".
public struct WaybillReading: Equatable, Sendable {
    /// `nil` when no carrier writes numbers like this.
    public let carrier: String?
    public let format: String?
    public let checkDigit: CheckDigit

    public enum CheckDigit: String, Sendable {
        case valid, invalid
        /// There is no public rule, or no known format.
        case none
    }

    /// Somebody's, and not typed wrong as far as can be told.
    public var isValid: Bool { carrier != nil && checkDigit != .invalid }

    init(carrier: String?, format: String?, checkDigit: CheckDigit) {
        self.carrier = carrier
        self.format = format
        self.checkDigit = checkDigit
    }

    static let unknown = WaybillReading(carrier: nil, format: nil, checkDigit: .none)

    /// The likeliest first: a right check digit of a distinct shape, a distinct shape, a right check digit, a wrong one
    /// where no hint says otherwise, then shapes that several carriers share.
    ///
    /// - Parameter text: As it was typed; blanks, hyphens and small letters do not matter.
    public static func all(of text: String) -> [WaybillReading] {
        let number = normalised(text)
        var readings: [(rank: Int, reading: WaybillReading)] = []
        if let reading = postal(number) { readings.append((0, reading)) }
        for format in WaybillFormat.all where format.matches(number) {
            let checkDigit: CheckDigit =
                format.keepsRule.map { $0(Array(number.utf8)) ? .valid : .invalid } ?? .none
            let reading = WaybillReading(carrier: format.carrier, format: format.name, checkDigit: checkDigit)
            readings.append((rank(format, checkDigit), reading))
        }
        return readings.enumerated().sorted {
            ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }.map(\.element.reading)
    }

    /// The likeliest reading of a number.
    public init(of text: String) { self = Self.all(of: text).first ?? .unknown }

    /// The number as one of a known carrier: its best format, or what other carriers would make of it never counts.
    public init(of text: String, carrier: String) {
        let own = Self.all(of: text).filter { $0.carrier == carrier }
        self = own.first(where: \.isValid) ?? own.first ?? .unknown
    }

    public static func normalised(_ text: String) -> String {
        text.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    }

    private static func rank(_ format: WaybillFormat, _ checkDigit: CheckDigit) -> Int {
        switch (format.isDistinct, checkDigit) {
        case (true, .valid): 0
        case (true, .none): 1
        case (true, .invalid): 2
        case (false, .valid): 3
        case (false, .invalid): 4
        case (false, .none): 5
        }
    }

    /// Items of the world's posts; express ones (`E`) belong to EMS, China's others to its post.
    private static func postal(_ number: String) -> WaybillReading? {
        guard S10.hasShape(number) else { return nil }
        let carrier = number.hasPrefix("E") ? "ems" : number.hasSuffix("CN") ? "china-post" : "post"
        return WaybillReading(carrier: carrier, format: "s10", checkDigit: S10.isValid(number) ? .valid : .invalid)
    }
}
