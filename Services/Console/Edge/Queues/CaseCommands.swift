import Contracts

/// What may be asked of after-sales for one case.
enum CaseCommands {
    static func approve(
        _ visit: Visit, _ caseID: String, _ order: String, amount: Int64?, reason: String
    ) async throws -> String {
        let orderID = try QueueWords.orderID(order)
        return try await send(visit, caseID, reason) {
            ApproveCase(head: $0, orderID: orderID, caseID: caseID, amount: amount)
        }
    }

    static func reject(_ visit: Visit, _ caseID: String, _ order: String, reason: String) async throws -> String {
        let orderID = try QueueWords.orderID(order)
        return try await send(visit, caseID, reason) { RejectCase(head: $0, orderID: orderID, caseID: caseID) }
    }

    static func send(
        _ visit: Visit, _ caseID: String, _ reason: String, _ make: (CommandHead) -> some HeadedCommand
    ) async throws -> String {
        try await visit.tools.commands.send(
            visit, to: "after-sales", about: "case/\(caseID)", reason: reason, make)
    }
}
