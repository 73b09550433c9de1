import Postgres
import Testing

@Suite("Arrays for set-wise statements")
struct ParameterArrayTests {
    @Test func everyArrayTypeIsUnnestedRowByRow() throws {
        try TestSchema.with { _, connection in
            let rows = try connection.query(
                """
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) AS batch (a, b, c, d, e, f, g)
                """,
                parameters {
                    $0.append([Int64.min, Int64.max])
                    $0.append([Int32.min, Int32.max])
                    $0.append([true, false])
                    $0.append(["", "订单"])
                    $0.append([[], [0, 255]] as [[UInt8]])
                    $0.appendTimestamps([0, 1_700_000_000_123] as [Int64])
                    $0.appendDates([0, -1] as [Int])
                })
            #expect(rows.map { $0.int64(0) } == [Int64.min, Int64.max])
            #expect(rows.map { $0.int32(1) } == [Int32.min, Int32.max])
            #expect(rows.map { $0.bool(2) } == [true, false])
            #expect(rows.map { $0.text(3) } == ["", "订单"])
            #expect(rows.map { $0.bytes(4) } == [[], [0, 255]])
            #expect(rows.map { $0.milliseconds(5) } == [0, 1_700_000_000_123])
            #expect(rows.map { $0.daysSinceEpoch(6) } == [0, -1])
        }
    }

    @Test func everyArrayTypeTakesNullElements() throws {
        try TestSchema.with { _, connection in
            let rows = try connection.query(
                """
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) AS batch (a, b, c, d, e, f, g)
                """,
                parameters {
                    $0.append([nil, 7] as [Int64?])
                    $0.append([nil, 7] as [Int32?])
                    $0.append([nil, true] as [Bool?])
                    $0.append([nil, ""] as [String?])
                    $0.append([nil, []] as [[UInt8]?])
                    $0.appendTimestamps([nil, 5] as [Int64?])
                    $0.appendDates([nil, 9] as [Int?])
                })
            #expect(rows.map { $0.int64OrNil(0) } == [nil, 7])
            #expect(rows.map { $0.int32OrNil(1) } == [nil, 7])
            #expect(rows.map { $0.boolOrNil(2) } == [nil, true])
            #expect(rows.map { $0.textOrNil(3) } == [nil, ""])
            #expect(rows.map { $0.bytesOrNil(4) } == [nil, []])
            #expect(rows.map { $0.millisecondsOrNil(5) } == [nil, 5])
            #expect(rows.map { $0.daysSinceEpochOrNil(6) } == [nil, 9])
        }
    }

    @Test func emptyArraysGiveNoRows() throws {
        try TestSchema.with { _, connection in
            let rows = try connection.query(
                "SELECT * FROM unnest($1, $2, $3) AS batch (a, b, c)",
                parameters {
                    $0.append([] as [Int64])
                    $0.append([] as [String?])
                    $0.append([] as [[UInt8]])
                })
            #expect(rows.isEmpty)
        }
    }

    @Test func anArrayTellsTheServerItsLengthAndLowerBound() throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT cardinality($1), array_lower($1, 1)", parameters { $0.append(["a", "b", "c"]) })[0]
            #expect(row.int32(0) == 3)
            #expect(row.int32(1) == 1)
        }
    }
}
