public import Contracts

/// What a mall has settled about its parcels.
public struct FulfilmentRules: Sendable {
    public let calendar: BusinessCalendar
    /// Whose electronic waybills a provider makes; empty: the sandbox makes the numbers of all.
    public let labelledCarriers: Set<String>

    /// What carriers take and promise.
    public let tariffs: [CarrierTariff]

    public init(
        calendar: BusinessCalendar, labelledCarriers: Set<String> = [], tariffs: [CarrierTariff] = CarrierTariff.sandbox
    ) {
        self.calendar = calendar
        self.labelledCarriers = labelledCarriers
        self.tariffs = tariffs
    }

    /// Who carries a parcel, and what they promise: the cheapest of those whose waybills can be had.
    func carrier(forGrams grams: Int64, _ zone: CarrierTariff.Zone) -> (carrier: String, promiseDays: Int64?) {
        let carriers = labelledCarriers.isEmpty ? nil : labelledCarriers
        if let tariff = tariffs.cheapest(forGrams: grams, zone, among: carriers) {
            return (tariff.carrier, tariff.promiseDays)
        }
        // Nobody has a price for it; people may give it to another.
        let sandbox = CarrierTariff.sandbox.cheapest(forGrams: grams, zone)
        return (labelledCarriers.min() ?? sandbox?.carrier ?? Planning.ownCarrier, nil)
    }
}
