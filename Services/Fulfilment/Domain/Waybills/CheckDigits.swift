/// The public rules by which carriers guard their numbers against typing errors.
///
/// - Source: the carriers' label guides as they are widely printed; checked against their examples.
enum CheckDigits {
    /// Each digit times its weight, summed; the remainder by 11, of which 10 counts as 0 (FedEx Express).
    ///
    /// - Parameter weights: From the left, taken round and round.
    static func weighted(_ digits: [Int], by weights: [Int]) -> Int {
        var sum = 0
        for (place, digit) in digits.enumerated() { sum += digit * weights[place % weights.count] }
        return sum % 11 % 10
    }

    /// Digits at even and odd places (from 0) times a multiplier each; what is missing to a full ten.
    static func alternating(_ digits: [Int], even: Int, odd: Int) -> Int {
        var sum = 0
        for (place, digit) in digits.enumerated() { sum += digit * (place.isMultiple(of: 2) ? even : odd) }
        return (10 - sum % 10) % 10
    }

    /// The whole number's remainder by 7 (DHL Express).
    static func remainderBySeven(_ digits: [Int]) -> Int {
        digits.reduce(0) { ($0 * 10 + $1) % 7 }
    }

    /// UPS counts letters too: A is 2, B is 3, … H is 9, I is 0, and so on.
    static func ups(_ characters: some Sequence<UInt8>) -> Int {
        let values = characters.map { byte in
            byte >= UInt8(ascii: "A") ? Int(byte - 3) % 10 : Int(byte - UInt8(ascii: "0"))
        }
        return alternating(values, even: 1, odd: 2)
    }
}
