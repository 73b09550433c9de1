public import Contracts

/// What people ask of this service.
public enum CommissionCommand: Sendable {
    case settlePeriod(SettlePeriod)
    case requestPayout(RequestPayout)
    case approvePayout(ApprovePayout)
    case rejectPayout(RejectPayout)
    case recordPayee(RecordPayee)
    case verifyPayee(VerifyPayee)
    case erasePayee(ErasePayee)
    case adjust(AdjustCommission)
    case approveAdjustment(ApproveAdjustment)
    case rejectAdjustment(RejectAdjustment)
    case disputeEntry(DisputeEntry)
    case answerDispute(AnswerDispute)
    case releaseEntry(ReleaseEntry)

    /// - Returns: `nil` for a type that is none of these.
    static func read(_ type: String, _ body: JSONObject) throws(Fault) -> CommissionCommand? {
        switch type {
        case SettlePeriod.type: .settlePeriod(try SettlePeriod(body))
        case RequestPayout.type: .requestPayout(try RequestPayout(body))
        case ApprovePayout.type: .approvePayout(try ApprovePayout(body))
        case RejectPayout.type: .rejectPayout(try RejectPayout(body))
        case RecordPayee.type: .recordPayee(try RecordPayee(body))
        case VerifyPayee.type: .verifyPayee(try VerifyPayee(body))
        case ErasePayee.type: .erasePayee(try ErasePayee(body))
        case AdjustCommission.type: .adjust(try AdjustCommission(body))
        case ApproveAdjustment.type: .approveAdjustment(try ApproveAdjustment(body))
        case RejectAdjustment.type: .rejectAdjustment(try RejectAdjustment(body))
        case DisputeEntry.type: .disputeEntry(try DisputeEntry(body))
        case AnswerDispute.type: .answerDispute(try AnswerDispute(body))
        case ReleaseEntry.type: .releaseEntry(try ReleaseEntry(body))
        default: nil
        }
    }

    private var command: any HeadedCommand {
        switch self {
        case .settlePeriod(let command): command
        case .requestPayout(let command): command
        case .approvePayout(let command): command
        case .rejectPayout(let command): command
        case .recordPayee(let command): command
        case .verifyPayee(let command): command
        case .erasePayee(let command): command
        case .adjust(let command): command
        case .approveAdjustment(let command): command
        case .rejectAdjustment(let command): command
        case .disputeEntry(let command): command
        case .answerDispute(let command): command
        case .releaseEntry(let command): command
        }
    }

    var head: CommandHead { command.head }

    /// Whom it is about; `*` for a settlement of everybody.
    var memberID: String { command.key }

    /// The order of an entry; `nil` where no entry is named, or one that is none of an order.
    var orderID: OrderID? {
        let entryID: String
        switch self {
        case .disputeEntry(let command): entryID = command.entryID
        case .answerDispute(let command): entryID = command.entryID
        case .releaseEntry(let command): entryID = command.entryID
        default: return nil
        }
        return entryID.split(separator: "-", maxSplits: 1).first.flatMap { OrderID(String($0)) }
    }
}
