public import Contracts

/// What a mall has settled about its parcels.
public struct FulfilmentRules: Sendable {
    public let calendar: BusinessCalendar
    /// Whose electronic waybills a provider makes; empty: the sandbox makes the numbers of all.
    public let labelledCarriers: Set<String>

    /// What carriers take and promise, as long as the catalogue has no active one.
    public let tariffs: [CarrierTariff]

    public init(
        calendar: BusinessCalendar, labelledCarriers: Set<String> = [], tariffs: [CarrierTariff] = CarrierTariff.sandbox
    ) {
        self.calendar = calendar
        self.labelledCarriers = labelledCarriers
        self.tariffs = tariffs
    }

    /// What carriers take and promise at a moment: those of the catalogue alone, as soon as one of them is active.
    func tariffs(_ carriers: Carriers, at moment: Instant) -> [CarrierTariff] {
        carriers.tariffs(at: moment) ?? tariffs
    }

    /// Who carries a parcel, and what they promise: the cheapest of those whose waybills can be had.
    func carrier(
        forGrams grams: Int64, _ zone: CarrierTariff.Zone, _ known: Carriers = Carriers(), at moment: Instant
    ) -> (carrier: String, promiseDays: Int64?) {
        let carriers = labelledCarriers.isEmpty ? nil : labelledCarriers
        let table = tariffs(known, at: moment)
        if let tariff = table.cheapest(forGrams: grams, zone, among: carriers) {
            return (tariff.carrier, tariff.promiseDays)
        }
        // Nobody has a price for it; people may give it to another.
        guard known.tariffs(at: moment) == nil else {
            let active = table.carriers
            return (carriers.map { active.intersection($0) }?.min() ?? active.min() ?? Planning.ownCarrier, nil)
        }
        let sandbox = CarrierTariff.sandbox.cheapest(forGrams: grams, zone)
        return (labelledCarriers.min() ?? sandbox?.carrier ?? Planning.ownCarrier, nil)
    }
}
