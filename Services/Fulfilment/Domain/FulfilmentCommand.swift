public import Contracts

/// What operators may ask of fulfilment.
public enum FulfilmentCommand: Equatable, Sendable {
    case dispatch(DispatchShipment)
    case cancel(CancelShipment)
    case replan(ReplanOrder)
    case split(SplitShipment)
    case reassign(ReassignCarrier)
    case merge(MergeShipments)
    case release(ReleaseWave)

    static func read(_ type: String, _ body: JSONObject) throws(Fault) -> FulfilmentCommand? {
        switch type {
        case DispatchShipment.type: return .dispatch(try DispatchShipment(body))
        case CancelShipment.type: return .cancel(try CancelShipment(body))
        case ReplanOrder.type: return .replan(try ReplanOrder(body))
        case MergeShipments.type: return .merge(try MergeShipments(body))
        case SplitShipment.type: return .split(try SplitShipment(body))
        case ReassignCarrier.type: return .reassign(try ReassignCarrier(body))
        case ReleaseWave.type: return .release(try ReleaseWave(body))
        default: return nil
        }
    }

    public var head: CommandHead {
        switch self {
        case .dispatch(let command): command.head
        case .cancel(let command): command.head
        case .replan(let command): command.head
        case .split(let command): command.head
        case .reassign(let command): command.head
        case .merge(let command): command.head
        case .release(let command): command.head
        }
    }

    public var orderID: OrderID {
        switch self {
        case .dispatch(let command): command.orderID
        case .cancel(let command): command.orderID
        case .replan(let command): command.orderID
        case .split(let command): command.orderID
        case .reassign(let command): command.orderID
        case .merge(let command): command.orderID
        case .release(let command): command.orderID
        }
    }
}
