import IntakeEdge
import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: IntakeTables(), migrations: migrations,
            edge: { ChannelEdge(&$0, native: NativeOrders.externalOrderID) },
            setup: { reader in
                let privacy = PrivacySettings.read(&reader)
                return ({ IntakeHandler(calendar: $0, privacy: privacy) }, [])
            }
        ).main()
    }

    static let migrations = [
        Migration("V002_intake", PackageResources.V002_intake_sql),
        Migration("V003_snapshots", PackageResources.V003_snapshots_sql),
        Migration("V004_by_hand", PackageResources.V004_by_hand_sql),
        Migration("V005_privacy", PackageResources.V005_privacy_sql),
        Migration("V006_updates", PackageResources.V006_updates_sql),
    ]
}
