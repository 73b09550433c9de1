public import Contracts

/// An order's route by hand: what the warehouses hold, what is wanted and from where it would be sent.
public struct RouteTrial: Sendable {
    public struct Answer: Sendable {
        public let allocations: [WarehouseAllocation]
        /// `nil` when something is short.
        public let routing: Routing?
        public let shortages: [Shortage]
    }

    private let warehouses: [CatalogWarehouse]
    private let items: [String: CatalogItem]
    private let stocks: [String: Stock]
    private let request: StockRequest

    /// - Parameter json: `warehouses` (catalog.warehouse.v1), `items` (catalog.item.v1), `stock` (`sku`, `warehouse`,
    ///   `onHand`, `reserved`) and `order` with `region` and `lines` (`lineId`, `sku`, `quantity`).
    public init(_ json: JSONObject) throws(Fault) {
        warehouses = (try json.readList("warehouses") as [CatalogWarehouse]).sorted { $0.warehouse < $1.warehouse }
        items = Dictionary((try json.readList("items") as [CatalogItem]).map { ($0.sku, $0) }) { $1 }
        var stocks: [String: Stock] = [:]
        for row in try json.readList("stock", atMost: 10_000) as [StockRow] {
            stocks[row.sku, default: Stock(sku: row.sku)].levels[row.warehouse] = row.level
        }
        self.stocks = stocks
        let order = try json.object("order")
        let lines = (try order.readList("lines") as [WantedLine]).map { wanted in
            StockRequest.Line(lineID: wanted.lineID, sku: wanted.sku, quantity: wanted.quantity)
        }
        request = StockRequest(channel: "", region: try order.readIfPresent("region"), lines: lines)
    }

    public func answer() -> Answer {
        let places = Warehouses(warehouses, to: request.region)
        let shortages = request.skus.compactMap { sku in
            let wanted = request.lines.reduce(Int64(0)) { $0 + ($1.sku == sku ? $1.quantity : 0) }
            let free = places.free(of: stock(sku))
            return wanted > free ? Shortage(sku: sku, wanted: wanted, available: free) : nil
        }
        guard shortages.isEmpty else { return Answer(allocations: [], routing: nil, shortages: shortages) }
        let route = routeOrder(request.lines, from: places, stocks: stock, items: { items[$0] })
        return Answer(allocations: route.allotments.byWarehouse, routing: route.routing, shortages: [])
    }

    private func stock(_ sku: String) -> Stock { stocks[sku] ?? Stock(sku: sku) }

    private struct StockRow: JSONCoded {
        let sku: String
        let warehouse: String
        let level: StockLevel

        init(_ json: JSONObject) throws(Fault) {
            sku = try json.externalID("sku")
            warehouse = try json.ownID("warehouse")
            let onHand = try json.integerIfPresent("onHand", within: 0...1_000_000_000) ?? 0
            let reserved = try json.integerIfPresent("reserved", within: 0...1_000_000_000) ?? 0
            guard reserved <= onHand else {
                throw json.fault("\(reserved) is more than the \(onHand) on hand", field: "reserved")
            }
            level = StockLevel(onHand: onHand, reserved: reserved)
        }

        func write(to json: inout JSONWriter) {
            json.field("sku", sku)
            json.field("warehouse", warehouse)
            json.field("onHand", level.onHand)
            json.field("reserved", level.reserved)
        }
    }

    private struct WantedLine: JSONCoded {
        let lineID: String
        let sku: String
        let quantity: Int64

        init(_ json: JSONObject) throws(Fault) {
            lineID = try json.externalID("lineId")
            sku = try json.externalID("sku")
            quantity = try json.integerIfPresent("quantity", within: 1...1_000_000_000) ?? 1
        }

        func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("sku", sku)
            json.field("quantity", quantity)
        }
    }
}
