import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Acting on what waits")
struct QueueActionTests {
    private func body(_ message: OutsideMessage) throws -> JSONObject { try JSONDocument.object(message.value) }

    @Test func previewSaysWhatWillHappenAndChangesNothing() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let held = try rows.order(1, holds: ["amount"])
            let platform = try rows.order(2, holds: ["platform"])
            let page = try await rig.signIn(.owner).get("/queues/holds/act?do=release&pick=\(held)&pick=\(platform)")
            #expect(page.status == .ok)
            #expect(page.text.contains("Ends the holds that a person may end"))
            #expect(page.text.contains("1 to be sent"))
            #expect(page.text.contains("These are left out"))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func manyAreReleasedWithOneReason() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let ids = try (1...3).map { try rows.order($0, holds: ["operator"]) }
            let browser = try await rig.signIn(.support, name: "anna")
            let reply = try await browser.post(
                "/queues/holds/act",
                ["do": "release", "pick": ids[0], "pick": ids[1], "pick": ids[2], "reason": "looked at"])
            #expect(reply.headers[.location] == "/queues/holds")
            #expect(rig.sent.map(\.key) == ids)
            let command = try ReleaseOrder(body(rig.sent[0]))
            #expect(command.actor == "anna" && command.reason == "looked at")
            #expect(try rig.number("SELECT count(*) FROM audit_log WHERE action = 'command.ReleaseOrder'") == 3)
            let list = try await browser.get("/queues/holds").text
            #expect(list.contains("Sent, the answer is awaited"))
        }
    }

    @Test func whatASingleCommandBecomesIsShownNext() async throws {
        try await SiteRig.with { rig in
            let id = try WorkSamples(rig).order(1, holds: ["operator"])
            let browser = try await rig.signIn(.owner)
            let reply = try await browser.post(
                "/queues/holds/act", ["do": "cancel", "pick": id, "reason": "buyer wishes"])
            #expect(reply.headers[.location]?.hasPrefix("/commands/") == true)
            try rig.run("UPDATE commands SET outcome = 'refused', answer = 'it has left', answered_at = issued_at")
            #expect(try await browser.get("/queues/holds").text.contains("Refused:</a> it has left"))
        }
    }

    @Test func reasonIsNeeded() async throws {
        try await SiteRig.with { rig in
            let id = try WorkSamples(rig).order(1, holds: ["operator"])
            let reply = try await rig.signIn(.owner).post("/queues/holds/act", ["do": "release", "pick": id])
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("Please fill this in"))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func roleThatMayOnlySeeCannotAct() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let id = try rows.order(1, holds: ["operator"])
            let browser = try await rig.signIn(.auditor)
            #expect(try await !browser.get("/queues/holds").text.contains("name=\"do\""))
            #expect(
                try await browser.post("/queues/holds/act", ["do": "release", "pick": id, "reason": "x"]).status
                    == .forbidden)
            // May pack parcels, and not cancel orders.
            let warehouse = try await rig.signIn(.warehouse)
            let reply = try await warehouse.post("/queues/holds/act", ["do": "cancel", "pick": id, "reason": "x"])
            #expect(reply.status == .forbidden)
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func onePackageTellsTheWaybillAndAWaveEachOrderOnce() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let order = try rows.order(1)
            let parcels = try (1...2).map { try rows.parcel(order, $0) }
            let browser = try await rig.signIn(.warehouse)
            try await browser.post(
                "/queues/ship/act",
                [
                    "do": "dispatch", "pick": parcels[0], "carrier/\(parcels[0])": "sf",
                    "waybill/\(parcels[0])": "SF1", "reason": "handed over",
                ])
            let dispatch = try DispatchShipment(body(rig.sent[0]))
            #expect(dispatch.shipmentID == parcels[0] && dispatch.waybill == "SF1" && dispatch.carrier == "sf")
            let preview = try await browser.get("/queues/ship/act?do=wave&pick=\(parcels[0])&pick=\(parcels[1])").text
            #expect(preview.contains("value=\"W20261118-062640\""))
            try await browser.post(
                "/queues/ship/act",
                ["do": "wave", "pick": parcels[0], "pick": parcels[1], "wave": "W-1", "reason": "morning"])
            #expect(rig.sent.count == 2)
            let wave = try ReleaseWave(body(rig.sent[1]))
            #expect(wave.waveID == "W-1" && wave.warehouse == "W1" && wave.orderID.text == order)
        }
    }

    @Test func heldOrdersParcelsDoNotLeave() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let parcel = try rows.parcel(rows.order(1, holds: ["operator"]))
            let reply = try await rig.signIn(.owner).post(
                "/queues/ship/act", ["do": "dispatch", "pick": parcel, "reason": "x"])
            #expect(reply.status == .unprocessableContent && rig.sent.isEmpty)
        }
    }

    @Test func unmatchedGoodsAreMatchedOnceForAllOrders() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for number in 1...2 { try rows.line(rows.order(number, holds: ["unmatched-sku"]), sku: "Z 9", quantity: 3) }
            try rows.item("A")
            try rows.line(rows.order(3, holds: ["unmatched-sku"]), sku: "A")
            let browser = try await rig.signIn(.support)
            let page = try await browser.get("/queues/unmatched").text
            #expect(page.contains("1 waiting"))
            let reply = try await browser.post(
                "/queues/unmatched/act",
                ["do": "match", "pick": "web/Z 9", "sku/web/Z 9": "A", "quantity/web/Z 9": "2", "reason": "same"])
            #expect(reply.status == .seeOther)
            let match = try MatchSku(body(rig.sent[0]))
            #expect(match.channel == "web" && match.externalSku == "Z 9" && match.sku == "A" && match.quantity == 2)
        }
    }

    @Test func suggestionIsAcceptedAsItIsOrWithAnotherQuantity() async throws {
        try await SiteRig.with { rig in
            try WorkSamples(rig).lowStock("A")
            let browser = try await rig.signIn(.warehouse)
            #expect(try await browser.get("/queues/stock").text.contains("value=\"A\""))
            for quantity in ["40", "60"] {
                try await browser.post(
                    "/queues/stock/act", ["do": "accept", "pick": "A", "quantity/A": quantity, "reason": "soon empty"])
            }
            let accepted = try rig.sent.map { try AcceptSuggestion(body($0)) }
            #expect(accepted.map(\.quantity) == [nil, 60])
            #expect(accepted.map(\.suggestionID) == ["A-R1", "A-R1"])
            try rig.run("UPDATE commands SET outcome = 'accepted'")
            #expect(try await !browser.get("/queues/stock?show=suggested").text.contains("value=\"A\""))
        }
    }

    @Test func safetyStockAndQuotaAreSet() async throws {
        try await SiteRig.with { rig in
            try WorkSamples(rig).lowStock("A", suggested: nil)
            let browser = try await rig.signIn(.owner)
            try await browser.post(
                "/queues/stock/act", ["do": "safety", "pick": "A", "quantity/A": "12", "reason": "slow supplier"])
            try await browser.post(
                "/queues/stock/act", ["do": "quota", "pick": "A", "channel/A": "web", "reason": "no quota any more"])
            #expect(try SetSafetyStock(body(rig.sent[0])).quantity == 12)
            let quota = try SetChannelQuota(body(rig.sent[1]))
            #expect(quota.channel == "web" && quota.quantity == nil)
            let bad = try await browser.post(
                "/queues/stock/act", ["do": "safety", "pick": "A", "quantity/A": "-1", "reason": "x"])
            #expect(bad.status == .unprocessableContent && bad.text.contains("outside the allowed range"))
        }
    }
}

@Suite("Acting on money that waits")
struct MoneyQueueTests {
    private func body(_ message: OutsideMessage) throws -> JSONObject { try JSONDocument.object(message.value) }

    @Test func payoutShowsWhatIsPaidAndIsDecided() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.payout("M1-P1", member: "M1")
            try rows.payout("M2-P1", member: "M2", state: "due")
            let browser = try await rig.signIn(.finance)
            let page = try await browser.get("/queues/payouts").text
            #expect(page.contains("¥49.50") && !page.contains("M2-P1"))
            try await browser.post("/queues/payouts/act", ["do": "approve", "pick": "M1-P1", "reason": "checked"])
            let command = try ApprovePayout(body(rig.sent[0]))
            #expect(command.payoutID == "M1-P1" && rig.sent[0].key == "M1")
            let late = try await browser.post(
                "/queues/payouts/act", ["do": "approve", "pick": "M2-P1", "reason": "checked"])
            #expect(late.status == .unprocessableContent && rig.sent.count == 1)
        }
    }

    @Test func signsOfFraudAreReleasedAndDisputesAnswered() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let order = try rows.order(1)
            try rows.earning(
                order, member: "M1", holds: #"{"E-1 velocity":"5 times as much","E-1 dispute":"too little"}"#)
            let browser = try await rig.signIn(.finance)
            #expect(try await browser.get("/queues/held?signal=velocity").text.contains("5 times as much"))
            let velocity = "\(order) M1 E-1 velocity"
            let dispute = "\(order) M1 E-1 dispute"
            try await browser.post("/queues/held/act", ["do": "release", "pick": velocity, "reason": "a feast"])
            try await browser.post("/queues/held/act", ["do": "dismiss", "pick": dispute, "reason": "by plan 3"])
            #expect(try ReleaseEntry(body(rig.sent[0])).entryID == "E-1")
            #expect(try AnswerDispute(body(rig.sent[1])).answer == .dismissed)
            let wrong = try await browser.post("/queues/held/act", ["do": "release", "pick": dispute, "reason": "x"])
            #expect(wrong.status == .unprocessableContent)
        }
    }

    @Test func adjustmentNeedsTwoPeople() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.member("M1")
            let anna = try await rig.signIn(.finance, name: "anna")
            let reply = try await anna.post(
                "/queues/adjustments/new",
                ["member": "M1", "amount": "-12.50", "currency": "CNY", "reason": "booked twice"])
            #expect(reply.status == .seeOther)
            let proposed = try AdjustCommission(body(rig.sent[0]))
            #expect(proposed.amount == -1250 && proposed.memberID == "M1")
            #expect(try await !anna.get("/queues/adjustments").text.contains(proposed.adjustmentID))
            try rig.run("UPDATE commands SET outcome = 'accepted', answered_at = issued_at")
            #expect(try await anna.get("/queues/adjustments").text.contains(proposed.adjustmentID))
            let form = ["do": "approve", "pick": proposed.adjustmentID, "reason": "right"] as KeyValuePairs
            #expect(try await anna.post("/queues/adjustments/act", form).status == .unprocessableContent)
            let boss = try await rig.signIn(.owner)
            #expect(try await boss.post("/queues/adjustments/act", form).status == .seeOther)
            #expect(try ApproveAdjustment(body(rig.sent[1])).adjustmentID == proposed.adjustmentID)
            try rig.run("UPDATE commands SET outcome = 'accepted'")
            #expect(try await !boss.get("/queues/adjustments").text.contains(proposed.adjustmentID))
        }
    }

    @Test(arguments: [
        ("M9", "1", "no such member"), ("M1", "0", "outside the allowed range"), ("M1", "1.234", "write an amount"),
    ])
    func wrongAdjustmentIsToldBesideItsField(member: String, amount: String, words: String) async throws {
        try await SiteRig.with { rig in
            try WorkSamples(rig).member("M1")
            let reply = try await rig.signIn(.owner).post(
                "/queues/adjustments/new",
                ["member": member, "amount": amount, "currency": "CNY", "reason": "x"])
            #expect(reply.status == .unprocessableContent && reply.text.contains(words))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func deadLettersOfAServiceAreRetriedTogether() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for number in 1...3 { try rows.deadLetter("intake", number) }
            try rows.deadLetter("commission", 4)
            let browser = try await rig.signIn(.owner)
            let page = try await browser.get("/queues/dead-letters").text
            #expect(page.contains("quantity 0 is not positive") && page.contains("channel.orders.v1 [3] @1"))
            try await browser.post(
                "/queues/dead-letters/act",
                ["do": "retry-all", "pick": "intake dead/1", "pick": "intake dead/2", "reason": "mended"])
            #expect(rig.sent.count == 1 && rig.sent[0].topic == .commands(of: "intake"))
            #expect(try RetryDeadLetters(body(rig.sent[0])).all)
            let left = try await browser.get("/queues/dead-letters").text
            #expect(left.contains("1 waiting") && left.contains("commission dead/4"))
        }
    }

    @Test(arguments: ["retry", "discard"]) func tickedDeadLettersAreMeantAndNoOthers(action: String) async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for number in 1...3 { try rows.deadLetter("intake", number) }
            let browser = try await rig.signIn(.owner)
            try await browser.post(
                "/queues/dead-letters/act",
                ["do": action, "pick": "intake dead/1", "pick": "intake dead/3", "reason": "mended"])
            let named = try rig.sent.map { sent -> [RecordPlace] in
                let json = try body(sent)
                #expect(try !json.bool("all", default: false))
                return try json.readList("records")
            }
            #expect(
                named == [1, 3].map { [RecordPlace(topic: "channel.orders.v1", partition: 3, offset: $0)] })
            let left = try await browser.get("/queues/dead-letters").textWithoutToken
            #expect(left.contains("1 waiting") && left.contains("@2") && !left.contains("@3"))
        }
    }
}
