import CommissionDomain
import Contracts
import Postgres

/// The table `legs`: inserted with their accrual, changed only in what was taken back.
enum LegRows {
    static let selection: StaticString = """
        SELECT order_id, accrual, member_id, level, kind, line_id, base, rate_basis_points, amount_per_unit, amount,
            reversed, why, matured
        FROM legs WHERE order_id = ANY($1::text[]) ORDER BY order_id, accrual, leg
        """

    static func leg(_ row: Row) throws(Fault) -> BookedLeg {
        guard let kind = LegKind(rawValue: row.text(4)) else {
            throw Fault("kind '\(row.text(4))' of a leg of order \(row.text(0)) is unknown", field: "kind")
        }
        return BookedLeg(
            CommissionLeg(
                memberID: row.text(2), level: row.int64(3), kind: kind, lineID: row.text(5), base: row.int64(6),
                rateBasisPoints: row.int64OrNil(7), amountPerUnit: row.int64OrNil(8), amount: row.int64(9),
                why: row.text(11)),
            reversed: row.int64(10), isMatured: row.bool(12))
    }

    static func save(_ orders: [CommissionOrder], in transaction: borrowing Transaction) throws(PostgresError) {
        var places: [(orderID: String, accrual: Int64, leg: Int64)] = []
        var booked: [BookedLeg] = []
        for order in orders {
            for accrual in order.accruals {
                for (index, leg) in accrual.legs.enumerated() {
                    places.append((order.placed.orderID.text, accrual.number, Int64(index + 1)))
                    booked.append(leg)
                }
            }
        }
        guard !booked.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(places.map(\.orderID))
        parameters.append(places.map(\.accrual))
        parameters.append(places.map(\.leg))
        parameters.append(booked.map(\.leg.memberID))
        parameters.append(booked.map(\.leg.level))
        parameters.append(booked.map(\.leg.kind.rawValue))
        parameters.append(booked.map(\.leg.lineID))
        parameters.append(booked.map(\.leg.base))
        parameters.append(booked.map(\.leg.rateBasisPoints))
        parameters.append(booked.map(\.leg.amountPerUnit))
        parameters.append(booked.map(\.leg.amount))
        parameters.append(booked.map(\.reversed))
        parameters.append(booked.map(\.leg.why))
        parameters.append(booked.map(\.isMatured))
        try transaction.run(
            """
            INSERT INTO legs (order_id, accrual, leg, member_id, level, kind, line_id, base, rate_basis_points,
                amount_per_unit, amount, reversed, why, matured)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::int8[], $4::text[], $5::int8[], $6::text[], $7::text[],
                $8::int8[], $9::int8[], $10::int8[], $11::int8[], $12::int8[], $13::text[], $14::bool[])
            ON CONFLICT (order_id, accrual, leg) DO UPDATE SET reversed = EXCLUDED.reversed, matured = EXCLUDED.matured
                WHERE legs.reversed <> EXCLUDED.reversed OR legs.matured <> EXCLUDED.matured
            """, parameters)
    }
}
