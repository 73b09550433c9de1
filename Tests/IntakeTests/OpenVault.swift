import Contracts
import IntakeDomain

@testable import Intake

/// Seals nothing and always makes the same key, so that two runs can be compared and tests can read what was told.
struct OpenVault: PartiesVault {
    let scheme = "open"

    func makeKey(of buyerID: String) -> BuyerKey { BuyerKey(masterKeyID: "test", wrappedKey: "key of \(buyerID)") }

    func fingerprint(of text: String) -> String { "print of \(text)" }

    func seal(_ parties: Parties, under key: BuyerKey) throws(Fault) -> String {
        "\(key.wrappedKey): \(String(decoding: parties.jsonBytes, as: UTF8.self))"
    }
}

extension PrivacyTerms {
    static var sample: PrivacyTerms { PrivacyTerms(vault: OpenVault(), retention: .days(1095)) }
}

extension IntakeHandler {
    static var sample: IntakeHandler { IntakeHandler(calendar: .shanghai, privacy: .sample) }
}
