import FulfilmentEdge
import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: FulfilmentTables(), migrations: migrations, edge: { CallbackEdge(&$0) },
            sideWork: { reader in TrackingSettings(&reader).map { TrackingWatcher($0) } },
            configuredHandler: { _ in { FulfilmentHandler(calendar: $0) } }
        ).main()
    }

    static let migrations = [
        Migration("V002_fulfilment", PackageResources.V002_fulfilment_sql),
        Migration("V003_deadlines", PackageResources.V003_deadlines_sql),
        Migration("V004_watches", PackageResources.V004_watches_sql),
        Migration("V005_parcels", PackageResources.V005_parcels_sql),
        Migration("V006_waves", PackageResources.V006_waves_sql),
    ]
}
