/// Ten-thousandths as a decimal number without needless zeros.
public func exactText(of tenThousandths: Int128) -> String {
    let magnitude = tenThousandths.magnitude
    var digits = String(magnitude % 10_000 + 10_000).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return (tenThousandths < 0 ? "-" : "") + "\(magnitude / 10_000)" + (digits.isEmpty ? "" : "." + digits)
}
