/// The pack check 扫描验货: a parcel's number, then each of its pieces, then its weight; only what is complete leaves.
///
/// - Shape: A scanner types like a keyboard, so everything that happens is a line of text.
struct PackDesk {
    enum Reply: Equatable {
        case say(String)
        /// Something is wrong: the packer has to look up.
        case stop(String)
        /// Everything was scanned.
        case dispatch(HandoverParcel)
    }

    private enum Step {
        case idle
        case pieces(HandoverParcel, missing: [Int64])
        /// - doubted: A weight that was far off and may be said once more.
        case weight(HandoverParcel, doubted: Int64?)
    }

    private var step = Step.idle

    /// Words that a packer types, or has printed as barcodes.
    static let giveUp = "abandon"
    static let withoutScale = "-"
    /// How far a parcel may be off what its goods should weigh: packing included.
    private static let toleratedGrams: Int64 = 100
    private static let toleratedPercent: Int64 = 20

    /// - Parameter find: The parcels with a number or id.
    mutating func scan(_ line: String, find: (String) throws -> [HandoverParcel]) rethrows -> Reply {
        let text = line.filter { !$0.isWhitespace }
        guard !text.isEmpty else { return .say(prompt) }
        if text == Self.giveUp {
            step = .idle
            return .say("abandoned; " + prompt)
        }
        switch step {
        case .idle: return begin(try find(text), text)
        case .pieces(let parcel, let missing): return piece(text, of: parcel, missing)
        case .weight(let parcel, let doubted): return weigh(text, parcel, doubted)
        }
    }

    private var prompt: String {
        switch step {
        case .idle: "scan a waybill"
        case .pieces(let parcel, let missing):
            "missing: "
                + zip(parcel.lines, missing).filter { $0.1 > 0 }.map { "\($0.1) × \($0.0.sku)" }
                .joined(separator: ", ")
        case .weight: "weigh it: grams, or \(Self.withoutScale) without a scale"
        }
    }

    private mutating func begin(_ found: [HandoverParcel], _ number: String) -> Reply {
        guard let parcel = found.first else { return .stop("no parcel has the number \(number)") }
        guard found.count == 1 else {
            return .stop(
                "\(number) is a number of several carriers: scan \(found.map(\.parcelID).joined(separator: " or "))")
        }
        guard parcel.isHere else { return .stop("\(parcel.parcelID) is \(parcel.state): do not pack it") }
        guard parcel.stops.isEmpty else {
            return .stop("\(parcel.parcelID) is stopped by \(parcel.stops.joined(separator: ", ")): put it aside")
        }
        step = .pieces(parcel, missing: parcel.lines.map(\.quantity))
        return .say("\(parcel.parcelID), \(parcel.pieces) pieces; " + prompt)
    }

    private mutating func piece(_ code: String, of parcel: HandoverParcel, _ missing: [Int64]) -> Reply {
        let lines = parcel.lines.indices.filter {
            parcel.lines[$0].sku == code || parcel.lines[$0].barcodes.contains(code)
        }
        guard !lines.isEmpty else { return .stop("\(code) does not belong to \(parcel.parcelID); " + prompt) }
        guard let line = lines.first(where: { missing[$0] > 0 }) else {
            return .stop("one \(code) too many; " + prompt)
        }
        var missing = missing
        missing[line] -= 1
        let isComplete = missing.allSatisfy { $0 == 0 }
        step = isComplete ? .weight(parcel, doubted: nil) : .pieces(parcel, missing: missing)
        return .say((isComplete ? "complete; " : "") + prompt)
    }

    private mutating func weigh(_ text: String, _ parcel: HandoverParcel, _ doubted: Int64?) -> Reply {
        guard text != Self.withoutScale else { return leave(parcel) }
        guard let grams = Int64(text), grams > 0 else { return .stop("\(text) is no weight; " + prompt) }
        let expected = parcel.weightGrams
        let tolerated = max(Self.toleratedGrams, expected * Self.toleratedPercent / 100)
        guard expected == 0 || abs(grams - expected) <= tolerated || grams == doubted else {
            step = .weight(parcel, doubted: grams)
            return .stop("\(grams) g, but its goods weigh \(expected) g: look again, or say \(grams) once more")
        }
        return leave(parcel)
    }

    private mutating func leave(_ parcel: HandoverParcel) -> Reply {
        step = .idle
        return .dispatch(parcel)
    }
}
