import Contracts
import Support
import Testing

@Suite("Orders from channels")
struct ChannelOrderTests {
    private func fault(_ text: String) -> Fault? {
        do throws(Fault) {
            _ = try ChannelOrder(JSONDocument.object(Array(text.utf8)))
            return nil
        } catch {
            return error
        }
    }

    private func order(lines: String, rest: String) -> String {
        #"{"channel":"a","externalOrderId":"1","placedAt":"2026-11-22T08:00:00Z","lines":[\#(lines)],\#(rest)}"#
    }

    private let line = #"{"lineId":"1","sku":"S","quantity":2,"unitPrice":12900,"discount":1000}"#

    @Test("Lines and total are enough; the rest has its defaults")
    func smallestOrderIsRead() throws {
        let text = order(lines: line, rest: #""total":24800"#)
        let order = try ChannelOrder(JSONDocument.object(Array(text.utf8)))
        #expect(order.currency == "CNY" && order.taxIncluded && order.paymentTerms == .prepaid)
        #expect(order.delivery == .express && !order.historical && order.tenders.isEmpty)
    }

    @Test(
        "The total is lines less discounts and freight, fees and tax that is not included",
        arguments: [
            (#""total":24800"#, nil), (#""total":24801"#, "total 24801 is not the sum 24800"),
            (#""orderDiscount":500,"freight":800,"total":25100"#, nil),
            (#""fees":[{"kind":"a","amount":1},{"kind":"b","amount":2}],"total":24803"#, nil),
            (#""tax":100,"total":24800"#, nil), (#""tax":100,"taxIncluded":true,"total":24800"#, nil),
            (#""tax":100,"taxIncluded":false,"total":24900"#, nil),
            (#""orderDiscount":30000,"total":0"#, "total 0 is not the sum -5200"),
        ] as [(String, String?)])
    func totalIsTheSum(rest: String, reason: String?) {
        #expect(fault(order(lines: line, rest: rest)) == reason.map { Fault($0, field: "total") })
    }

    @Test("Products of the largest numbers do not overflow")
    func largestNumbersAreSummed() {
        let huge = (0..<500).map {
            #"{"lineId":"\#($0)","sku":"S","quantity":999999999999,"unitPrice":999999999999}"#
        }
        #expect(fault(order(lines: huge.joined(separator: ","), rest: #""total":1"#))?.field == "total")
    }

    @Test(
        "A wrong line is named",
        arguments: [
            (
                #"{"lineId":"2","sku":"S","quantity":0,"unitPrice":1}"#, "quantity 0 is not positive",
                "lines[1].quantity"
            ),
            (#"{"lineId":"1","sku":"S","quantity":1,"unitPrice":1}"#, "stands twice", "lines[1].lineId"),
            (#"{"lineId":"2","sku":"S","quantity":1}"#, "is missing", "lines[1].unitPrice"),
            (#"{"lineId":"2","sku":"","quantity":1,"unitPrice":1}"#, "is empty", "lines[1].sku"),
            (
                #"{"lineId":"2","sku":"S","quantity":1,"unitPrice":5,"gift":true}"#,
                "unitPrice 5 of a gift is not 0", "lines[1].unitPrice"
            ),
            (
                #"{"lineId":"2","sku":"S","quantity":1,"unitPrice":0,"gift":true,"giftOf":"3"}"#,
                "names no other line", "lines[1].giftOf"
            ),
            (
                #"{"lineId":"2","sku":"S","quantity":2,"unitPrice":5,"discount":11}"#,
                "discount 11 is above the line", "lines[1].discount"
            ),
        ])
    func wrongLineIsNamed(second: String, reason: String, field: String) {
        #expect(fault(order(lines: "\(line),\(second)", rest: #""total":1"#)) == Fault(reason, field: field))
    }

    @Test("An order without lines, or with 501, is refused")
    func lineCountIsBounded() {
        #expect(fault(order(lines: "", rest: #""total":0"#)) == Fault("is empty", field: "lines"))
        let many = (0...500).map { #"{"lineId":"\#($0)","sku":"S","quantity":1,"unitPrice":1}"# }
        #expect(fault(order(lines: many.joined(separator: ","), rest: #""total":501"#))?.field == "lines")
    }

    @Test("What others bear is owed to the merchant on top of the total")
    func receivableAddsForeignDiscounts() {
        let order = ChannelOrder.sample(
            orderDiscount: 700,
            discounts: [
                .init(kind: .coupon, amount: 300, bearer: .platform), .init(kind: .points, amount: 200),
                .init(kind: .subsidy, amount: 200, bearer: .supplier),
            ])
        #expect(order.total == 9300 && order.receivable == 9800)
    }

    @Test("A payment that stands in both places is one tender")
    func tendersAreCountedOnce() {
        let payment = ChannelOrder.Payment.sample()
        func order(_ payments: [ChannelOrder.Payment]) -> ChannelOrder {
            ChannelOrder(
                channel: "a", externalOrderID: "1", placedAt: .sample, lines: [.sample()], total: 10_000,
                payment: payment,
                payments: payments)
        }
        #expect(order([]).tenders == [payment])
        #expect(order([payment]).tenders == [payment])
        #expect(order([.sample(paymentID: "P-2")]).tenders.map(\.paymentID) == ["P-1", "P-2"])
    }

    @Test("Samples pass their own checks and come back from JSON")
    func samplesAreValid() throws {
        let order = ChannelOrder.sample(
            lines: [.sample(quantity: 3, discount: 1), .sample("2", giftOf: "1")], orderDiscount: 5, freight: 800,
            paid: true)
        #expect(try ChannelOrder(JSONDocument.object(order.jsonBytes)) == order)
        #expect(order.tenders.first?.amount == order.total)
    }
}
