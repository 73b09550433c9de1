import Contracts

/// Waybill numbers of the sandbox provider: the shapes of the carriers' own numbers, made from the shipment's id alone.
///
/// - Shape: `SF`, `YT` or `JT` and 13 digits, `78` (zto), `77` (sto), `43` (yunda) or `JD` and digits, an S10 express
///   identifier (ems), `1Z` and 16 characters (ups), 12 digits (fedex), 10 digits (dhl).
/// - Source: DESIGN, "Fulfilment": the embedded provider makes real check digits where there is a public rule.
enum SandboxWaybill {
    static let carriers = ["sf", "zto", "yto", "sto", "yunda", "jd", "jt", "ems", "ups", "fedex", "dhl"]
    /// Two shipments may get the same number, S10's eight digits being few; then the next attempt makes another.
    static let maximumAttempts = 4

    /// - Parameter attempt: From 1.
    /// - Returns: `nil` for a carrier of whom the sandbox knows no numbers.
    static func number(of shipmentID: String, carrier: String, attempt: Int = 1) -> String? {
        let seed = attempt == 1 ? shipmentID : "\(shipmentID)#\(attempt)"
        let digest = SHA256.digest(Array("\(carrier)/\(seed)".utf8))
        let hash = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch carrier {
        case "sf": return "SF" + digits(hash, count: 13)
        case "zto": return "78" + digits(hash, count: 12)
        case "yto": return "YT" + digits(hash, count: 13)
        case "sto": return "77" + digits(hash, count: 13)
        case "yunda": return "43" + digits(hash, count: 11)
        case "jd": return "JD" + digits(hash, count: 13)
        case "jt": return "JT" + digits(hash, count: 13)
        case "ems":
            let letter = Character(Unicode.Scalar(UInt8(ascii: "A") + digest[8] % 26))
            return S10.identifier(service: "E\(letter)", serial: Int(hash % 100_000_000), country: "CN")
        case "ups", "fedex", "dhl": return checked(hash, carrier)
        default: return nil
        }
    }

    /// Numbers of the carriers whose last digit guards the others.
    private static func checked(_ hash: UInt64, _ carrier: String) -> String {
        let length = ["ups": 15, "fedex": 11][carrier] ?? 9
        // An account that no shipper has, and ground service; FedEx and DHL begin with no zero.
        let start = ["ups": "TRBTRY03", "fedex": "7"][carrier] ?? "3"
        let body = start + digits(hash, count: length - start.utf8.count)
        let values = body.utf8.map { Int($0) - 48 }
        switch carrier {
        case "ups": return "1Z" + body + String(CheckDigits.ups(body.utf8))
        case "fedex": return body + String(CheckDigits.weighted(values, by: [3, 1, 7]))
        default: return body + String(CheckDigits.remainderBySeven(values))
        }
    }

    /// The first number that is not taken; the last attempt's when all are, which the database then refuses.
    static func freeNumber(of shipmentID: String, carrier: String, isTaken: (String) -> Bool) -> String? {
        for attempt in 1..<maximumAttempts {
            guard let number = number(of: shipmentID, carrier: carrier, attempt: attempt) else { return nil }
            if !isTaken(number) { return number }
        }
        return number(of: shipmentID, carrier: carrier, attempt: maximumAttempts)
    }

    private static func digits(_ hash: UInt64, count: Int) -> String {
        let text = String(hash)
        return text.count < count
            ? String(repeating: "0", count: count - text.count) + text : String(text.suffix(count))
    }
}
