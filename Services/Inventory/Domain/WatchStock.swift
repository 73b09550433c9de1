import Contracts

extension Stock {
    /// Says once that the stock is low, and once that it has recovered: a tenth, and at least one piece, above the
    /// reorder point, so that a single sale and return do not alternate.
    ///
    /// - Source: DESIGN section 4, "Alerts with hysteresis".
    mutating func watch(_ item: CatalogItem?, at now: Instant) -> (any Fact)? {
        guard let threshold = item?.reorderPoint else { return nil }
        let available = available(item)
        if !isLow, available <= threshold {
            isLow = true
            return StockLow(sku: sku, available: available, threshold: threshold, at: now)
        }
        if isLow, available > threshold + max(1, threshold / 10) {
            isLow = false
            return StockRecovered(sku: sku, available: available, threshold: threshold, at: now)
        }
        return nil
    }
}
