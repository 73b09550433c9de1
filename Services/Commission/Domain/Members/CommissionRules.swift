public import Contracts

/// What the mall has settled about commission beside its plans.
public struct CommissionRules: Sendable {
    public var calendar: BusinessCalendar
    public var tax: TaxPolicy
    /// An adjustment above it, in minor units, needs a second person.
    public var adjustmentLimit: Int64
    /// How long a changed payee waits.
    public var payeeWait: Duration

    public init(
        calendar: BusinessCalendar = .shanghai, tax: TaxPolicy = .off, adjustmentLimit: Int64 = 10_000,
        payeeWait: Duration = .hours(24)
    ) {
        self.calendar = calendar
        self.tax = tax
        self.adjustmentLimit = adjustmentLimit
        self.payeeWait = payeeWait
    }
}
