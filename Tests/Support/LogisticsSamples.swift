public import Contracts

extension CarrierScan {
    public static func sample(
        carrier: String = "sf", waybill: String = "SF1001", status: Status = .inTransit, occurredAt: Instant = .sample
    ) -> CarrierScan {
        CarrierScan(carrier: carrier, waybill: waybill, status: status, rawCode: "50", occurredAt: occurredAt)
    }
}

extension WarehouseMovement {
    public static func sample(
        movementID: String = "WM-1", warehouse: String = "hangzhou", sku: String = "SKU-1", kind: Kind = .received,
        quantity: Int64 = 10, reference: String? = nil, expectedAt: Instant? = nil, occurredAt: Instant = .sample
    ) -> WarehouseMovement {
        WarehouseMovement(
            movementID: movementID, warehouse: warehouse, sku: sku, kind: kind, quantity: quantity,
            reference: reference, expectedAt: expectedAt, occurredAt: occurredAt)
    }
}
