import CommissionDomain
import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: CommissionTables(), migrations: CommissionTables.migrations, handler: { _ in CommissionHandler() }
        ).main()
    }
}
