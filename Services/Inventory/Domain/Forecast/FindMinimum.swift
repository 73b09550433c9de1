/// Finds where a function of a few numbers is smallest inside a box: the downhill simplex, points outside moved to its
/// wall.
///
/// - Parameters:
///   - start: Where to begin.
///   - evaluations: At most this often `value` is asked; the search ends before when the simplex has become flat.
///   - value: Of a point; one above the limit it is given may be answered by any number above that.
/// - Source: Nelder and Mead 1965; coefficients 1, 2, ½, ½.
func findMinimum(
    from start: [Double], in box: [ClosedRange<Double>], evaluations: Int, _ value: ([Double], Double) -> Double
) -> [Double] {
    var simplex = Simplex(start, box, value)
    while simplex.evaluations < evaluations, !simplex.isFlat { simplex.step(value) }
    return simplex.best
}

/// Corners and their values, best first.
private struct Simplex {
    private let box: [ClosedRange<Double>]
    private var corners: [(point: [Double], value: Double)]
    private(set) var evaluations: Int

    init(_ start: [Double], _ box: [ClosedRange<Double>], _ value: ([Double], Double) -> Double) {
        self.box = box
        var points = [start]
        for index in start.indices {
            var point = start
            let reach = (box[index].upperBound - box[index].lowerBound) / 5
            point[index] += point[index] + reach <= box[index].upperBound ? reach : -reach
            points.append(point)
        }
        corners = points.map { ($0, value($0, .infinity)) }
        evaluations = corners.count
        sort()
    }

    var best: [Double] { corners[0].point }
    var isFlat: Bool { corners[corners.count - 1].value - corners[0].value <= 1e-9 * abs(corners[0].value) }

    mutating func step(_ value: ([Double], Double) -> Double) {
        let worst = corners[corners.count - 1]
        let centre = box.indices.map { index in
            corners.dropLast().reduce(0) { $0 + $1.point[index] } / Double(corners.count - 1)
        }
        let reflected = evaluate(centre, away: -1, from: worst.point, value)
        if reflected.value < corners[0].value {
            let expanded = evaluate(centre, away: -2, from: worst.point, value)
            return replaceWorst(expanded.value < reflected.value ? expanded : reflected)
        }
        if reflected.value < corners[corners.count - 2].value { return replaceWorst(reflected) }
        let nearer = evaluate(centre, away: reflected.value < worst.value ? -0.5 : 0.5, from: worst.point, value)
        if nearer.value < min(worst.value, reflected.value) { return replaceWorst(nearer) }
        shrink(value)
    }

    /// The point `away` times the way from the centre to another point.
    private mutating func evaluate(
        _ centre: [Double], away: Double, from other: [Double],
        _ value: ([Double], Double) -> Double
    ) -> (point: [Double], value: Double) {
        let point = box.indices.map { index in
            let place = centre[index] + away * (other[index] - centre[index])
            return min(box[index].upperBound, max(box[index].lowerBound, place))
        }
        evaluations += 1
        return (point, value(point, corners[corners.count - 1].value))
    }

    private mutating func shrink(_ value: ([Double], Double) -> Double) {
        let best = corners[0].point
        for index in corners.indices.dropFirst() {
            let point = zip(corners[index].point, best).map { ($0 + $1) / 2 }
            corners[index] = (point, value(point, .infinity))
            evaluations += 1
        }
        sort()
    }

    private mutating func replaceWorst(_ corner: (point: [Double], value: Double)) {
        corners[corners.count - 1] = corner
        sort()
    }

    private mutating func sort() { corners.sort { $0.value < $1.value } }
}
