import Contracts
import IntakeDomain
import Pipeline
import Privacy

/// What intake reads from its environment about personal data.
enum PrivacySettings {
    private static let keyName = "PARTIES_MASTER_KEY"

    /// `PARTIES_MASTER_KEY`: secret, `id:base64` of 32 bytes, several with commas between, the first one wraps new keys.
    /// `PARTIES_RETENTION_DAYS`: 0 to 36500, default 1095: how long parties are kept after the last order of a buyer who
    /// wants to be forgotten.
    ///
    /// - Returns: `nil` when `reader` has found defects.
    static func read(_ reader: inout SettingsReader) -> PrivacyTerms? {
        let text = reader.secret(keyName)
        let days = reader.integer("PARTIES_RETENTION_DAYS", in: 0...36_500, default: 1095)
        guard !text.isEmpty else { return nil }
        do throws(Fault) {
            return PrivacyTerms(vault: Vault(masterKeys: try MasterKeys(text)), retention: .days(Int64(days)))
        } catch {
            reader.defect(keyName, error.reason)
            return nil
        }
    }
}

/// Seals parties with what the environment holds.
struct Vault: PartiesVault {
    let masterKeys: MasterKeys

    var scheme: String { Privacy.BuyerKey.scheme }

    func fingerprint(of text: String) -> String { masterKeys.fingerprint(of: text) }

    func makeKey(of buyerID: String) -> IntakeDomain.BuyerKey {
        let wrapped = masterKeys.makeKey(of: buyerID)
        return IntakeDomain.BuyerKey(masterKeyID: wrapped.masterKeyID, wrappedKey: wrapped.text)
    }

    func seal(_ parties: Parties, under key: IntakeDomain.BuyerKey) throws(Fault) -> String {
        let wrapped = WrappedKey(masterKeyID: key.masterKeyID, text: key.wrappedKey)
        return try masterKeys.open(wrapped, of: parties.buyerID).seal(parties.jsonBytes, of: parties.orderID)
    }
}
