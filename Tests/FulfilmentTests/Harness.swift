import Contracts
import FulfilmentDomain
import Pipeline
import Support

@testable import Fulfilment

/// Fulfilment on memory, with an item of 250 g and a warehouse in Hangzhou.
struct FulfilmentHarness {
    let service: ServiceHarness<FulfilmentHandler>

    init(knowsCatalog: Bool = true, handler: FulfilmentHandler = .sandbox) throws {
        service = ServiceHarness(handler)
        guard knowsCatalog else { return }
        service.publish(CatalogItem.sample(), on: .catalogItems, key: "SKU-1")
        service.publish(CatalogItem.sample(sku: "SKU-2"), on: .catalogItems, key: "SKU-2")
        service.publish(CatalogWarehouse.sample(), on: .catalogWarehouses, key: "hangzhou")
        try service.settle()
    }

    /// Places and confirms an order of two pieces on line 1 and one on line 2, all from Hangzhou.
    func confirm(delivery: DeliveryKind = .express) throws {
        try place(delivery: delivery)
        service.publish(OrderConfirmed.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")]))
        try service.settle()
    }

    func place(delivery: DeliveryKind = .express) throws {
        service.publish(
            OrderPlaced.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")], delivery: delivery))
        try service.settle()
    }

    /// The label of the order's n-th shipment.
    func label(_ number: Int = 1) -> ShipmentLabelled {
        service.facts(ShipmentLabelled.self)[number - 1]
    }

    /// Publishes a scan of the order's n-th shipment, so many hours after the samples' moment.
    func scan(_ status: CarrierScan.Status, afterHours hours: Int64, shipment number: Int = 1) throws {
        let label = label(number)
        let scan = CarrierScan.sample(
            carrier: label.carrier, waybill: label.waybill, status: status, occurredAt: .sample + .hours(hours))
        service.publish(scan, on: .carrierScans, key: "\(label.carrier)/\(label.waybill)")
        try service.settle()
    }

    /// Publishes another service's fact and lets fulfilment settle.
    func tell(_ fact: some Fact) throws {
        service.publish(fact)
        try service.settle()
    }

    func command(_ command: some HeadedCommand) throws {
        service.publish(command, on: .commands(of: "fulfilment"), key: command.key)
        try service.settle()
    }

    var answers: [CommandAnswered] { service.facts() }
}

extension FulfilmentHandler {
    /// Without any provider.
    static let sandbox = FulfilmentHandler(rules: FulfilmentRules(calendar: .shanghai))
    /// A provider makes the waybills of two carriers.
    static let labelling = FulfilmentHandler(
        rules: FulfilmentRules(calendar: .shanghai, labelledCarriers: ["sf", "zto"]), keepsParties: true)
}

extension CommandHead {
    static func sample(_ commandID: String = "C-1") -> CommandHead {
        CommandHead(commandID: commandID, actor: "U-1", reason: "asked by phone", issuedAt: .sample)
    }
}

extension OrderID {
    /// The id of the sample order's n-th shipment.
    static func shipment(_ number: Int = 1) -> String { "\(OrderID.sample)-S\(number)" }
    /// The id of the sample order's n-th case.
    static func serviceCase(_ number: Int = 1) -> String { "\(OrderID.sample)-A\(number)" }
}
