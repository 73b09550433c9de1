public import FulfilmentProviders
public import Pipeline

/// Which provider watches parcels that have left; off by default.
public struct TrackingSettings: Sendable {
    /// `TRACKING_PROVIDER`: none, kuaidi100 or kdniao. Its further keys: `TRACKING_URL` (default the provider's own),
    /// `TRACKING_KEY` (secret, required), `TRACKING_BUSINESS_ID` and `TRACKING_QUERY_TYPE` (KDNiao; 8001 or 1002), `TRACKING_CUSTOMER`, `TRACKING_CALLBACK_URL` and `TRACKING_SALT`
    /// (Kuaidi100; the salt is one of `CALLBACK_ACCOUNTS`).
    public let provider: any TrackingProvider
    /// `TRACKING_CALLS_PER_SECOND`, 1 to 100, default 5.
    public let callsPerSecond: Int64

    /// Reads everything; `nil` when it is off or `reader` has found defects.
    public init?(_ reader: inout SettingsReader) {
        let before = reader.defects.count
        let name = reader.word("TRACKING_PROVIDER", of: ["none", "kuaidi100", "kdniao"], default: "none")
        callsPerSecond = Int64(reader.integer("TRACKING_CALLS_PER_SECOND", in: 1...100, default: 5))
        let address = reader.httpAddress(
            "TRACKING_URL", default: name == "kdniao" ? KDNiao.address : Kuaidi100.address)
        let key = reader.optionalSecret("TRACKING_KEY")
        let salt = reader.optionalSecret("TRACKING_SALT")
        let businessID = reader.text("TRACKING_BUSINESS_ID", default: "")
        let customer = reader.text("TRACKING_CUSTOMER", default: "")
        let queryType = reader.word("TRACKING_QUERY_TYPE", of: ["8001", "1002"], default: "8001")
        let callbackURL = reader.text("TRACKING_CALLBACK_URL", default: "")
        guard name != "none" else { return nil }
        if key == nil { reader.defect("TRACKING_KEY", "is missing: \(name) needs it") }
        if name == "kuaidi100" {
            if salt == nil { reader.defect("TRACKING_SALT", "is missing: pushes are signed with it") }
            if callbackURL.isEmpty { reader.defect("TRACKING_CALLBACK_URL", "is missing: where shall it push?") }
        } else if businessID.isEmpty {
            reader.defect("TRACKING_BUSINESS_ID", "is missing: kdniao needs it")
        }
        guard reader.defects.count == before else { return nil }
        let account = TrackingAccount(
            address: address, key: key ?? "", businessID: businessID, callbackURL: callbackURL, salt: salt ?? "",
            customer: customer, queryType: queryType)
        if name == "kdniao" { provider = KDNiao(account) } else { provider = Kuaidi100(account) }
    }
}
