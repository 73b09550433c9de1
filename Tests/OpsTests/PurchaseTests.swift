import Contracts
import Testing

@testable import Ops

@Suite("Reading purchases")
struct PurchaseTests {
    @Test func readsPaddedColumnsAndCarriageReturns() throws {
        let text = "  customer data\r\n 00001 19970101  1   11.77\r\n 00002 19980630 12 1286.01\r\n"
        let purchases = try Purchase.read(text, limit: 10)
        #expect(purchases.map(\.customer) == ["00001", "00002"])
        #expect(purchases.map(\.cents) == [1177, 128_601])
        #expect(purchases.map(\.pieces) == [1, 12])
        #expect(
            purchases.map(\.day) == [CivilDay(year: 1997, month: 1, day: 1), CivilDay(year: 1998, month: 6, day: 30)])
        #expect(purchases.map(\.number) == [1, 2])
    }

    @Test func takesNoMoreThanItsLimit() throws {
        let text = "header\n" + String(repeating: "00001 19970101 1 1.00\n", count: 5)
        #expect(try Purchase.read(text, limit: 3).count == 3)
    }

    @Test(arguments: [
        "00001 19970101 1", "00001 19971301 1 1.00", "00001 19970101 0 1.00", "00001 19970101 1 1.0",
        "00001 19970101 1 -1.00", "x 19970101 1 1.00", "00001 19970101 1 1.00 9",
    ])
    func refusesALineItCannotRead(line: String) {
        #expect(Purchase(Substring(line), number: 1) == nil)
        #expect(throws: OpsFailure.self) { try Purchase.read("header\n\(line)\n", limit: 1) }
    }
}
