import Postgres
import Testing

@Suite("Values to the server and back")
struct ParameterTests {
    @Test(arguments: [Int64.min, -1, 0, 1, Int64.max])
    func int8KeepsItsExtremes(value: Int64) throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1::int8, $2::int8",
                parameters {
                    $0.append(value); $0.append(Int64?.none)
                })[0]
            #expect(row.int64(0) == value)
            #expect(row.int64OrNil(1) == nil)
            #expect(row.isNull(1))
            #expect(!row.isNull(0))
        }
    }

    @Test(arguments: [Int32.min, -1, 0, 1, Int32.max])
    func int4KeepsItsExtremes(value: Int32) throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1::int4, $2::int4",
                parameters {
                    $0.append(value); $0.append(Int32?.none)
                })[0]
            #expect(row.int32(0) == value)
            #expect(row.int64(0) == Int64(value))
            #expect(row.int32OrNil(1) == nil)
        }
    }

    @Test func smallintIsReadAsWiderNumbers() throws {
        try TestSchema.with { _, connection in
            let row = try connection.query("SELECT (-32768)::int2")[0]
            #expect(row.int64(0) == -32768)
            #expect(row.int32(0) == -32768)
        }
    }

    @Test func boolIsTrueFalseOrNull() throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1, $2, $3",
                parameters {
                    $0.append(true); $0.append(false); $0.append(Bool?.none)
                })[0]
            #expect(row.bool(0))
            #expect(!row.bool(1))
            #expect(row.boolOrNil(2) == nil)
        }
    }

    @Test(arguments: ["", " ", "分销商城 🛍️", "e\u{301}", "\u{10FFFF}", "'; DROP TABLE x; --", "a\\b\"c\n\t"])
    func textKeepsEveryCharacter(text: String) throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1, octet_length($1), $2::varchar, $3",
                parameters {
                    $0.append(text); $0.append(text); $0.append(String?.none)
                })[0]
            #expect(Array(row.text(0).utf8) == Array(text.utf8))
            #expect(row.int32(1) == Int32(text.utf8.count))
            #expect(row.text(2) == text)
            #expect(row.textOrNil(3) == nil)
        }
    }

    @Test func textOfAMegabyteArrivesWhole() throws {
        try TestSchema.with { _, connection in
            let text = String(repeating: "退货", count: 200_000)
            let row = try connection.query("SELECT $1", parameters { $0.append(text) })[0]
            #expect(row.text(0) == text)
        }
    }

    @Test(arguments: [[], [0], [UInt8](0...255)])
    func byteaKeepsEveryByte(bytes: [UInt8]) throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1, $2",
                parameters {
                    $0.append(bytes); $0.append([UInt8]?.none)
                })[0]
            #expect(row.bytes(0) == bytes)
            #expect(row.bytesOrNil(1) == nil)
        }
    }

    @Test func parametersMayAllBeNull() throws {
        try TestSchema.with { _, connection in
            let row = try connection.query("SELECT $1", parameters { $0.append(String?.none) })[0]
            #expect(row.textOrNil(0) == nil)
        }
    }

    @Test func parametersMayAllBeEmptyText() throws {
        try TestSchema.with { _, connection in
            let row = try connection.query("SELECT $1", parameters { $0.append("") })[0]
            #expect(row.text(0) == "")
        }
    }

    @Test func mixedParametersKeepTheirPlaces() throws {
        try TestSchema.with { _, connection in
            let row = try connection.query(
                "SELECT $1, $2, $3, $4, $5",
                parameters {
                    $0.append(Int64(1)); $0.append("two"); $0.append(Int32?.none); $0.append([4] as [UInt8]);
                    $0.append("")
                })[0]
            #expect(row.int64(0) == 1)
            #expect(row.text(1) == "two")
            #expect(row.int32OrNil(2) == nil)
            #expect(row.bytes(3) == [4])
            #expect(row.text(4) == "")
        }
    }

    @Test(arguments: ["\u{0}", "a\u{0}b"])
    func zeroCharacterIsADataError(text: String) throws {
        try TestSchema.with { _, connection in
            let error = try postgresError { try connection.query("SELECT $1", parameters { $0.append(text) }) }
            #expect(error.sqlState == "22021")
            #expect(error.isDataError)
            #expect(!error.isRetriable)
            #expect(try connection.query("SELECT 1")[0].int32(0) == 1)
        }
    }

    @Test func rowsAreACollection() throws {
        try TestSchema.with("CREATE TABLE numbers (number int8)") { _, connection in
            let inserted = try connection.query("INSERT INTO numbers SELECT generate_series(1, 5)")
            #expect(inserted.isEmpty)
            #expect(inserted.affectedRowCount == 5)
            let rows = try connection.query("SELECT number FROM numbers ORDER BY number")
            #expect(rows.map { $0.int64(0) } == [1, 2, 3, 4, 5])
            #expect(rows.last?.int64(0) == 5)
            #expect(try connection.query("SELECT number FROM numbers WHERE number > 9").isEmpty)
        }
    }
}
