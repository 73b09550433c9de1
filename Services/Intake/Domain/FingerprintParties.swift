import Contracts

extension IntakeRules {
    /// What tells that two orders go to one phone or address, without showing either.
    ///
    /// Blanks, case and a phone's country code do not matter; what a platform has masked has no fingerprint, a sealed address
    /// has that of the platform's own name for it.
    /// - Returns: `nil` where personal data is not told, and for an order that names neither.
    /// - Source: CONTRACTS, `OrderPlaced.fingerprints`.
    func fingerprints(of address: ChannelOrder.Address?, _ buyer: ChannelOrder.Buyer?) -> Fingerprints? {
        guard let vault = privacy?.vault else { return nil }
        let phone = [address?.phone, buyer?.phone].compactMap { $0.flatMap(Self.plainPhone) }.first
        let place = address.flatMap(Self.plainAddress)
        guard phone != nil || place != nil else { return nil }
        return Fingerprints(
            phone: phone.map { vault.fingerprint(of: "phone/\($0)") },
            address: place.map { vault.fingerprint(of: "address/\($0)") })
    }

    private static func plainPhone(_ text: String) -> String? {
        guard !text.contains("*") else { return nil }
        var digits = text.filter { $0.isASCII && $0.isNumber }
        for code in ["0086", "86"] where digits.count == code.count + 11 && digits.hasPrefix(code) {
            digits.removeFirst(code.count)
        }
        return digits.count >= 7 ? digits : nil
    }

    private static func plainAddress(_ address: ChannelOrder.Address) -> String? {
        if let sealed = address.sealed { return sealed.addressID.map { "\(sealed.scheme)/\($0)" } }
        guard let street = address.street, !street.isEmpty, !street.contains("*") else { return nil }
        let parts = [address.country, address.province, address.city, address.district, street]
        return parts.map { ($0 ?? "").filter { !$0.isWhitespace }.lowercased() }.joined(separator: "/")
    }
}
