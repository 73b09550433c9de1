public import Contracts

/// What an operator wants of an order.
public struct IntakeCommand: Sendable {
    enum Wish: Sendable {
        case hold, release, cancel, confirmReceipt
        case note(String)
        case reassign(memberID: String?)
        /// A command of the contract that intake cannot carry out.
        case unavailable
    }

    public let orderID: OrderID
    let wish: Wish
    let head: CommandHead

    /// `nil` when intake has no command of this type.
    static func read(_ type: String, _ json: JSONObject) throws(Fault) -> IntakeCommand? {
        switch type {
        case HoldOrder.type: IntakeCommand(try HoldOrder(json), .hold)
        case ReleaseOrder.type: IntakeCommand(try ReleaseOrder(json), .release)
        case CancelOrder.type: IntakeCommand(try CancelOrder(json), .cancel)
        case ConfirmReceipt.type: IntakeCommand(try ConfirmReceipt(json), .confirmReceipt)
        case NoteOrder.type: try note(json)
        case ReassignDistributor.type: try reassign(json)
        case FlagOrder.type, ConfirmPayment.type, ChangeAddress.type, ChangePrice.type, ExtendReceipt.type,
            MatchSku.type, BlockBuyer.type, EraseBuyer.type:
            IntakeCommand(orderID: try json.orderID(), wish: .unavailable, head: try CommandHead(json))
        default: nil
        }
    }

    private static func note(_ json: JSONObject) throws(Fault) -> IntakeCommand {
        let command = try NoteOrder(json)
        return IntakeCommand(command, .note(command.note))
    }

    private static func reassign(_ json: JSONObject) throws(Fault) -> IntakeCommand {
        let command = try ReassignDistributor(json)
        return IntakeCommand(command, .reassign(memberID: command.memberID))
    }

    private init(_ command: some OrderCommand, _ wish: Wish) {
        self.init(orderID: command.orderID, wish: wish, head: command.head)
    }

    private init(orderID: OrderID, wish: Wish, head: CommandHead) {
        self.orderID = orderID
        self.wish = wish
        self.head = head
    }
}

/// The commands that name one order.
private protocol OrderCommand: HeadedCommand {
    var orderID: OrderID { get }
}

extension HoldOrder: OrderCommand {}
extension ReleaseOrder: OrderCommand {}
extension CancelOrder: OrderCommand {}
extension ConfirmReceipt: OrderCommand {}
extension NoteOrder: OrderCommand {}
extension ReassignDistributor: OrderCommand {}
