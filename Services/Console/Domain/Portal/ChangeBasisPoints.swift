/// How much more or less something is than it was, in basis points; `nil` where nothing was before.
public func changeBasisPoints(from former: Int64, to now: Int64) -> Int64? {
    Ratio.basisPoints(now - former, of: former)
}
