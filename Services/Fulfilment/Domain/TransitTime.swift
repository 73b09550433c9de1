public import Contracts

/// How long parcels of a carrier take from a warehouse to a province, by what has arrived lately.
///
/// - Units: whole hours.
public struct TransitTime: Equatable, Sendable {
    public let carrier: String
    public let warehouse: String
    /// Empty: to anywhere.
    public let province: String
    public let medianHours: Int64
    /// Eight of ten arrived within it.
    public let usualHours: Int64

    public init(carrier: String, warehouse: String, province: String, medianHours: Int64, usualHours: Int64) {
        self.carrier = carrier
        self.warehouse = warehouse
        self.province = province
        self.medianHours = medianHours
        self.usualHours = usualHours
    }

    public var key: Key { .transit(carrier, warehouse, province) }
}

extension Key {
    /// - Parameter province: Empty: anywhere.
    static func transit(_ carrier: String, _ warehouse: String, _ province: String) -> Key {
        Key(.transit, "\(carrier)/\(warehouse)/\(province)")
    }
}

extension State<FulfilmentAggregate> {
    /// What is known of a shipment's way: to its province, else to anywhere; `nil` also when nobody looked it up.
    func transit(of shipment: Shipment, to region: Region?) -> TransitTime? {
        for key in shipment.transitKeys(to: region) where isLoaded(key) {
            if case .transit(let time) = self[key] { return time }
        }
        return nil
    }
}

extension Shipment {
    func transitKeys(to region: Region?) -> [Key] {
        guard label.carrier != Planning.ownCarrier, label.carrier != Planning.noCarrier else { return [] }
        return ["", region?.province ?? ""].reversed().reduce(into: []) { keys, province in
            let key = Key.transit(label.carrier, warehouse, province)
            if !keys.contains(key) { keys.append(key) }
        }
    }
}

extension Order {
    /// What its shipments need to know when they leave.
    var transitKeys: [Key] { shipments.filter(\.isOpen).flatMap { $0.transitKeys(to: region) } }
}
