import Contracts

/// A figure as a part of the largest one of its column, 0 to 100; whatever is more than nothing is seen.
public func barLength(_ value: Int64, of largest: Int64) -> Int64 {
    guard largest > 0, value > 0 else { return 0 }
    return max(1, Allocation.halfUp(Int128(min(value, largest)) * 100, over: Int128(largest)))
}
