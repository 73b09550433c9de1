/// One row; columns count from 0.
///
/// Asking for another type than the column has, or for a value that is NULL without `…OrNil`, is a bug of the caller
/// and stops the program with the column's name and type. Sums of `int8` are `numeric` in SQL: cast them.
public struct Row {
    private let answer: Answer
    private let index: Int

    init(answer: Answer, index: Int) {
        self.answer = answer
        self.index = index
    }

    public func isNull(_ column: Int) -> Bool {
        precondition(column >= 0 && column < answer.columnCount, "column \(column) of \(answer.columnCount)")
        return unsafe answer.withValue(row: index, column: column) { bytes in unsafe bytes == nil }
    }

    /// Reads an `int8`, `int4` or `int2`.
    public func int64OrNil(_ column: Int) -> Int64? {
        switch type(column) {
        case .int8: number(column, as: Int64.self)
        case .int4: number(column, as: Int32.self).map(Int64.init)
        case .int2: number(column, as: Int16.self).map(Int64.init)
        default: stop(column, "is not int8")
        }
    }

    /// Reads an `int4` or `int2`.
    public func int32OrNil(_ column: Int) -> Int32? {
        switch type(column) {
        case .int4: number(column, as: Int32.self)
        case .int2: number(column, as: Int16.self).map(Int32.init)
        default: stop(column, "is not int4")
        }
    }

    public func boolOrNil(_ column: Int) -> Bool? {
        guard type(column) == .bool else { stop(column, "is not bool") }
        return number(column, as: UInt8.self).map { $0 != 0 }
    }

    /// Reads a `text`, `varchar`, `char(n)`, `name` or `json`.
    public func textOrNil(_ column: Int) -> String? {
        switch type(column) {
        case .text, .varchar, .bpchar, .name, .json: break
        default: stop(column, "is not text")
        }
        return unsafe answer.withValue(row: index, column: column) { bytes in
            unsafe bytes.map { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Reads a `bytea`.
    public func bytesOrNil(_ column: Int) -> [UInt8]? {
        guard type(column) == .bytea else { stop(column, "is not bytea") }
        return unsafe answer.withValue(row: index, column: column) { bytes in
            unsafe bytes.map { unsafe [UInt8]($0) }
        }
    }

    /// Reads a `timestamptz` as Unix milliseconds; microseconds are rounded towards the past.
    public func millisecondsOrNil(_ column: Int) -> Int64? {
        guard type(column) == .timestamptz else { stop(column, "is not timestamptz") }
        guard let microseconds = number(column, as: Int64.self) else { return nil }
        guard let milliseconds = PostgresTimestamp(microseconds: microseconds).milliseconds else {
            stop(column, "is infinite")
        }
        return milliseconds
    }

    /// Reads a `date` as days since 1970-01-01.
    public func daysSinceEpochOrNil(_ column: Int) -> Int? {
        guard type(column) == .date else { stop(column, "is not date") }
        guard let days = number(column, as: Int32.self) else { return nil }
        guard let daysSinceEpoch = PostgresDate(days: days).daysSinceEpoch else { stop(column, "is infinite") }
        return daysSinceEpoch
    }

    public func int64(_ column: Int) -> Int64 { notNull(int64OrNil(column), column) }
    public func int32(_ column: Int) -> Int32 { notNull(int32OrNil(column), column) }
    public func bool(_ column: Int) -> Bool { notNull(boolOrNil(column), column) }
    public func text(_ column: Int) -> String { notNull(textOrNil(column), column) }
    public func bytes(_ column: Int) -> [UInt8] { notNull(bytesOrNil(column), column) }
    public func milliseconds(_ column: Int) -> Int64 { notNull(millisecondsOrNil(column), column) }
    public func daysSinceEpoch(_ column: Int) -> Int { notNull(daysSinceEpochOrNil(column), column) }

    private func notNull<Value>(_ value: Value?, _ column: Int) -> Value {
        guard let value else { stop(column, "is NULL") }
        return value
    }

    private func type(_ column: Int) -> PostgresType {
        precondition(column >= 0 && column < answer.columnCount, "column \(column) of \(answer.columnCount)")
        return answer.columnType(column)
    }

    /// The column's type has been checked, so its length is right.
    private func number<Number: FixedWidthInteger>(_ column: Int, as: Number.Type) -> Number? {
        unsafe answer.withValue(row: index, column: column) { bytes in
            unsafe bytes.map { unsafe Number(bigEndian: $0.loadUnaligned(as: Number.self)) }
        }
    }

    private func stop(_ column: Int, _ complaint: String) -> Never {
        let type = answer.columnType(column).objectID
        preconditionFailure("column \(column) \"\(answer.columnName(column))\" (type \(type)) \(complaint)")
    }
}
