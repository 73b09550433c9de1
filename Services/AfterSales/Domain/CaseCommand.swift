public import Contracts

/// What an operator wants of a case.
public enum CaseCommand: Sendable {
    case approve(ApproveCase)
    case reject(RejectCase)
    case receive(ReceiveGoods)
    case inspect(InspectGoods)
    case close(CloseCase)
    /// Part of the language, not yet carried out here.
    case later(CommandHead, OrderID, caseID: String)

    public var head: CommandHead {
        switch self {
        case .approve(let command): command.head
        case .reject(let command): command.head
        case .receive(let command): command.head
        case .inspect(let command): command.head
        case .close(let command): command.head
        case .later(let head, _, _): head
        }
    }

    public var orderID: OrderID {
        switch self {
        case .approve(let command): command.orderID
        case .reject(let command): command.orderID
        case .receive(let command): command.orderID
        case .inspect(let command): command.orderID
        case .close(let command): command.orderID
        case .later(_, let orderID, _): orderID
        }
    }

    public var caseID: String {
        switch self {
        case .approve(let command): command.caseID
        case .reject(let command): command.caseID
        case .receive(let command): command.caseID
        case .inspect(let command): command.caseID
        case .close(let command): command.caseID
        case .later(_, _, let caseID): caseID
        }
    }
}
