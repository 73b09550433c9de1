/// The timers that inventory sets itself; their keys are SKUs, but for one.
public enum TimerKind {
    static let availability = "availability"
    /// Key: the order.
    static let fillBackorder = "fill-backorder"
    /// Set outside of the lanes, with a new forecast.
    public static let review = "review"
    /// Set outside of the lanes, for all SKUs.
    public static let republish = "republish"
}
