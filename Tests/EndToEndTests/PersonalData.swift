import Contracts
import Foundation
import Postgres
import Privacy
import Support

/// Where the personal data that the demo feeds has gone.
struct PersonalData {
    /// Parts of every name and street of the demo, and the form of its phone numbers, as JSON holds them.
    ///
    /// - Source: `DemoCustomer`.
    private static let pattern = #"顾客 |唱片路|"1[3-9][0-9]{9}""#

    let stack: Stack
    private let connection: Connection

    init(_ stack: Stack) throws {
        self.stack = stack
        connection = try Connection(stack.databaseURL)
    }

    /// Facts, their headers, reasons of dead letters, logs and metrics that hold any.
    func leaks() throws -> [String] {
        var texts = ""
        for service in Topic.services {
            let schema = service.replacingOccurrences(of: "-", with: "_")
            // The bodies of dead letters are what came from outside, kept 30 days; their headers are ours.
            texts += """
                INSERT INTO looked SELECT event_id, coalesce(convert_from(payload, 'UTF8'), '') || aggregateid
                    || event_id || coalesce(subject, '')
                FROM \(schema).outbox WHERE aggregatetype NOT LIKE '%.dead-letters.v1';
                INSERT INTO looked SELECT 'headers of ' || event_id, word FROM \(schema).outbox,
                    unnest(ARRAY['顾客 ', '唱片路']) AS word
                WHERE position(convert_to(word, 'UTF8') IN extra_headers) > 0;
                INSERT INTO looked SELECT 'reason of dead letter ' || id, reason || coalesce(field, '')
                FROM \(schema).dead_letters;

                """
        }
        var found = try places(texts)
        let pattern = try Regex(Self.pattern)
        for (name, text) in try stack.logs() + stack.metrics() where text.contains(pattern) { found.append(name) }
        return found
    }

    /// How many rows of intake's own table hold any: were it none, the pattern would find nothing anywhere.
    func rowsOfIntake() throws -> Int {
        try places("INSERT INTO looked SELECT order_id, convert_from(party, 'UTF8') FROM intake.parties").count
    }

    /// Orders whose sealed parties do not open to what intake keeps of them; `checked` counts the others.
    func unopened() throws -> (checked: Int, orders: [String]) {
        let masterKeys = try MasterKeys(Stack.masterKey)
        var keys: [String: BuyerKey] = [:]
        for row in try told("intake.buyer-keys.v1") {
            let fact = try BuyerKeyWrapped(JSONDocument.object(row.bytes(0)))
            keys[fact.buyerID] = try masterKeys.open(
                WrappedKey(masterKeyID: fact.masterKeyID, text: fact.wrappedKey), of: fact.buyerID)
        }
        var kept: [String: [UInt8]] = [:]
        for row in try connection.query("SELECT order_id, party FROM intake.parties") {
            kept[row.text(0)] = row.bytes(1)
        }
        var checked = 0
        var orders: [String] = []
        for row in try told("intake.parties.v1") {
            let fact = try PartiesRecorded(JSONDocument.object(row.bytes(0)))
            let opened = try keys[fact.buyerID]?.open(fact.sealed, of: fact.orderID)
            if opened == kept[fact.orderID.text] { checked += 1 } else { orders.append(fact.orderID.text) }
        }
        return (checked, orders)
    }

    private func told(_ topic: String) throws -> Rows {
        try connection.query(
            "SELECT payload FROM intake.outbox WHERE aggregatetype = $1 AND payload IS NOT NULL ORDER BY id", .of(topic)
        )
    }

    /// Of the texts that a script puts into `looked`, the places of those that hold personal data.
    private func places(_ script: String) throws -> [String] {
        try connection.run(script: "CREATE TEMPORARY TABLE looked (place text, said text);\n" + script)
        let rows = try connection.query("SELECT place FROM looked WHERE said ~ $1 LIMIT 1000", .of(Self.pattern))
        try connection.run(script: "DROP TABLE looked")
        return rows.map { $0.text(0) }
    }
}

extension Parameters {
    static func of(_ text: String) -> Parameters {
        var parameters = Parameters()
        parameters.append(text)
        return parameters
    }
}
