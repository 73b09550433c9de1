import Postgres
import Testing

@Suite("Instants and days")
struct TimeTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01 00:00:00.000"),
        (-1, "1969-12-31 23:59:59.999"),
        (946_684_800_000, "2000-01-01 00:00:00.000"),
        (946_684_799_999, "1999-12-31 23:59:59.999"),
        (1_709_164_800_123, "2024-02-29 00:00:00.123"),
        (-210_866_803_200_000, "4714-11-24 00:00:00.000"),
        (9_224_318_015_999_999, "294276-12-31 23:59:59.999"),
    ])
    func millisecondsMeanTheSameInstantThere(milliseconds: Int64, text: String) throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1, to_char($1 AT TIME ZONE 'UTC', 'FMYYYY-MM-DD HH24:MI:SS.MS'), $2",
                parameters {
                    $0.appendTimestamp(milliseconds: milliseconds); $0.appendTimestamp(milliseconds: nil)
                })[0]
            #expect(row.milliseconds(0) == milliseconds)
            #expect(row.text(1) == text)
            #expect(row.millisecondsOrNil(2) == nil)
        }
    }

    @Test func microsecondsAreRoundedTowardsThePast() throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT '1999-12-31 23:59:59.999999Z'::timestamptz, '2000-01-01 00:00:00.000999Z'::timestamptz")[0]
            #expect(row.milliseconds(0) == 946_684_799_999)
            #expect(row.milliseconds(1) == 946_684_800_000)
        }
    }

    @Test(arguments: [Int64.min, -210_866_803_200_001, 9_224_318_016_000_000, Int64.max])
    func anInstantThatPostgresCannotHoldIsADataError(milliseconds: Int64) throws {
        try TestSchema.with { _, connection in
            let error = try postgresError {
                try connection.query("SELECT $1", parameters { $0.appendTimestamp(milliseconds: milliseconds) })
            }
            #expect(error.sqlState == "22008")
        }
    }

    @Test(arguments: [
        (0, "1970-01-01"), (-1, "1969-12-31"), (10957, "2000-01-01"), (19782, "2024-02-29"), (2_932_896, "9999-12-31"),
    ])
    func daysMeanTheSameDateThere(days: Int, text: String) throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1, to_char($1, 'YYYY-MM-DD'), $2",
                parameters {
                    $0.appendDate(daysSinceEpoch: days); $0.appendDate(daysSinceEpoch: nil)
                })[0]
            #expect(row.daysSinceEpoch(0) == days)
            #expect(row.text(1) == text)
            #expect(row.daysSinceEpochOrNil(2) == nil)
        }
    }

    @Test(arguments: [Int.min, Int.max])
    func aDayThatPostgresCannotHoldIsADataError(days: Int) throws {
        try TestSchema.with { _, connection in
            let error = try postgresError {
                try connection.query("SELECT $1", parameters { $0.appendDate(daysSinceEpoch: days) })
            }
            #expect(error.sqlState == "22008")
        }
    }
}
