/// All rows of one statement's result, in the server's order.
///
/// The result lives as long as this value or one of its rows.
public struct Rows: RandomAccessCollection {
    private let answer: Answer

    /// How many rows the statement inserted, changed, deleted or selected.
    public var affectedRowCount: Int { answer.affectedRowCount }

    init(_ answer: Answer) {
        self.answer = answer
        endIndex = answer.rowCount
    }

    public var startIndex: Int { 0 }
    public let endIndex: Int

    public subscript(index: Int) -> Row {
        precondition(indices.contains(index), "row \(index) of \(count)")
        return Row(answer: answer, index: index)
    }
}
