import Contracts
import FulfilmentDomain
import Postgres

/// Who receives each order, sealed.
enum PartiesTable {
    static func load(_ ids: [String], in transaction: borrowing Transaction) throws -> [SealedParties] {
        guard !ids.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(ids)
        return try transaction.query(
            "SELECT order_id, buyer_id, sealed FROM parties WHERE order_id = ANY($1::text[]) ORDER BY 1 FOR UPDATE",
            parameters
        ).map { SealedParties(orderID: orderID($0.text(0)), buyerID: $0.text(1), sealed: $0.text(2)) }
    }

    static func save(_ parties: [SealedParties], in transaction: borrowing Transaction) throws {
        var forgotten = Parameters()
        forgotten.append(parties.filter { $0.sealed == nil }.map(\.orderID.text))
        let kept = parties.filter { $0.sealed != nil }
        if kept.count < parties.count {
            try transaction.run("DELETE FROM parties WHERE order_id = ANY($1::text[])", forgotten)
        }
        guard !kept.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(kept.map(\.orderID.text))
        parameters.append(kept.map(\.buyerID))
        parameters.append(kept.compactMap(\.sealed))
        try transaction.run(
            """
            INSERT INTO parties (order_id, buyer_id, sealed) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
            ON CONFLICT (order_id) DO UPDATE SET buyer_id = EXCLUDED.buyer_id, sealed = EXCLUDED.sealed
            """, parameters)
    }
}

/// The wrapped keys under which parties are sealed.
enum BuyerKeysTable {
    static func load(_ ids: [String], in transaction: borrowing Transaction) throws -> [SealedKey] {
        guard !ids.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(ids)
        return try transaction.query(
            """
            SELECT buyer_id, master_key_id, wrapped FROM buyer_keys WHERE buyer_id = ANY($1::text[])
            ORDER BY 1 FOR UPDATE
            """, parameters
        ).map { SealedKey(buyerID: $0.text(0), masterKeyID: $0.text(1), wrapped: $0.text(2)) }
    }

    static func save(_ keys: [SealedKey], in transaction: borrowing Transaction) throws {
        var destroyed = Parameters()
        destroyed.append(keys.filter { $0.wrapped == nil }.map(\.buyerID))
        let kept = keys.filter { $0.wrapped != nil }
        if kept.count < keys.count {
            try transaction.run("DELETE FROM buyer_keys WHERE buyer_id = ANY($1::text[])", destroyed)
        }
        guard !kept.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(kept.map(\.buyerID))
        parameters.append(kept.map(\.masterKeyID))
        parameters.append(kept.compactMap(\.wrapped))
        try transaction.run(
            """
            INSERT INTO buyer_keys (buyer_id, master_key_id, wrapped)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
            ON CONFLICT (buyer_id) DO UPDATE SET master_key_id = EXCLUDED.master_key_id, wrapped = EXCLUDED.wrapped
            """, parameters)
    }
}
