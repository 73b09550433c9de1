/// What a member has in one currency.
public struct MemberBalance: Sendable, Equatable {
    /// 待结算(冻结).
    public let frozen: Int64
    /// 可提现; below 0 it is a debt.
    public let withdrawable: Int64
    /// On its way to the member.
    public let inPayout: Int64
    /// 已解冻, all that has ever matured.
    public let matured: Int64
    /// 已冲回, all that was ever taken back.
    public let reversed: Int64

    public init(frozen: Int64, withdrawable: Int64, inPayout: Int64, matured: Int64, reversed: Int64) {
        self.frozen = frozen
        self.withdrawable = withdrawable
        self.inPayout = inPayout
        self.matured = matured
        self.reversed = reversed
    }

    public var available: Int64 { max(0, withdrawable) }
    /// 欠款待抵扣.
    public var debt: Int64 { max(0, -withdrawable) }
}
