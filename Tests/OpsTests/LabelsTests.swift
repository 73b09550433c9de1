import Contracts
import Foundation
import Postgres
import Testing

@testable import Ops

@Suite("Labels of a provider")
struct LabelsTests {
    @Test func whoMustActIsListedWithTheReason() throws {
        try Self.withCalls { connection in
            var parameters = Parameters()
            parameters.append(Int32(10))
            let section = try LabelsCommand.List.query.ask(connection, parameters)
            #expect(
                section.rows.map { [$0[0], $0[3], $0[5], $0[6]] } == [
                    ["O3-S1", "kept", "8", "given up"], ["O1-S1", "refused", "1", "30001 out of reach"],
                    ["O2-S1", "wanted", "0", ""],
                ])
        }
    }

    @Test func aLabelIsFoundWithTheKeyOfItsBuyer() throws {
        try Self.withCalls { connection in
            try connection.run(
                script: """
                    UPDATE label_attempts SET document = 'sealed' WHERE call_id = 'O1-S1-L1';
                    INSERT INTO parties VALUES ('O1', 'c/u', 'sealed');
                    INSERT INTO buyer_keys VALUES ('c/u', 'k1', 'wrapped');
                    """)
            func found(_ shipment: String) throws -> [[String?]] {
                var parameters = Parameters()
                parameters.append(shipment)
                return try connection.query(LabelsCommand.Print.document, parameters).map { row in
                    (0..<5).map { row.textOrNil($0) }
                }
            }
            #expect(try found("O1-S1") == [["O1", "sealed", "c/u", "k1", "wrapped"]])
            #expect(try found("O2-S1") == [], "nothing has come back yet")
        }
    }

    /// Three parcels: refused, wanted, and one whose number could not be taken back; and a refusal that was settled.
    private static func withCalls(_ body: (Connection) throws -> Void) throws {
        try MigratedDatabase.with { connection in
            let orders = ["O1", "O2", "O3", "O4"].map { id in
                """
                INSERT INTO orders (order_id, phase, delivery, weight_grams) VALUES ('\(id)', 'placed', 'express', 1);
                INSERT INTO shipments (shipment_id, order_id, number, direction, warehouse, parcel_id, carrier, waybill, state,
                    planned_at, call_id)
                VALUES ('\(id)-S1', '\(id)', 1, 'out', 'H', '\(id)-S1', 'sf', '\(id)-S1-L1', 'planned', now(), '\(id)-S1-L1');
                """
            }
            try connection.run(
                script: """
                    SET search_path = fulfilment;
                    \(orders.joined(separator: "\n"))
                    INSERT INTO label_calls (call_id, order_id, shipment_id, carrier, wanted_at, leaves_at_once, state)
                    VALUES ('O1-S1-L1', 'O1', 'O1-S1', 'sf', now(), false, 'refused'),
                        ('O2-S1-L1', 'O2', 'O2-S1', 'sf', now(), false, 'wanted'),
                        ('O3-S1-L1', 'O3', 'O3-S1', 'sf', now(), false, 'kept'),
                        ('O4-S1-L1', 'O4', 'O4-S1', 'sf', now(), false, 'refused');
                    UPDATE shipments SET call_id = 'O4-S1-L2' WHERE shipment_id = 'O4-S1';
                    INSERT INTO label_attempts (call_id, attempts, next_at, reason, changed_at)
                    VALUES ('O1-S1-L1', 1, now(), '30001 out of reach', now()),
                        ('O3-S1-L1', 8, now(), 'given up', now());
                    """)
            try body(connection)
        }
    }
}
