import Postgres
import Testing

@Suite("More data than any buffer holds")
struct LargeTransferTests {
    private static let block = [UInt8](repeating: 0xA5, count: 16 << 20)

    @Test func sixtyFourMegabytesPassInBothDirectionsAtOnce() throws {
        try TestSchema.with { _, connection in
            let echo = parameters { $0.append(Self.block) }
            let rows = try connection.transaction { transaction in
                try transaction.queries(Array(repeating: ("SELECT $1", echo), count: 4))
            }
            #expect(rows.count == 4)
            for index in rows.indices { #expect(rows[index][0].bytes(0) == Self.block) }
        }
    }

    @Test func queuedStatementsWhoseResultsNobodyReadsDoNotHang() throws {
        try TestSchema.with { _, connection in
            let echo = parameters { $0.append(Self.block) }
            try connection.transaction { transaction in
                for _ in 0..<4 { try transaction.run("SELECT $1", echo) }
            }
            #expect(try connection.query("SELECT 1").count == 1)
        }
    }

    @Test func tenThousandStatementsFitOnePipeline() throws {
        try TestSchema.with("CREATE TABLE numbers (number int8)") { _, connection in
            try connection.transaction { transaction in
                for number in 0..<10_000 as Range<Int64> {
                    try transaction.run("INSERT INTO numbers VALUES ($1)", parameters { $0.append(number) })
                }
            }
            #expect(try connection.query("SELECT sum(number)::int8 FROM numbers")[0].int64(0) == 49_995_000)
        }
    }
}
