/// One way a carrier writes its numbers.
struct WaybillFormat: Sendable {
    /// Ours, as in `CarrierCodes`.
    let carrier: String
    let name: String
    let shape: Shape
    /// Whether the number keeps the carrier's public rule; `nil` where there is none, and the shape is only a hint.
    let keepsRule: (@Sendable ([UInt8]) -> Bool)?
    /// How well the shape alone tells the carrier from others.
    let isDistinct: Bool

    /// A fixed beginning and what follows it.
    struct Shape: Sendable {
        let prefixes: [String]
        let rest: Rest

        enum Rest: Sendable {
            case digits(ClosedRange<Int>)
            /// Digits and capital letters.
            case alphanumerics(ClosedRange<Int>)
        }

        func matches(_ number: String) -> Bool {
            prefixes.contains { prefix in
                guard number.hasPrefix(prefix) else { return false }
                let rest = number.utf8.dropFirst(prefix.utf8.count)
                switch self.rest {
                case .digits(let count): return count.contains(rest.count) && rest.allSatisfy(Self.isDigit)
                case .alphanumerics(let count):
                    return count.contains(rest.count) && rest.allSatisfy { Self.isDigit($0) || Self.isLetter($0) }
                }
            }
        }

        private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    }

    /// - Parameter number: In capitals, without blanks.
    func matches(_ number: String) -> Bool { shape.matches(number) }
}

extension WaybillFormat {
    /// Every format known here but S10's, the distinct ones first.
    static let all: [WaybillFormat] = withRule + hints

    private static let withRule: [WaybillFormat] = [
        checked("ups", "ups-1z", ["1Z"], .alphanumerics(16...16), isDistinct: true) { bytes in
            CheckDigits.ups(bytes[2..<17]) == Int(bytes[17]) - 48
        },
        checked("fedex", "fedex-ground-96", ["96"], .digits(20...20), isDistinct: true) { bytes in
            CheckDigits.alternating(digits(bytes[7..<21]), even: 1, odd: 3) == digit(bytes)
        },
        checked("fedex", "fedex-express-34", ["100", "96"], .digits(31...32), isDistinct: true) { bytes in
            bytes.count == 34 && CheckDigits.weighted(digits(bytes[20..<33]), by: [1, 7, 3]) == digit(bytes)
        },
        checked("fedex", "fedex-smartpost", ["92", "612"], .digits(17...20), isDistinct: true) { bytes in
            // The short form leaves the application identifier 92 out; the digit is counted with it.
            let whole = bytes.count == 22 ? digits(bytes) : [9, 2] + digits(bytes)
            return whole.count == 22
                && CheckDigits.alternating(Array(whole.dropLast()), even: 3, odd: 1) == digit(bytes)
        },
        checked("fedex", "fedex-express-12", [""], .digits(12...12)) { bytes in
            CheckDigits.weighted(digits(bytes[..<11]), by: [3, 1, 7]) == digit(bytes)
        },
        checked("fedex", "fedex-ground-15", [""], .digits(15...15)) { bytes in
            CheckDigits.alternating(digits(bytes[..<14]), even: 1, odd: 3) == digit(bytes)
        },
        checked("dhl", "dhl-express", [""], .digits(10...11)) { bytes in
            CheckDigits.remainderBySeven(digits(bytes.dropLast())) == digit(bytes)
        },
    ]

    private static let hints: [WaybillFormat] = [
        hint("sf", "sf", ["SF"], .digits(12...13), isDistinct: true),
        hint("yto", "yto", ["YT"], .digits(13...13), isDistinct: true),
        hint("jd", "jd", ["JDV", "JDX", "JDA", "JDE", "JDK"], .alphanumerics(11...14), isDistinct: true),
        hint("jd", "jd", ["JD"], .digits(11...14), isDistinct: true),
        hint("jt", "jt", ["JT"], .digits(13...13), isDistinct: true),
        hint("dhl", "dhl-piece", ["JJD", "JVGL", "JD0"], .digits(9...18), isDistinct: true),
        hint("dhl", "dhl-ecommerce", ["GM"], .digits(10...39), isDistinct: true),
        hint("deppon", "deppon", ["DPK"], .digits(12...12), isDistinct: true),
        hint("zto", "zto", ["73", "75", "76", "77", "78"], .digits(12...12), isDistinct: true),
        hint("sto", "sto", ["77", "88"], .digits(13...13), isDistinct: true),
        hint("yunda", "yunda", ["31", "32", "42", "43", "46", "57"], .digits(11...13), isDistinct: true),
        hint("ems", "ems-domestic", ["10", "11", "12", "13"], .digits(11...11), isDistinct: true),
        hint("china-post", "china-post-domestic", ["96", "97", "98", "99"], .digits(11...11), isDistinct: true),
        hint("yto", "yto-18", ["8"], .digits(17...17)),
        hint("zto", "zto-12", ["2", "4", "5", "6", "7"], .digits(11...11)),
        hint("sto", "sto-12", ["2", "3", "4", "5", "8"], .digits(11...11)),
        hint("sf", "sf-12", [""], .digits(12...12)),
    ]

    private static func checked(
        _ carrier: String, _ name: String, _ prefixes: [String], _ rest: Shape.Rest, isDistinct: Bool = false,
        _ keepsRule: @escaping @Sendable ([UInt8]) -> Bool
    ) -> WaybillFormat {
        WaybillFormat(
            carrier: carrier, name: name, shape: Shape(prefixes: prefixes, rest: rest), keepsRule: keepsRule,
            isDistinct: isDistinct)
    }

    private static func hint(
        _ carrier: String, _ name: String, _ prefixes: [String], _ rest: Shape.Rest, isDistinct: Bool = false
    ) -> WaybillFormat {
        WaybillFormat(
            carrier: carrier, name: name, shape: Shape(prefixes: prefixes, rest: rest), keepsRule: nil,
            isDistinct: isDistinct)
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> [Int] { bytes.map { Int($0) - 48 } }
    private static func digits(_ bytes: [UInt8]) -> [Int] { digits(bytes[...]) }
    /// The last one.
    private static func digit(_ bytes: [UInt8]) -> Int { Int(bytes[bytes.count - 1]) - 48 }
}
