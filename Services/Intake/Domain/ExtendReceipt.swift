import Contracts

extension OrderStep {
    static let mostExtraDays: Int64 = 180

    /// Gives the buyer more days before receipt is taken for granted, also while the clock stands still.
    ///
    /// - Returns: Why not, or `nil`.
    mutating func extendReceipt(byDays days: Int64) -> String? {
        guard order.terms.clocks == .own else { return "the platform has the clock of this channel" }
        guard case .legal = order.state.after(.prolonged) else { return order.state.refusal(of: .prolonged) }
        guard (1...Self.mostExtraDays).contains(days) else { return "\(days) days are not 1 to \(Self.mostExtraDays)" }
        switch order.receipt {
        case .idle: return "no clock is running"
        case .running(let due):
            order.receipt = .running(due: due + .days(days))
            set(.autoReceipt, due: due + .days(days))
        case .paused(let left): order.receipt = .paused(left: left + .days(days))
        }
        return nil
    }
}
