public import Contracts

/// What a mall has settled about its parcels.
public struct FulfilmentRules: Sendable {
    public let calendar: BusinessCalendar
    /// Whose electronic waybills a provider makes; empty: the sandbox makes the numbers of all.
    public let labelledCarriers: Set<String>

    public init(calendar: BusinessCalendar, labelledCarriers: Set<String> = []) {
        self.calendar = calendar
        self.labelledCarriers = labelledCarriers
    }

    /// Who carries a parcel, and what they promise: the cheapest of those whose waybills can be had.
    func carrier(forGrams grams: Int64, _ zone: CarrierTariff.Zone) -> (carrier: String, promiseDays: Int64?) {
        let carriers = labelledCarriers.isEmpty ? nil : labelledCarriers
        if let tariff = CarrierTariff.cheapest(forGrams: grams, zone, among: carriers) {
            return (tariff.carrier, tariff.promiseDays)
        }
        // Nobody has a price for it; people may give it to another.
        return (labelledCarriers.min() ?? Planning.ownCarrier, nil)
    }
}
