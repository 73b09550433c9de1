import FulfilmentDomain
import FulfilmentEdge
import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: FulfilmentTables(), migrations: migrations, edge: { CallbackEdge(&$0) },
            setup: { reader in
                let providers = ProviderSettings(&reader)
                return (
                    {
                        FulfilmentHandler(
                            rules: FulfilmentRules(
                                calendar: $0, labelledCarriers: providers.labelledCarriers, tariffs: providers.tariffs),
                            keepsParties: providers.parties != nil)
                    }, providers.sideWork
                )
            }
        ).main()
    }

    static let migrations = [
        Migration("V002_fulfilment", PackageResources.V002_fulfilment_sql),
        Migration("V003_deadlines", PackageResources.V003_deadlines_sql),
        Migration("V004_watches", PackageResources.V004_watches_sql),
        Migration("V005_parcels", PackageResources.V005_parcels_sql),
        Migration("V006_waves", PackageResources.V006_waves_sql),
        Migration("V007_labels", PackageResources.V007_labels_sql),
        Migration("V008_packing", PackageResources.V008_packing_sql),
        Migration("V009_carriers", PackageResources.V009_carriers_sql),
    ]
}
