import Contracts
import FulfilmentDomain
import FulfilmentEdge
import FulfilmentProviders
import Pipeline
import Privacy

/// What fulfilment reads about the providers it calls, and what it does beside its lanes.
struct ProviderSettings {
    private static let keyName = "PARTIES_MASTER_KEY"

    let labels: LabelSettings?
    private let tracking: TrackingSettings?
    /// `CARRIER_TARIFFS`, or `…_FILE`: what carriers take and promise, `{"tariffs": [ … ]}`; the sandbox's own by default.
    /// It holds as long as `catalog.carriers.v1` tells of no active carrier.
    private(set) var tariffs = CarrierTariff.sandbox
    /// `PARTIES_MASTER_KEY`: secret, intake's; required with a label provider. Without a provider nothing personal is kept.
    let parties: PartiesReader?

    init(_ reader: inout SettingsReader) {
        labels = LabelSettings(&reader)
        tracking = TrackingSettings(&reader)
        if let table = reader.optionalSecret(
            "CARRIER_TARIFFS", "until catalog.carriers.v1 has an active carrier; default the sandbox's")
        {
            do throws(Fault) {
                tariffs = try CarrierTariff.table(Array(table.utf8))
            } catch {
                reader.defect("CARRIER_TARIFFS", "\(error)")
            }
        }
        let text = reader.optionalSecret(Self.keyName)
        guard let text, labels != nil || tracking != nil else {
            if labels != nil { reader.defect(Self.keyName, "is missing: labels need to know who receives") }
            parties = nil
            return
        }
        do throws(Fault) {
            parties = PartiesReader(masterKeys: try MasterKeys(text))
        } catch {
            reader.defect(Self.keyName, error.reason)
            parties = nil
        }
    }

    var labelledCarriers: Set<String> { labels?.provider.carriers ?? [] }

    var sideWork: [any SideWork] {
        var work: [any SideWork] = [TransitKeeper()]
        if let labels, let parties { work.append(LabelCaller(labels, parties: parties)) }
        if let tracking { work.append(TrackingWatcher(tracking, parties: parties)) }
        return work
    }
}
