import Contracts
import Postgres

extension SQL.StringInterpolation {
    mutating func appendInterpolation(_ instant: Instant?) {
        appendInterpolation(milliseconds: instant?.milliseconds)
    }

    mutating func appendInterpolation(_ day: CivilDay?) {
        appendInterpolation(daysSinceEpoch: day?.daysSinceEpoch)
    }
}

extension Row {
    func instant(_ column: Int) -> Instant { Instant(milliseconds: milliseconds(column)) }
    func instantOrNil(_ column: Int) -> Instant? { millisecondsOrNil(column).map(Instant.init(milliseconds:)) }

    /// A list that SQL has joined by commas.
    func list(_ column: Int) -> [String] { text(column).split(separator: ",").map(String.init) }
}
