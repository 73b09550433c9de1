import AfterSalesDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import AfterSales

@Suite("What is written about cases")
struct ThreadTests {
    static let photo = CaseAttachment(reference: "https://mall.example/files/7.jpg", mediaType: "image/jpeg")

    static func note(
        _ desk: Desk, _ messageID: String = "m-1", author: CaseAuthor = .buyer, caseID: String = "AS-1",
        text: String? = "外箱破损"
    ) -> AfterSalesNote {
        AfterSalesNote(
            channel: desk.placed.channel, externalOrderID: desk.placed.externalOrderID, externalCaseID: caseID,
            messageID: messageID, author: author, text: text, attachments: [photo], sentAt: desk.harness.clock.now)
    }

    @Test func everyoneWritesInOneThreadAndNoWordTravels() throws {
        let desk = try Desk.paid()
        try desk.request()
        try desk.say(Self.note(desk))
        try desk.say(Self.note(desk))
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        let answer = try desk.command { NoteCase(head: $0, orderID: orderID, caseID: caseID, text: "请补一张照片") }
        #expect(answer == .accepted)
        try desk.say(Self.note(desk, "m-2", author: .platform, text: nil))
        let thread = desk.account.messages(of: caseID)
        #expect(thread.map(\.number) == [1, 2, 3])
        #expect(thread.map(\.author) == [.buyer, .merchant, .platform])
        #expect(thread.map(\.actor) == [nil, "anna", nil])
        #expect(thread.map(\.text) == ["外箱破损", "请补一张照片", nil])
        let told = desk.harness.facts(CaseNoted.self)
        #expect(told.map(\.number) == [1, 2, 3])
        #expect(told.map(\.attachments) == [1, 0, 1])
        let facts = desk.harness.database.outbox.compactMap { $0.payload.map { String(decoding: $0, as: UTF8.self) } }
        #expect(!facts.contains { $0.contains("破损") || $0.contains("照片") || $0.contains("7.jpg") })
    }

    @Test func theNoteOfARequestIsTheFirstMessage() throws {
        let desk = try Desk.paid()
        try desk.say(
            AfterSalesRequest(
                channel: desk.placed.channel, externalOrderID: desk.placed.externalOrderID, externalCaseID: "AS-1",
                kind: .refund, amount: 100, requestedAt: desk.harness.clock.now, note: "少了一件"))
        #expect(desk.account.messages.map(\.text) == ["少了一件"])
    }

    @Test func aMessageForAnUnknownCaseOrInAnothersNameIsADeadLetter() throws {
        let desk = try Desk.paid()
        try desk.request()
        try desk.say(Self.note(desk, caseID: "AS-9"))
        try desk.say(Self.note(desk, "m-3", author: .merchant))
        #expect(desk.faults == ["AS-9 is no case of order \(desk.orderID)", "is not for a channel to be"])
        #expect(desk.account.messages.isEmpty)
    }

    @Test func anAppealBringsItsEvidence() throws {
        let desk = try Desk.paid()
        try desk.request()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        _ = try desk.command { RejectCase(head: $0, orderID: orderID, caseID: caseID) }
        let appeal = try desk.command {
            AppealCase(head: $0, orderID: orderID, caseID: caseID, note: "看照片", attachments: [Self.photo])
        }
        #expect(appeal == .accepted)
        let thread = desk.account.messages(of: "\(orderID)-A2")
        #expect(thread.map(\.text) == ["看照片"])
        #expect(thread.map(\.attachments) == [[Self.photo]])
    }

    @Test func aFullThreadTakesNoMore() throws {
        let desk = try Desk.paid()
        try desk.request()
        for number in 1...200 { desk.harness.publish(Self.note(desk, "m-\(number)"), on: .channelAfterSales, key: "k") }
        try desk.harness.settle()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        #expect(try desk.command { NoteCase(head: $0, orderID: orderID, caseID: caseID, text: "t") } == .refused)
        #expect(desk.account.messages.count == 200)
    }

    @Test func whoIsErasedLeavesNoWords() throws {
        let desk = try Desk.paid()
        try desk.request()
        try desk.say(Self.note(desk))
        try desk.tell(BuyerErased(orderID: desk.orderID, buyerID: "u", erasedAt: desk.harness.clock.now))
        #expect(desk.account.messages.map(\.text) == [nil])
        #expect(desk.account.messages.map(\.attachments) == [[]])
        #expect(desk.account.messages.map(\.number) == [1])
    }
}
