import Contracts

/// The label a command asks for, or why there is none.
enum LabelChoice: Equatable {
    case label(Label)
    /// A provider has to be asked for the number.
    case asked(carrier: String, promiseDays: Int64?)
    case refused(String)
}

extension Order {
    /// The planned label, or another carrier's or number when the command names one.
    ///
    /// Check digits are looked at where there is a public rule; whether the number is taken is for the caller to see.
    ///
    /// - Parameter now: `nil` to learn the number alone: nobody's tariff is looked at.
    func label(
        for command: DispatchShipment, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules,
        at now: Instant?
    ) -> LabelChoice {
        guard let shipment = shipment(command.shipmentID) else { return .refused("the shipment is unknown") }
        let planned = shipment.label
        let carrier = command.carrier ?? planned.carrier
        guard Self.isCarrier(carrier) else { return .refused("carrier is not 1 to 64 of a–z 0–9 -") }
        guard let waybill = command.waybill else {
            if carrier == planned.carrier, !shipment.awaitsLabel { return .label(planned) }
            let promiseDays =
                carrier == planned.carrier
                ? planned.promiseDays : tariff(of: carrier, for: shipment, state, rules, at: now)?.promiseDays
            return newLabel(shipment, carrier, promiseDays: promiseDays, given: state, rules)
        }
        guard !waybill.isEmpty else { return .refused("waybill is empty") }
        if case let reading = WaybillReading(of: waybill, carrier: carrier), reading.checkDigit == .invalid {
            return .refused("waybill \(waybill) has the shape \(reading.format ?? "") without its right check digit")
        }
        let promiseDays =
            carrier == planned.carrier
            ? planned.promiseDays : tariff(of: carrier, for: shipment, state, rules, at: now)?.promiseDays
        return .label(Label(carrier: carrier, waybill: waybill, promiseDays: promiseDays))
    }

    /// Of the provider when there is one, else of the sandbox.
    private func newLabel(
        _ shipment: Shipment, _ carrier: String, promiseDays: Int64?, given state: State<FulfilmentAggregate>,
        _ rules: FulfilmentRules
    ) -> LabelChoice {
        guard !rules.labelledCarriers.isEmpty else {
            return sandboxLabel(shipment, carrier, promiseDays: promiseDays, given: state)
        }
        guard rules.labelledCarriers.contains(carrier) else { return .refused("carrier \(carrier) needs a waybill") }
        return .asked(carrier: carrier, promiseDays: promiseDays)
    }

    func sandboxLabel(
        _ shipment: Shipment, _ carrier: String, promiseDays: Int64? = nil, given state: State<FulfilmentAggregate>
    ) -> LabelChoice {
        let number = SandboxWaybill.freeNumber(of: shipment.shipmentID, carrier: carrier) {
            state.isTaken(carrier, $0)
        }
        guard let number else { return .refused("carrier \(carrier) needs a waybill") }
        return .label(Label(carrier: carrier, waybill: number, promiseDays: promiseDays))
    }

    /// The label of another carrier, with its promise where it has one for the way.
    ///
    /// - Parameter now: `nil` to learn the number alone: nobody's tariff is looked at.
    func label(
        _ shipment: Shipment, by carrier: String, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules,
        at now: Instant?
    ) -> LabelChoice {
        guard delivery == .express else { return .refused("nobody carries the shipment") }
        guard Self.isCarrier(carrier) else { return .refused("carrier is not 1 to 64 of a–z 0–9 -") }
        let tariff = tariff(of: carrier, for: shipment, state, rules, at: now)
        if let tariff, shipment.weightGrams > tariff.maximumGrams {
            return .refused("\(shipment.weightGrams) g are above what \(carrier) carries, \(tariff.maximumGrams) g")
        }
        return newLabel(shipment, carrier, promiseDays: tariff?.promiseDays, given: state, rules)
    }

    /// What a carrier asks and promises on this way; `nil` when it has no tariff for it.
    private func tariff(
        of carrier: String, for shipment: Shipment, _ state: State<FulfilmentAggregate>, _ rules: FulfilmentRules,
        at now: Instant?
    ) -> CarrierTariff? {
        guard let now, state.isLoaded(.warehouse(shipment.warehouse)), let place = state.warehouse(shipment.warehouse)
        else {
            return nil
        }
        return rules.tariffs(state.carriers, at: now).tariff(of: carrier, .init(from: place, to: region))
    }

    private static func isCarrier(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
