public import Contracts

/// What an operator wants of a case.
public enum CaseCommand: Sendable {
    case approve(ApproveCase)
    case reject(RejectCase)
    case receive(ReceiveGoods)
    case inspect(InspectGoods)
    case close(CloseCase)
    case extend(ExtendCase)
    case appeal(AppealCase)
    case chargeFreight(ChargeReturnFreight)
    case note(NoteCase)
    case pause(PauseCase)
    case resume(ResumeCase)

    public var head: CommandHead {
        switch self {
        case .approve(let command): command.head
        case .reject(let command): command.head
        case .receive(let command): command.head
        case .inspect(let command): command.head
        case .close(let command): command.head
        case .extend(let command): command.head
        case .appeal(let command): command.head
        case .chargeFreight(let command): command.head
        case .note(let command): command.head
        case .pause(let command): command.head
        case .resume(let command): command.head
        }
    }

    public var orderID: OrderID {
        switch self {
        case .approve(let command): command.orderID
        case .reject(let command): command.orderID
        case .receive(let command): command.orderID
        case .inspect(let command): command.orderID
        case .close(let command): command.orderID
        case .extend(let command): command.orderID
        case .appeal(let command): command.orderID
        case .chargeFreight(let command): command.orderID
        case .note(let command): command.orderID
        case .pause(let command): command.orderID
        case .resume(let command): command.orderID
        }
    }

    public var caseID: String {
        switch self {
        case .approve(let command): command.caseID
        case .reject(let command): command.caseID
        case .receive(let command): command.caseID
        case .inspect(let command): command.caseID
        case .close(let command): command.caseID
        case .extend(let command): command.caseID
        case .appeal(let command): command.caseID
        case .chargeFreight(let command): command.caseID
        case .note(let command): command.caseID
        case .pause(let command): command.caseID
        case .resume(let command): command.caseID
        }
    }
}
