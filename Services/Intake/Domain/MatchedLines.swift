import Contracts

/// An order's lines in SKUs of ours, as far as items and listings know them.
///
/// A bundle's line keeps the channel's SKU: inventory takes it apart, after-sales and the buyer know it as one line.
struct MatchedLines {
    /// Per line, in the message's order.
    private(set) var skus: [String] = []
    /// Of all pieces; what is unknown weighs nothing.
    private(set) var weightGrams: Int64 = 0
    private(set) var isComplete = true

    init(_ order: ChannelOrder, _ state: State<IntakeAggregate>) {
        for line in order.lines {
            if let item = state.item(line.sku) {
                skus.append(item.sku)
                add(item, line.quantity)
            } else if let listing = state.listing(order.channel, line.sku) {
                let isOneToOne = listing.components.count == 1 && listing.components[0].quantity == 1
                skus.append(isOneToOne ? listing.components[0].sku : line.sku)
                for component in listing.components {
                    if let item = state.item(component.sku) { add(item, line.quantity, component.quantity) }
                }
            } else {
                skus.append(line.sku)
                isComplete = false
            }
        }
    }

    /// An absurd weight stays within 64 bits.
    private mutating func add(_ item: CatalogItem, _ quantity: Int64, _ each: Int64 = 1) {
        let grams = Int128(weightGrams) + Int128(item.weightGrams) * Int128(quantity) * Int128(each)
        weightGrams = Int64(min(grams, 1_000_000_000_000_000))
    }
}
