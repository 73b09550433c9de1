/// Croston's method for demand with many zeros: how much is asked for, and how often, each smoothed by itself.
///
/// - Parameter correction: 1 for Croston's own, 1 − α/2 for Syntetos and Boylan's approximation (SBA).
/// - Source: Croston 1972; Syntetos and Boylan 2005. The first interval counts from before the series.
struct CrostonModel: DemandModel {
    let alpha: Double
    let correction: Double
    private var size: Double?
    private var interval = 0.0
    private var sinceLast = 0.0

    init(alpha: Double, correction: Double = 1) {
        self.alpha = alpha
        self.correction = correction
    }

    mutating func observe(_ value: Double) {
        sinceLast += 1
        guard value != 0 else { return }
        if let size {
            self.size = size + alpha * (value - size)
            interval += alpha * (sinceLast - interval)
        } else {
            (size, interval) = (value, sinceLast)
        }
        sinceLast = 0
    }

    func expect(_ step: Int) -> Double { (size ?? 0) / max(interval, 1) * correction }
}

/// The method of Teunter, Syntetos and Babai: the chance of demand falls with every period without one, so that what is
/// no longer asked for is no longer expected.
///
/// - Source: Teunter, Syntetos and Babai 2011.
struct FadingModel: DemandModel {
    let sizeAlpha: Double
    let chanceAlpha: Double
    private var size: Double?
    private var chance: Double?

    init(sizeAlpha: Double, chanceAlpha: Double) {
        self.sizeAlpha = sizeAlpha
        self.chanceAlpha = chanceAlpha
    }

    mutating func observe(_ value: Double) {
        let happened = value == 0 ? 0.0 : 1.0
        chance = chance.map { $0 + chanceAlpha * (happened - $0) } ?? happened
        guard value != 0 else { return }
        size = size.map { $0 + sizeAlpha * (value - $0) } ?? value
    }

    func expect(_ step: Int) -> Double { (size ?? 0) * (chance ?? 0) }
}
