import Contracts

/// Nothing is read before it is written, so the ranks only say in which order tables are written.
extension Key.Kind {
    static let fact = Key.Kind("fact", rank: 30)
    static let order = Key.Kind("order", rank: 10)
    static let line = Key.Kind("line", rank: 11)
    static let parcel = Key.Kind("parcel", rank: 12)
    static let afterSalesCase = Key.Kind("case", rank: 13)
    static let refund = Key.Kind("refund", rank: 14)
    static let earning = Key.Kind("earning", rank: 15)
    static let entry = Key.Kind("entry", rank: 16)
    static let payout = Key.Kind("payout", rank: 17)
    static let settlement = Key.Kind("settlement", rank: 18)
    static let record = Key.Kind("record", rank: 20)
    static let stock = Key.Kind("stock", rank: 22)
    static let movement = Key.Kind("movement", rank: 23)
    static let alert = Key.Kind("alert", rank: 24)
    static let suggestion = Key.Kind("suggestion", rank: 25)
    static let visits = Key.Kind("visits", rank: 26)
    static let deadLetter = Key.Kind("dead-letter", rank: 27)
    static let answer = Key.Kind("answer", rank: 28)
}
