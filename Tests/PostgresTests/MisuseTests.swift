import Postgres
import Testing

@Suite("Bugs of the caller stop the program")
struct MisuseTests {
    @Test func readingNullAsAValue() async throws {
        let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try TestSchema().connect().query("SELECT NULL::int8 AS amount")[0].int64(0)
        }
        #expect(Self.text(result).contains("column 0 \"amount\" (type 20) is NULL"))
    }

    @Test func readingAnotherTypeThanTheColumnHas() async throws {
        let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try TestSchema().connect().query("SELECT 1.5 AS rate")[0].int64(0)
        }
        #expect(Self.text(result).contains("column 0 \"rate\" (type 1700) is not int8"))
    }

    @Test func narrowingInt8() async throws {
        let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try TestSchema().connect().query("SELECT 1::int8 AS amount")[0].int32(0)
        }
        #expect(Self.text(result).contains("column 0 \"amount\" (type 20) is not int4"))
    }

    @Test func readingAColumnThatIsNotThere() async throws {
        let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try TestSchema().connect().query("SELECT 1")[0].isNull(1)
        }
        #expect(Self.text(result).contains("column 1 of 1"))
    }

    @Test func readingAnInfiniteInstant() async throws {
        let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try TestSchema().connect().query("SELECT 'infinity'::timestamptz AS until")[0].milliseconds(0)
        }
        #expect(Self.text(result).contains("\"until\" (type 1184) is infinite"))
    }

    @Test func usingTheConnectionInsideItsTransaction() async throws {
        let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let connection = try TestSchema().connect()
            try connection.transaction { _ in _ = try connection.query("SELECT 1") }
        }
        #expect(Self.text(result).contains("inside a transaction only the Transaction may be used"))
    }

    @Test func givingAStatementOtherTypesThanBefore() async throws {
        let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let connection = try TestSchema().connect()
            let sql: StaticString = "SELECT $1"
            try connection.query(sql, parameters { $0.append("text") })
            try connection.query(sql, parameters { $0.append(Int64(1)) })
        }
        #expect(Self.text(result).contains("[20] is not [25], the types of: SELECT $1"))
    }

    private static func text(_ result: ExitTest.Result) -> String {
        String(decoding: result.standardErrorContent, as: UTF8.self)
    }
}
