import Contracts
public import FulfilmentProviders
public import Pipeline

/// Which provider makes electronic waybills; off by default, when the sandbox makes numbers.
public struct LabelSettings: Sendable {
    /// `LABEL_PROVIDER`: none, kuaidi100 or kdniao. Its further keys: `LABEL_URL` (default the provider's own),
    /// `LABEL_KEY` (secret, required), `LABEL_SECRET` (secret, Kuaidi100), `LABEL_BUSINESS_ID` (KDNiao) and
    /// `LABEL_ACCOUNTS` (secret, required: the JSON text of `LabelAccounts`).
    public let provider: any LabelProvider
    /// `LABEL_CALLS_PER_SECOND`, 1 to 100, default 5.
    public let callsPerSecond: Int64

    /// Reads everything; `nil` when it is off or `reader` has found defects.
    public init?(_ reader: inout SettingsReader) {
        let before = reader.defects.count
        let name = reader.word("LABEL_PROVIDER", of: ["none", "kuaidi100", "kdniao"], default: "none")
        callsPerSecond = Int64(reader.integer("LABEL_CALLS_PER_SECOND", in: 1...100, default: 5))
        let address = reader.httpAddress(
            "LABEL_URL", default: name == "kdniao" ? KDNiao.address : Kuaidi100Labels.address)
        let key = reader.optionalSecret("LABEL_KEY")
        let secret = reader.optionalSecret("LABEL_SECRET")
        let businessID = reader.text("LABEL_BUSINESS_ID", default: "")
        let text = reader.optionalSecret("LABEL_ACCOUNTS")
        guard name != "none" else { return nil }
        if key == nil { reader.defect("LABEL_KEY", "is missing: \(name) needs it") }
        if name == "kuaidi100", secret == nil { reader.defect("LABEL_SECRET", "is missing: calls are signed with it") }
        if name == "kdniao", businessID.isEmpty { reader.defect("LABEL_BUSINESS_ID", "is missing: kdniao needs it") }
        let names = name == "kdniao" ? KDNiaoLabels.accountFields : Kuaidi100Labels.accountFields
        guard let accounts = Self.accounts(text, names, &reader), reader.defects.count == before else { return nil }
        provider =
            name == "kdniao"
            ? KDNiaoLabels(address: address, key: key ?? "", businessID: businessID, accounts: accounts)
            : Kuaidi100Labels(address: address, key: key ?? "", secret: secret ?? "", accounts: accounts)
    }

    private static func accounts(
        _ text: String?, _ names: Set<String>, _ reader: inout SettingsReader
    ) -> LabelAccounts? {
        guard let text else {
            reader.defect("LABEL_ACCOUNTS", "is missing: carriers make waybills for accounts")
            return nil
        }
        do throws(Fault) {
            return try LabelAccounts(Array(text.utf8), names: names)
        } catch {
            reader.defect("LABEL_ACCOUNTS", "\(error)")
            return nil
        }
    }
}

extension SettingsReader {
    /// The address of a server, without a stroke at the end.
    mutating func httpAddress(_ key: String, default fallback: String) -> String {
        let address = text(
            key, default: fallback,
            check: { $0.hasPrefix("http://") || $0.hasPrefix("https://") ? nil : "is no address of HTTP" })
        return address.hasSuffix("/") ? String(address.dropLast()) : address
    }
}
