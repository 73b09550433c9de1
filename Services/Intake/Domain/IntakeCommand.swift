public import Contracts

/// What an operator wants of an order.
public struct IntakeCommand: Sendable {
    enum Wish: Sendable {
        case hold, cancel, confirmReceipt
        case release(HoldKind?)
        case note(String)
        case flag(String?)
        case confirmPayment(ConfirmPayment)
        case changePrice(ChangePrice)
        case changeAddress(ChangeAddress)
        case extendReceipt(days: Int64)
        case matchSku(MatchSku)
        case blockBuyer(BlockBuyer)
        case eraseBuyer(EraseBuyer)
        case reassign(memberID: String?)
        case resend(ResendUpdate)
    }

    public let orderID: OrderID
    let wish: Wish
    let head: CommandHead

    /// `nil` when intake has no command of this type.
    static func read(_ type: String, _ json: JSONObject) throws(Fault) -> IntakeCommand? {
        switch type {
        case HoldOrder.type: IntakeCommand(try HoldOrder(json), .hold)
        case ReleaseOrder.type: try reading(ReleaseOrder.self, json) { .release($0.hold) }
        case CancelOrder.type: IntakeCommand(try CancelOrder(json), .cancel)
        case ConfirmReceipt.type: IntakeCommand(try ConfirmReceipt(json), .confirmReceipt)
        case NoteOrder.type: try reading(NoteOrder.self, json) { .note($0.note) }
        case ReassignDistributor.type: try reading(ReassignDistributor.self, json) { .reassign(memberID: $0.memberID) }
        case FlagOrder.type: try reading(FlagOrder.self, json) { .flag($0.flag) }
        case ConfirmPayment.type: try reading(ConfirmPayment.self, json) { .confirmPayment($0) }
        case ChangeAddress.type: try reading(ChangeAddress.self, json) { .changeAddress($0) }
        case ChangePrice.type: try reading(ChangePrice.self, json) { .changePrice($0) }
        case ExtendReceipt.type: try reading(ExtendReceipt.self, json) { .extendReceipt(days: $0.days) }
        case MatchSku.type: try reading(MatchSku.self, json) { .matchSku($0) }
        case BlockBuyer.type: try reading(BlockBuyer.self, json) { .blockBuyer($0) }
        case ResendUpdate.type: try reading(ResendUpdate.self, json) { .resend($0) }
        case EraseBuyer.type: try reading(EraseBuyer.self, json) { .eraseBuyer($0) }
        default: nil
        }
    }

    private static func reading<Command: OrderCommand>(
        _ type: Command.Type, _ json: JSONObject, _ wish: (Command) -> Wish
    ) throws(Fault) -> IntakeCommand {
        let command = try Command(json)
        return IntakeCommand(command, wish(command))
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
extension ResendUpdate: OrderCommand {}
extension ReassignDistributor: OrderCommand {}
extension FlagOrder: OrderCommand {}
extension ConfirmPayment: OrderCommand {}
extension ChangeAddress: OrderCommand {}
extension ChangePrice: OrderCommand {}
extension ExtendReceipt: OrderCommand {}
extension MatchSku: OrderCommand {}
extension BlockBuyer: OrderCommand {}
extension EraseBuyer: OrderCommand {}
