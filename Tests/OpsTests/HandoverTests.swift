import Contracts
import Foundation
import Postgres
import Testing

@testable import Ops

@Suite("Handover documents")
struct HandoverTests {
    /// - Source: Wikipedia, "Code 128": PJJ123C; GS1's tables for the others.
    @Test(arguments: [
        ("PJJ123C", [104, 48, 42, 42, 17, 18, 19, 35, 55]), ("1234", [105, 12, 34, 82]),
        ("SF1234567890123", [104, 51, 38, 17, 99, 23, 45, 67, 89, 1, 23, 11]),
        ("X00", [104, 56, 16, 16, 34]),
    ])
    func numbersBecomeSymbols(text: String, values: [Int]) throws {
        #expect(try #require(Code128(text)).values == values)
    }

    @Test func everyPatternIsElevenModulesWideAndOneOfAKind() {
        #expect(Code128.patterns.count == 106)
        #expect(Set(Code128.patterns).count == 106)
        for pattern in Code128.patterns {
            let widths = pattern.compactMap(\.wholeNumberValue)
            #expect(widths.count == 6 && widths.reduce(0, +) == 11, "\(pattern)")
            #expect((widths[0] + widths[2] + widths[4]).isMultiple(of: 2), "bars of \(pattern)")
        }
    }

    @Test(arguments: ["", "顺丰1", "A\n"]) func whatScannersCannotReadHasNoBars(text: String) {
        #expect(Code128(text) == nil)
    }

    @Test func thePickListAddsUpAllParcelsAndTextIsEscaped() {
        let parcels = [
            PackDeskTests.parcel(), PackDeskTests.parcel(lines: [PackDeskTests.line("B", quantity: 5)]),
        ]
        let pages = HandoverPages(wave: "W<1>", parcels: parcels, printedAt: "now")
        let html = pages.html()
        #expect(html.contains("<tr><td>B<td>B &amp; 茶<td class=n>7<td>#1×2, #2×5<td class=box></tr>"))
        #expect(html.contains("李&lt;雷&gt;  13800000000"))
        #expect(!html.contains("W<1>") && !html.contains("李<雷>"))
        #expect(html.components(separatedBy: "class=\"label\"").count == 3)
        let picking = pages.html([.pick])
        #expect(!picking.contains("李") && !picking.contains("class=\"slip\""), "a pick list names nobody")
    }

    @Test func theTablesTellAParcelWithWhatTravelsWithIt() throws {
        try MigratedDatabase.with { connection in
            try connection.run(
                script: """
                    ALTER TABLE intake.orders DISABLE TRIGGER ALL;
                    \(Self.order("O1", "WX-1", shipment: "O1-S1", parcel: "O1-S1", wave: "'W'", quantity: 2))
                    \(Self.order("O2", "WX-2", shipment: "O2-S1", parcel: "O1-S1", wave: "NULL", quantity: 3))
                    INSERT INTO intake.reference_records VALUES ('item', 'A', true,
                        convert_to('{"sku":"A","name":"茶","barcodes":["690","691"]}', 'UTF8'));
                    INSERT INTO intake.parties (order_id, buyer_id, party) VALUES ('O1', 'c/u', convert_to(
                        '{"orderId":"O1","shipTo":{"name":"李雷","phone":"138","city":"杭州市","street":"文三路"}}', 'UTF8'));
                    INSERT INTO fulfilment.stops (order_id, asker, kind) VALUES ('O2', 'hold', 'hold');
                    """)
            let parcels = try HandoverParcel.load(wave: "W", connection)
            #expect(parcels == (try HandoverParcel.load(number: "SF1", connection)))
            let parcel = try #require(parcels.first)
            #expect(parcels.count == 1)
            #expect(parcel.orders.map(\.externalOrderID) == ["WX-1", "WX-2"])
            #expect(parcel.stops == ["hold"])
            #expect(parcel.pieces == 5)
            #expect(parcel.weightGrams == 500)
            #expect(parcel.lines.map(\.barcodes) == [["690", "691"]])
            #expect(parcel.recipient?.name == "李雷")
            #expect(parcel.recipient?.place == "杭州市")
            #expect(try HandoverParcel.load(number: "SF2", connection) == [])
        }
    }

    private static func order(
        _ id: String, _ external: String, shipment: String, parcel: String, wave: String, quantity: Int
    ) -> String {
        AuditSamples.order(id: id, externalID: external) + """
            INSERT INTO fulfilment.orders (order_id, phase, delivery, weight_grams) VALUES ('\(id)', 'placed', 'express', 1);
            INSERT INTO fulfilment.shipments (shipment_id, order_id, number, direction, warehouse, parcel_id, carrier, waybill,
                state, planned_at, wave_id)
            VALUES ('\(shipment)', '\(id)', 1, 'out', 'H', '\(parcel)', 'sf', 'SF1', 'labelled', now(), \(wave));
            INSERT INTO fulfilment.shipment_lines VALUES ('\(shipment)', '1', 1, 'A', \(quantity), 100);

            """
    }
}
