import Contracts
import Pipeline
import Testing

@testable import Commission

@Suite("Settings of the watch over sales")
struct SalesSignalsTests {
    private func read(_ environment: [String: String]) -> (signals: SalesSignals, defects: [String]) {
        var reader = SettingsReader(environment)
        return (CommissionSettings(&reader).signals, reader.defects)
    }

    @Test(arguments: [nil, "{}", #"{"ownPurchase":{},"refundRing":{},"velocity":{}}"#])
    func whatIsLeftOutIsAsEver(text: String?) {
        let (signals, defects) = read(text.map { ["COMMISSION_SIGNALS": $0] } ?? [:])
        #expect(defects.isEmpty)
        #expect(
            signals
                == SalesSignals(
                    days: 30, seesOwnPurchases: true, refundRing: .init(sales: 10, returnedBasisPoints: 5000),
                    velocity: .init(sales: 20, timesUsual: 10)))
    }

    @Test(
        arguments: [
            (#"{"days":7}"#, SalesSignals(days: 7)),
            (#"{"ownPurchase":{"active":false}}"#, SalesSignals(seesOwnPurchases: false)),
            (#"{"refundRing":{"active":false,"sales":3}}"#, SalesSignals(refundRing: nil)),
            (#"{"refundRing":{"sales":3}}"#, SalesSignals(refundRing: .init(sales: 3))),
            (
                #"{"refundRing":{"returnedBasisPoints":10000}}"#,
                SalesSignals(refundRing: .init(returnedBasisPoints: 10_000))
            ),
            (#"{"velocity":{"active":false}}"#, SalesSignals(velocity: nil)),
            (#"{"velocity":{"sales":50,"timesUsual":3}}"#, SalesSignals(velocity: .init(sales: 50, timesUsual: 3))),
        ])
    func eachNumberCanBeAnother(text: String, signals: SalesSignals) {
        let read = read(["COMMISSION_SIGNALS": text])
        #expect(read.defects.isEmpty && read.signals == signals)
    }

    @Test(arguments: [
        (#"{"days":0}"#, "days: days 0 is not within 1 to 365"),
        (#"{"days":366}"#, "days: days 366 is not within 1 to 365"),
        (#"{"refundRing":{"sales":0}}"#, "refundRing.sales: sales 0 is not within 1 to 1000000"),
        (
            #"{"refundRing":{"returnedBasisPoints":0}}"#,
            "refundRing.returnedBasisPoints: returnedBasisPoints 0 is not within 1 to 10000"
        ),
        (#"{"velocity":{"timesUsual":0}}"#, "velocity.timesUsual: timesUsual 0 is not within 1 to 10000"),
        (#"{"velocity":{"sales":"many"}}"#, "velocity.sales: is not a whole number"),
        (#"{"velocity":false}"#, "velocity: is not an object"),
        (#"{"ownPurchase":{"active":"no"}}"#, "ownPurchase.active: is not true or false"),
        ("10", "value is not a JSON object"),
    ])
    func nonsenseIsNamedAndNothingChanges(text: String, reason: String) {
        let read = read(["COMMISSION_SIGNALS": text])
        #expect(read.defects == ["COMMISSION_SIGNALS: \(reason)"])
        #expect(read.signals == SalesSignals())
    }
}
