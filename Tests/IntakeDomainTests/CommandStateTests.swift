import Contracts
import Support
import Testing

@testable import IntakeDomain

/// Every command in every state: done, or refused with a reason.
@Suite("Commands in every state")
struct CommandStateTests {
    enum Place: String, CaseIterable {
        case pending, paid, confirmed, partial, shipped, delivered, completed, cancelled
    }

    /// `+` is done, `-` refused; in the order of `Place.allCases`.
    static let table: [(name: String, row: String)] = [
        ("hold", "++++----"), ("release", "--------"), ("cancel", "+++-----"), ("note", "++++++++"),
        ("flag", "++++++++"), ("payment", "+-------"), ("price", "+-------"), ("address", "++------"),
        ("receipt", "----++--"), ("time", "----++--"), ("match", "--------"), ("reassign", "++++++--"),
        ("block", "++++++++"), ("erase", "--------"),
    ]

    @Test(arguments: CommandStateTests.table.indices, Place.allCases)
    func isDoneOrRefusedWithAReason(index: Int, place: Place) throws {
        let (name, row) = Self.table[index]
        let expected = Array(row)[Place.allCases.firstIndex(of: place) ?? 0] == "+"
        var desk = try desk(place)
        let before = try #require(desk.order())
        let told = desk.told.count
        let answer = try #require(try desk.command(name))
        #expect(answer.outcome == (expected ? .accepted : .refused))
        guard !expected else { return }
        #expect(answer.reason?.isEmpty == false)
        #expect(desk.told.count == told + 1)
        // Nothing but the command's id is put down.
        var after = try #require(desk.order())
        after.handling = before.handling
        #expect(after == before)
        // The same command under another message id is not even answered.
        #expect(try desk.command(name) == nil)
    }

    private func desk(_ place: Place) throws -> Desk {
        var desk = try Desk()
        try desk.take(DistributionMember.sample(memberID: "M1"))
        try desk.place(.sample(lines: [.sample(quantity: 2, unitPrice: 5000)]))
        let past: [WalkEvent] =
            switch place {
            case .pending: []
            case .paid: [.payWhole]
            case .confirmed: [.payWhole, .reserve]
            case .partial: [.payWhole, .reserve, .dispatchFirst]
            case .shipped: [.payWhole, .reserve, .dispatchFirst, .dispatchSecond]
            case .delivered: [.payWhole, .reserve, .dispatchFirst, .dispatchSecond, .deliverFirst, .deliverSecond]
            case .completed: [.payWhole, .reserve, .dispatchFirst, .dispatchSecond, .receive]
            case .cancelled: [.buyerCancels]
            }
        for event in past { try desk.take(event) }
        return desk
    }
}

extension Desk {
    /// A command that makes sense where the order's state allows it.
    fileprivate mutating func command(_ name: String) throws -> CommandAnswered? {
        let head = CommandHead.sample("C-\(name)")
        switch name {
        case "hold": return try command(HoldOrder(head: head, orderID: .sample))
        case "release": return try command(ReleaseOrder(head: head, orderID: .sample))
        case "cancel": return try command(CancelOrder(head: head, orderID: .sample))
        case "note": return try command(NoteOrder(head: head, orderID: .sample, note: "n"))
        case "flag": return try command(FlagOrder(head: head, orderID: .sample, flag: "red"))
        case "payment":
            return try command(
                ConfirmPayment(
                    head: head, orderID: .sample, paymentID: "B-1", amount: 10_000, paidAt: .sample, proof: "slip"))
        case "price":
            return try command(
                ChangePrice(head: head, orderID: .sample, lines: [LinePrice(lineID: "1", unitPrice: 4000)]))
        case "address":
            let shipTo = NewAddress(name: "n", phone: "1", country: "CN", street: "s")
            return try command(ChangeAddress(head: head, orderID: .sample, shipTo: shipTo))
        case "receipt": return try command(ConfirmReceipt(head: head, orderID: .sample))
        case "time": return try command(ExtendReceipt(head: head, orderID: .sample, days: 3))
        case "match":
            return try command(
                MatchSku(
                    head: head, orderID: .sample, channel: "wechat-mini", externalSku: "SKU-1", sku: "SKU-1",
                    quantity: 1))
        case "reassign": return try command(ReassignDistributor(head: head, orderID: .sample, memberID: "M1"))
        case "block": return try command(BlockBuyer(head: head, orderID: .sample, buyerID: "wechat-mini/u-77"))
        default: return try command(EraseBuyer(head: head, orderID: .sample, buyerID: "wechat-mini/u-77"))
        }
    }
}
