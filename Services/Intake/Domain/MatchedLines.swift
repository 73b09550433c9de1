import Contracts

/// An order's lines in SKUs of ours, as far as items and listings know them.
///
/// A bundle's line keeps the channel's SKU: inventory takes it apart, after-sales and the buyer know it as one line.
struct MatchedLines {
    static let heaviest: Int64 = 1_000_000_000_000_000

    /// Per line, in the message's order.
    private(set) var skus: [String] = []
    /// Pieces of each SKU in one unit of the line.
    private(set) var pieces: [Int64] = []
    /// Of all pieces; what is unknown weighs nothing.
    private(set) var weightGrams: Int64 = 0
    /// What nobody knows, each once.
    private(set) var unmatched: [String] = []

    var isComplete: Bool { unmatched.isEmpty }

    init(_ order: ChannelOrder, _ state: State<IntakeAggregate>) {
        for line in order.lines {
            if let item = state.item(line.sku) {
                put(item.sku)
                add(item, line.quantity)
            } else if let listing = state.listing(order.channel, line.sku) {
                put(listing.ownSku ?? line.sku)
                for component in listing.components {
                    if let item = state.item(component.sku) { add(item, line.quantity, component.quantity) }
                }
            } else if let match = state.unmatched(line.sku)?.match(order.channel) {
                put(match.sku, pieces: match.quantity)
                if let item = state.item(match.sku) { add(item, line.quantity, match.quantity) }
            } else {
                put(line.sku)
                if !unmatched.contains(line.sku) { unmatched.append(line.sku) }
            }
        }
    }

    /// As if every SKU were an item of ours that weighs nothing.
    init(asTheyAre lines: [ChannelOrder.Line]) {
        for line in lines { put(line.sku) }
    }

    private mutating func put(_ sku: String, pieces: Int64 = 1) {
        skus.append(sku)
        self.pieces.append(pieces)
    }

    /// An absurd weight stays within 64 bits.
    private mutating func add(_ item: CatalogItem, _ quantity: Int64, _ each: Int64 = 1) {
        let grams = Int128(weightGrams) + Int128(item.weightGrams) * Int128(quantity) * Int128(each)
        weightGrams = Int64(min(grams, Int128(Self.heaviest)))
    }
}
