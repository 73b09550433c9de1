/// One SQL text under the name by which this connection's server knows it.
final class Statement {
    let sql: StaticString
    let name: String
    let typeIDs: [UInt32]

    /// Set when the server refused or never saw the preparation, or no longer accepts the plan.
    var isForgotten = false

    init(sql: StaticString, name: String, typeIDs: [UInt32]) {
        self.sql = sql
        self.name = name
        self.typeIDs = typeIDs
    }

    /// A `StaticString` stands in the program's constants and ends with a zero byte.
    var sqlAddress: UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

/// The statements one connection has prepared.
///
/// It needs no bound: the texts are literals of the program.
struct StatementCache {
    private var byAddress: [UInt: Statement] = [:]
    private var byText: [String: Statement] = [:]
    private var preparedCount = 0

    /// Looks by the literal's address first, then by its text: one text may stand at two places.
    mutating func find(_ sql: StaticString) -> Statement? {
        let address = UInt(bitPattern: unsafe sql.utf8Start)
        if let statement = byAddress[address], !statement.isForgotten { return statement }
        guard let statement = byText[sql.description], !statement.isForgotten else { return nil }
        byAddress[address] = statement
        return statement
    }

    /// Adds a statement under a name never used before: after a failure nobody knows whether the server has the old one.
    mutating func add(_ sql: StaticString, typeIDs: [UInt32]) -> Statement {
        preparedCount += 1
        let statement = Statement(sql: sql, name: "s\(preparedCount)", typeIDs: typeIDs)
        byAddress[UInt(bitPattern: unsafe sql.utf8Start)] = statement
        byText[sql.description] = statement
        return statement
    }
}
