import CommissionDomain
import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: CommissionTables(),
            migrations: [Migration("V002_commission", PackageResources.V002_commission_sql)],
            handler: { _ in CommissionHandler() }
        ).main()
    }
}
