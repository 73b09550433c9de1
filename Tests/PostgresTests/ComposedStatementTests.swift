import Postgres
import Testing

@Suite("Statements that are put together")
struct ComposedStatementTests {
    @Test func everyKindOfValueArrives() throws {
        try TestSchema.with { _, connection in
            let text = "it's $1 \\ \"x\""
            let sql: SQL = """
                SELECT \(7)::int8, \(Int64(-8)), \(text), \(true), \([1, 2] as [Int64]), \(["a", "b"]),
                    \(milliseconds: 1500), \(daysSinceEpoch: 3), \([1, 2] as [UInt8])
                """
            let row = try connection.rows(
                "SELECT a, b, c, d, e[2], f[1], g, h, i FROM (\(sql)) x (a, b, c, d, e, f, g, h, i)")[0]
            #expect(row.int64(0) == 7)
            #expect(row.int64(1) == -8)
            #expect(row.text(2) == "it's $1 \\ \"x\"")
            #expect(row.bool(3))
            #expect(row.int64(4) == 2)
            #expect(row.text(5) == "a")
            #expect(row.milliseconds(6) == 1500)
            #expect(row.daysSinceEpoch(7) == 3)
            #expect(row.bytes(8) == [1, 2])
        }
    }

    @Test func piecesAreNumberedThrough() throws {
        try TestSchema.with("CREATE TABLE numbers (n int8)") { _, connection in
            try connection.query("INSERT INTO numbers SELECT generate_series(1, 9)")
            let odd: SQL = "n % \(Int64(2)) = \(Int64(1))"
            var sql: SQL = "SELECT n FROM numbers WHERE n > \(Int64(2)) AND \(odd)"
            sql += " AND n < \(Int64(8))"
            let all = sql + " ORDER BY n" + SQL()
            #expect(try connection.rows(all).map { $0.int64(0) } == [3, 5, 7])
            let found = try connection.transaction { try $0.rows(all).map { $0.int64(0) } }
            #expect(found == [3, 5, 7])
        }
    }

    @Test func textFromOutsideStaysAValue() throws {
        try TestSchema.with("CREATE TABLE notes (note text)") { _, connection in
            let evil = "x'); DROP TABLE notes; --"
            try connection.rows("INSERT INTO notes VALUES (\(evil))")
            #expect(try connection.rows("SELECT note FROM notes WHERE note = \(evil)").count == 1)
        }
    }

    @Test func absentValueIsNull() throws {
        try TestSchema.with { _, connection in
            let (text, number, time, day) = (String?.none, Int64?.none, Int64?.none, Int?.none)
            let row = try connection.rows(
                "SELECT \(text), \(number), \(milliseconds: time), \(daysSinceEpoch: day)")[0]
            #expect((0..<4).allSatisfy { row.isNull($0) })
        }
    }

    @Test func failureLeavesTheConnectionUsable() throws {
        try TestSchema.with { _, connection in
            let error = try postgresError { try connection.rows("SELECT \(Int64(1)) / \(Int64(0))") }
            #expect(error.sqlState == "22012")
            #expect(try connection.rows("SELECT \(Int64(1))")[0].int64(0) == 1)
            let second = try postgresError {
                try connection.transaction { transaction in
                    try transaction.run("CREATE TABLE gone (n int8)")
                    try transaction.rows("SELECT \(Int64(1)) / \(Int64(0))")
                }
            }
            #expect(second.sqlState == "22012")
            #expect(try connection.query("SELECT to_regclass('gone') IS NULL")[0].bool(0))
        }
    }
}
