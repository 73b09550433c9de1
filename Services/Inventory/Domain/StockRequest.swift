public import Contracts

/// What an order asks of the stock, kept so that it can be asked again.
///
/// - Source: DESIGN section 4, "Intake": an order that is paid after its timeout asks a second time.
public struct StockRequest: JSONCoded, Equatable {
    public let channel: String
    public let region: Region?
    public let lines: [Line]

    /// Pieces of one SKU for one order line; a bundle's line stands once per component.
    public struct Line: JSONCoded, Equatable {
        public let lineID: String
        public let sku: String
        public let quantity: Int64
        /// Pieces of this SKU in each unit the buyer bought.
        public let piecesPerUnit: Int64

        public init(lineID: String, sku: String, quantity: Int64, piecesPerUnit: Int64 = 1) {
            self.lineID = lineID
            self.sku = sku
            self.quantity = quantity
            self.piecesPerUnit = piecesPerUnit
        }

        init(_ line: PlacedLine) {
            self.init(
                lineID: line.lineID, sku: line.sku, quantity: line.quantity * line.piecesPerUnit,
                piecesPerUnit: line.piecesPerUnit)
        }

        public init(_ json: JSONObject) throws(Fault) {
            lineID = try json.string("lineId")
            sku = try json.string("sku")
            quantity = try json.integer("quantity")
            piecesPerUnit = try json.integer("piecesPerUnit")
        }

        public func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("sku", sku)
            json.field("quantity", quantity)
            json.field("piecesPerUnit", piecesPerUnit)
        }
    }

    public init(channel: String, region: Region?, lines: [Line]) {
        self.channel = channel
        self.region = region
        self.lines = lines
    }

    public init(_ order: OrderPlaced) {
        self.init(channel: order.channel, region: order.region, lines: order.lines.map(Line.init))
    }

    public init(_ order: OrderRevised, of channel: String) {
        self.init(channel: channel, region: order.region, lines: order.lines.map(Line.init))
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.string("channel")
        region = try json.readIfPresent("region")
        lines = try json.readList("lines", atMost: 10_000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("region", region)
        json.field("lines", list: lines)
    }

    /// The distinct SKUs, in the order of the lines.
    public var skus: [String] {
        var seen: Set<String> = []
        return lines.map(\.sku).filter { seen.insert($0).inserted }
    }

    /// The request in our own SKUs: what is no item but a listing of the channel becomes its components.
    public func matched(by state: State<InventoryAggregate>) -> StockRequest {
        let lines = lines.flatMap { line -> [Line] in
            guard state.item(line.sku) == nil, let listing = state.listing(channel, line.sku), listing.active else {
                return [line]
            }
            return listing.pieces.map { sku, pieces in
                Line(
                    lineID: line.lineID, sku: sku, quantity: line.quantity * pieces,
                    piecesPerUnit: line.piecesPerUnit * pieces)
            }
        }
        return StockRequest(channel: channel, region: region, lines: lines)
    }
}

extension CatalogListing {
    /// Pieces of each SKU in one unit, each SKU once.
    fileprivate var pieces: [(sku: String, pieces: Int64)] {
        var pieces: [(sku: String, pieces: Int64)] = []
        for component in components {
            if let index = pieces.firstIndex(where: { $0.sku == component.sku }) {
                pieces[index].pieces += component.quantity
            } else {
                pieces.append((component.sku, component.quantity))
            }
        }
        return pieces
    }
}
