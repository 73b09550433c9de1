import Contracts

extension Stock {
    /// Says once that too little is left, and once that it has recovered: a tenth, and at least one piece, above the
    /// threshold, so that a single sale and return do not alternate.
    ///
    /// - Source: DESIGN section 4, "Alerts with hysteresis".
    mutating func watch(_ item: CatalogItem?, at now: Instant) -> (any Fact)? {
        guard let (threshold, reason) = threshold(item) else { return nil }
        let available = available(item)
        if !isLow, available <= threshold {
            isLow = true
            return StockLow(sku: sku, available: available, threshold: threshold, reason: reason, at: now)
        }
        if isLow, available > threshold + max(1, threshold / 10) {
            isLow = false
            return StockRecovered(sku: sku, available: available, threshold: threshold, at: now)
        }
        return nil
    }

    /// The larger of the catalog's reorder point and of what is expected to go before a new order could come.
    private func threshold(_ item: CatalogItem?) -> (pieces: Int64, reason: StockLow.Reason)? {
        switch (item?.reorderPoint, coverDemand) {
        case (let point?, let demand?): demand > point ? (demand, .daysOfCover) : (point, .reorderPoint)
        case (let point?, nil): (point, .reorderPoint)
        case (nil, let demand?): (demand, .daysOfCover)
        case (nil, nil): nil
        }
    }
}
