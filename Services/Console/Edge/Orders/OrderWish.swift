import ConsoleDomain
import Contracts

/// What somebody wants of an order, with all that it needs.
enum OrderWish: Sendable, Equatable {
    case hold
    /// Nil ends all that a person may end.
    case release(HoldKind?)
    case cancel
    case note(String)
    /// Nil takes it off.
    case flag(String?)
    case confirmReceipt
    case extendReceipt(days: Int64)
    case changePrice([LinePrice], freight: Int64?)
    /// Nil gives it to nobody.
    case reassign(String?)

    /// Asks intake for it, with the reason that the form gave.
    ///
    /// - Returns: The command's id.
    func send(_ orderID: OrderID, _ visit: Visit) async throws -> String {
        let desk = visit.tools.commands
        let reason = visit.form.text("reason") ?? ""
        let subject = "order/\(orderID)"
        func ask(_ make: (CommandHead) -> some HeadedCommand) async throws -> String {
            try await desk.send(visit, to: "intake", about: subject, reason: reason, make)
        }
        return switch self {
        case .hold: try await ask { HoldOrder(head: $0, orderID: orderID) }
        case .release(let hold): try await ask { ReleaseOrder(head: $0, orderID: orderID, hold: hold) }
        case .cancel: try await ask { CancelOrder(head: $0, orderID: orderID) }
        case .note(let note): try await ask { NoteOrder(head: $0, orderID: orderID, note: note) }
        case .flag(let flag): try await ask { FlagOrder(head: $0, orderID: orderID, flag: flag) }
        case .confirmReceipt: try await ask { ConfirmReceipt(head: $0, orderID: orderID) }
        case .extendReceipt(let days): try await ask { ExtendReceipt(head: $0, orderID: orderID, days: days) }
        case .changePrice(let lines, let freight):
            try await ask { ChangePrice(head: $0, orderID: orderID, lines: lines, freight: freight) }
        case .reassign(let memberID):
            try await ask { ReassignDistributor(head: $0, orderID: orderID, memberID: memberID) }
        }
    }
}
