import Testing

@testable import Ops

@Suite("The pack check")
struct PackDeskTests {
    static func parcel(
        state: String = "labelled", stops: [String] = [],
        lines: [HandoverParcel.Line] = [line(), line("B", quantity: 2)]
    ) -> HandoverParcel {
        HandoverParcel(
            parcelID: "O1-S1", carrier: "sf", waybill: "SF1234567890123", warehouse: "hangzhou", state: state,
            stops: stops, orders: [.init(orderID: "O1", channel: "wechat-mini", externalOrderID: "WX-1")],
            lines: lines,
            recipient: .init(
                name: "李<雷>", phone: "13800000000", place: "浙江省 杭州市 西湖区", street: "文三路 1 号",
                sealedAddress: nil))
    }

    static func line(
        _ sku: String = "A", quantity: Int64 = 1, barcodes: [String] = ["6901234567892"]
    ) -> HandoverParcel.Line {
        HandoverParcel.Line(
            sku: sku, name: "\(sku) & 茶", barcodes: sku == "A" ? barcodes : [], unitWeightGrams: 500, quantity: quantity
        )
    }

    /// What is answered to each line.
    private static func replies(_ lines: [String], _ parcels: [HandoverParcel] = [parcel()]) -> [PackDesk.Reply] {
        var desk = PackDesk()
        return lines.map { desk.scan($0) { number in parcels.filter { $0.waybill == number } } }
    }

    private static let number = "SF1234567890123"

    @Test func aCompleteParcelLeaves() {
        let replies = Self.replies([Self.number, "6901234567892", "B", "B", "1550"])
        #expect(replies[0] == .say("O1-S1, 3 pieces; missing: 1 × A, 2 × B"))
        #expect(replies[1] == .say("missing: 2 × B"))
        #expect(replies[3] == .say("complete; weigh it: grams, or - without a scale"))
        #expect(replies[4] == .dispatch(Self.parcel()))
    }

    @Test func wrongAndSuperfluousPiecesStop() {
        let replies = Self.replies([Self.number, "C", "A", "A", "B", "B", "-"])
        #expect(replies[1] == .stop("C does not belong to O1-S1; missing: 1 × A, 2 × B"))
        #expect(replies[3] == .stop("one A too many; missing: 2 × B"))
        #expect(replies.last == .dispatch(Self.parcel()))
    }

    @Test(arguments: [
        ([PackDeskTests.parcel(state: "dispatched")], "O1-S1 is dispatched: do not pack it"),
        ([PackDeskTests.parcel(state: "cancelled")], "O1-S1 is cancelled: do not pack it"),
        ([PackDeskTests.parcel(stops: ["hold", "CR-1"])], "O1-S1 is stopped by hold, CR-1: put it aside"),
        ([], "no parcel has the number SF1234567890123"),
        (
            [PackDeskTests.parcel(), PackDeskTests.parcel()],
            "SF1234567890123 is a number of several carriers: scan O1-S1 or O1-S1"
        ),
    ])
    func whatMayNotLeaveStopsAtOnce(parcels: [HandoverParcel], reason: String) {
        #expect(Self.replies([Self.number], parcels) == [.stop(reason)])
    }

    @Test func aWeightFarOffIsAskedForTwice() {
        let packed = [Self.number, "A", "B", "B"]
        let replies = Self.replies(packed + ["1100", "1101", "1101"])
        #expect(replies[4] == .stop("1100 g, but its goods weigh 1500 g: look again, or say 1100 once more"))
        #expect(replies[5] == .stop("1101 g, but its goods weigh 1500 g: look again, or say 1101 once more"))
        #expect(replies[6] == .dispatch(Self.parcel()))
        #expect(Self.replies(packed + ["heavy"]).last != .dispatch(Self.parcel()))
        #expect(Self.replies(packed + ["1800"]).last == .dispatch(Self.parcel()))
        #expect(Self.replies(packed + ["1801"]).last != .dispatch(Self.parcel()))
    }

    @Test func aParcelCanBeAbandoned() {
        let replies = Self.replies([Self.number, "abandon", Self.number, " "])
        #expect(replies[1] == .say("abandoned; scan a waybill"))
        #expect(replies[2] == replies[0])
        #expect(replies[3] == .say("missing: 1 × A, 2 × B"))
    }
}
