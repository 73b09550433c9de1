/// Ten-thousandths as a decimal number without needless zeros.
public func exactText(of tenThousandths: Int128) -> String {
    let magnitude = tenThousandths.magnitude
    var digits = String(magnitude % 10_000 + 10_000).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return (tenThousandths < 0 ? "-" : "") + "\(magnitude / 10_000)" + (digits.isEmpty ? "" : "." + digits)
}

/// A whole number of smallest units with its point: `-1234.50` of -123450 with two digits.
public func decimalText(_ amount: Int64, digits: Int) -> String {
    let text = String(amount.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
    let sign = amount < 0 ? "-" : ""
    return digits == 0 ? sign + padded : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
}
