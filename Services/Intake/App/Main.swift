import IntakeEdge
import Pipeline

@main
enum Main {
    static func main() async {
        let migrations = [
            Migration("V002_intake", PackageResources.V002_intake_sql),
            Migration("V003_snapshots", PackageResources.V003_snapshots_sql),
            Migration("V004_by_hand", PackageResources.V004_by_hand_sql),
        ]
        await ServiceProcess(
            tables: IntakeTables(), migrations: migrations,
            edge: { ChannelEdge(&$0, native: NativeOrders.externalOrderID) },
            handler: { IntakeHandler(calendar: $0) }
        ).main()
    }
}
