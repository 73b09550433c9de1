import Contracts
import FulfilmentDomain
import Spreadsheets

/// Waybills that a supplier sends back: which parcels they are of, and what is wrong with the others.
struct ImportedWaybills {
    struct Row: Equatable {
        let number: Int
        let order: String
        let shipment: String?
        /// Ours.
        let carrier: String
        let waybill: String
    }

    private(set) var rows: [Row] = []
    private(set) var refusals: [OrderTable.Refusal] = []

    /// What a column means, and the headings under which suppliers send it.
    private enum Column: CaseIterable {
        case order, shipment, carrier, waybill

        var headings: Set<String> {
            switch self {
            case .order: ["order", "orderid", "order_id", "externalorderid", "订单号", "订单编号", "单号"]
            case .shipment: ["shipment", "shipmentid", "shipment_id", "parcel", "包裹号", "发货单号"]
            case .carrier: ["carrier", "courier", "快递公司", "物流公司", "承运商", "快递"]
            case .waybill: ["waybill", "tracking", "trackingnumber", "tracking_number", "运单号", "快递单号", "物流单号"]
            }
        }
    }

    /// - Throws: `OpsFailure` for a file without the headings.
    init(_ bytes: [UInt8]) throws {
        let records = try TableFile.rows(bytes)
        guard let head = records.first, head.defect == nil else {
            throw OpsFailure("the file has no row of headings", status: .data)
        }
        var places: [Column: Int] = [:]
        for (place, heading) in head.cells.enumerated() {
            let word = heading.filter { !$0.isWhitespace }.lowercased()
            if let column = Column.allCases.first(where: { $0.headings.contains(word) }) { places[column] = place }
        }
        guard let order = places[.order], let carrier = places[.carrier], let waybill = places[.waybill] else {
            throw OpsFailure(
                "the headings must name the order (订单号), the carrier (快递公司) and the waybill (运单号)", status: .data)
        }
        var seen: Set<String> = []
        for record in records.dropFirst() {
            func cell(_ place: Int?) -> String {
                guard let place, place < record.cells.count else { return "" }
                return record.cells[place].trimmed
            }
            do throws(Fault) {
                if let defect = record.defect { throw Fault(defect) }
                let row = try Self.row(
                    record.number, order: cell(order), shipment: cell(places[.shipment]), carrier: cell(carrier),
                    waybill: cell(waybill))
                guard seen.insert("\(row.carrier)/\(row.waybill)").inserted else {
                    throw Fault("\(row.waybill) stands in the file twice", field: head.cells[waybill])
                }
                rows.append(row)
            } catch {
                refusals.append(OrderTable.Refusal(row: record.number, column: error.field, reason: error.reason))
            }
        }
    }

    private static func row(
        _ number: Int, order: String, shipment: String, carrier name: String, waybill: String
    ) throws(Fault) -> Row {
        guard !order.isEmpty else { throw Fault("is missing", field: "order") }
        guard !waybill.isEmpty else { throw Fault("is missing", field: "waybill") }
        let reading = WaybillReading(of: waybill)
        guard let carrier = name.isEmpty ? reading.carrier : carrier(named: name) else {
            throw Fault(
                name.isEmpty ? "is missing, and the number does not tell it" : "\(name) is not known", field: "carrier")
        }
        if case let own = WaybillReading(of: waybill, carrier: carrier), own.checkDigit == .invalid {
            throw Fault("\(waybill) has the shape \(own.format ?? "") without its right check digit", field: "waybill")
        }
        return Row(
            number: number, order: order, shipment: shipment.isEmpty ? nil : shipment, carrier: carrier,
            waybill: WaybillReading.normalised(waybill))
    }

    /// By our name, an aggregator's code, or the beginning of the Chinese name: 顺丰, 中通.
    private static func carrier(named name: String) -> String? {
        let small = name.lowercased()
        let codes = CarrierCodes.all.first {
            $0.carrier == small || $0.kuaidi100 == small || $0.kdniao.lowercased() == small
                || $0.name.prefix(2) == name.prefix(2)
        }
        return codes?.carrier
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
