import Contracts

extension OrderStep {
    /// Holds every further order of the order's buyer, or ends that; orders that are here already stay as they are.
    ///
    /// - Returns: Why not, or `nil`.
    mutating func blockBuyer(_ command: BlockBuyer, _ record: BuyerRecord?) -> String? {
        guard command.buyerID == order.placed.buyerID else { return "the order is of another buyer" }
        var record = record ?? BuyerRecord(buyerID: command.buyerID)
        guard record.isBlocked != command.blocked else {
            return command.blocked ? "the buyer is blocked already" : "the buyer is not blocked"
        }
        record.isBlocked = command.blocked
        also(IntakeChange(.buyer(command.buyerID), .buyer(record)))
        return nil
    }
}
