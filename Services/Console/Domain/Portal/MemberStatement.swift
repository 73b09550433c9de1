/// What a member had, got and gave away in one month, in one currency.
///
/// - Units: minor units; amounts as they move the balance, so what is taken away is negative.
/// - Source: README of commission, "Settlement":
///   opening + matured - reversed + adjusted - paid out + team bonus = payable.
public struct MemberStatement: Sendable, Equatable {
    /// What can be withdrawn.
    public private(set) var opening: Int64 = 0
    public private(set) var matured: Int64 = 0
    public private(set) var reversed: Int64 = 0
    public private(set) var adjusted: Int64 = 0
    public private(set) var teamBonus: Int64 = 0
    /// Set aside for payouts, less what came back.
    public private(set) var paidOut: Int64 = 0

    /// What cannot be withdrawn yet.
    public private(set) var frozenOpening: Int64 = 0
    public private(set) var accrued: Int64 = 0
    public private(set) var reversedFrozen: Int64 = 0

    public var closing: Int64 { opening + matured + reversed + adjusted + teamBonus + paidOut }
    public var frozenClosing: Int64 { frozenOpening + accrued + reversedFrozen - matured }

    /// The sum of a member's entries of one kind.
    public struct Movement: Sendable, Equatable {
        public let kind: StatementEntry.Kind
        /// From before the month.
        public let isEarlier: Bool
        /// Of what comes back: after it had matured.
        public let isAfterMaturity: Bool
        public let amount: Int64

        public init(_ kind: StatementEntry.Kind, isEarlier: Bool, isAfterMaturity: Bool, amount: Int64) {
            self.kind = kind
            self.isEarlier = isEarlier
            self.isAfterMaturity = isAfterMaturity
            self.amount = amount
        }
    }

    public init(_ movements: [Movement]) {
        for movement in movements {
            if movement.isEarlier { open(movement) } else { add(movement) }
        }
    }

    private mutating func open(_ movement: Movement) {
        switch movement.kind {
        case .accrued: frozenOpening += movement.amount
        case .matured:
            frozenOpening -= movement.amount
            opening += movement.amount
        case .reversed where !movement.isAfterMaturity: frozenOpening += movement.amount
        case .reversed, .adjusted, .settled, .payoutRequested, .payoutFailed: opening += movement.amount
        case .payoutPaid: break
        }
    }

    private mutating func add(_ movement: Movement) {
        switch movement.kind {
        case .accrued: accrued += movement.amount
        case .matured: matured += movement.amount
        case .reversed where movement.isAfterMaturity: reversed += movement.amount
        case .reversed: reversedFrozen += movement.amount
        case .adjusted: adjusted += movement.amount
        case .settled: teamBonus += movement.amount
        case .payoutRequested, .payoutFailed: paidOut += movement.amount
        case .payoutPaid: break
        }
    }
}
