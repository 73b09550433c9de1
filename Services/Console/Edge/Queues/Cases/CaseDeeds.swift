import ConsoleDomain
import Contracts

/// What may be asked for a case, by its state.
///
/// - Source: the states of `Services/AfterSales/Domain`; after-sales decides, this only hides what it surely refuses.
enum CaseDeeds {
    static let all: [CaseDeed] = [
        CaseDeed(
            name: "approve", permission: .casesDecide, fields: [QueueField("amount", .money(isRequired: false))],
            allows: { ["requested", "inspected"].contains($0.state) },
            send: { visit, story, typed in
                try await CaseCommands.approve(
                    visit, story.found.caseID, story.found.orderID, amount: typed.answers.number("amount"),
                    reason: typed.answers.reason)
            }),
        CaseDeed(
            name: "reject", permission: .casesDecide, isDangerous: true,
            allows: { story in
                let states = story.isReplaced ? ["requested"] : ["requested", "approved", "received", "inspected"]
                return states.contains(story.state)
            },
            send: { visit, story, typed in
                try await CaseCommands.reject(
                    visit, story.found.caseID, story.found.orderID, reason: typed.answers.reason)
            }),
        receive, inspect, extend, pause, resume, freight, close, appeal, note,
    ]

    private static let receive = CaseDeed(
        name: "receive", permission: .casesInspect, fields: [QueueField("warehouse", .text(1...64))], lines: .received,
        allows: { $0.bringsGoodsBack && ["approved", "goods-in-transit"].contains($0.state) },
        send: { visit, story, typed in
            let warehouse = typed.answers.text("warehouse") ?? ""
            return try await send(visit, story, typed) {
                ReceiveGoods(head: $0, orderID: $1, caseID: $2, warehouse: warehouse, lines: typed.received)
            }
        })

    private static let inspect = CaseDeed(
        name: "inspect", permission: .casesInspect, fields: [QueueField("warehouse", .text(1...64))],
        lines: .inspected,
        allows: {
            $0.bringsGoodsBack && ["approved", "goods-in-transit", "received", "refunding"].contains($0.state)
        },
        send: { visit, story, typed in
            let warehouse = typed.answers.text("warehouse") ?? ""
            return try await send(visit, story, typed) {
                InspectGoods(head: $0, orderID: $1, caseID: $2, warehouse: warehouse, lines: typed.inspected)
            }
        })

    private static let extend = CaseDeed(
        name: "extend", permission: .casesDecide, fields: [QueueField("days", .integer(1...30, isRequired: true))],
        allows: { $0.hasClock },
        send: { visit, story, typed in
            let days = typed.answers.number("days") ?? 1
            return try await send(visit, story, typed) {
                ExtendCase(head: $0, orderID: $1, caseID: $2, days: days)
            }
        })

    private static let pause = CaseDeed(
        name: "pause", permission: .casesDecide, allows: { $0.hasClock && !$0.isPaused },
        send: { visit, story, typed in
            try await send(visit, story, typed) { PauseCase(head: $0, orderID: $1, caseID: $2) }
        })

    private static let resume = CaseDeed(
        name: "resume", permission: .casesDecide, allows: { $0.hasClock && $0.isPaused },
        send: { visit, story, typed in
            try await send(visit, story, typed) { ResumeCase(head: $0, orderID: $1, caseID: $2) }
        })

    private static let freight = CaseDeed(
        name: "freight", permission: .casesDecide,
        fields: [
            QueueField("amount", .money(isRequired: true)),
            QueueField("payer", .choice(FreightPayer.allCases.map(\.rawValue))),
        ],
        allows: { $0.found.caseKind == .return && $0.found.endedAt == nil && $0.state != "refunding" },
        send: { visit, story, typed in
            let amount = typed.answers.number("amount") ?? 0
            let payer = typed.answers.text("payer").flatMap(FreightPayer.init(rawValue:)) ?? .buyer
            return try await send(visit, story, typed) {
                ChargeReturnFreight(head: $0, orderID: $1, caseID: $2, amount: amount, payer: payer)
            }
        })

    private static let close = CaseDeed(
        name: "close", permission: .casesDecide, isDangerous: true,
        allows: { ["approved", "goods-in-transit"].contains($0.state) },
        send: { visit, story, typed in
            try await send(visit, story, typed) { CloseCase(head: $0, orderID: $1, caseID: $2) }
        })

    private static let appeal = CaseDeed(
        name: "appeal", permission: .casesDecide,
        allows: { $0.state == "rejected" || $0.found.outcome == CaseOutcome.expired.rawValue },
        send: { visit, story, typed in
            try await send(visit, story, typed) { AppealCase(head: $0, orderID: $1, caseID: $2) }
        })

    private static let note = CaseDeed(
        name: "note", permission: .casesDecide, fields: [QueueField("note", .text(1...1000))], allows: { _ in true },
        send: { visit, story, typed in
            let text = typed.answers.text("note") ?? ""
            return try await send(visit, story, typed) {
                NoteCase(head: $0, orderID: $1, caseID: $2, text: text)
            }
        })

    private static func send(
        _ visit: Visit, _ story: CaseStory, _ typed: CaseAnswers,
        _ make: (CommandHead, OrderID, String) -> some HeadedCommand
    ) async throws -> String {
        let orderID = try QueueWords.orderID(story.found.orderID)
        let caseID = story.found.caseID
        return try await CaseCommands.send(visit, caseID, typed.answers.reason) { make($0, orderID, caseID) }
    }
}
