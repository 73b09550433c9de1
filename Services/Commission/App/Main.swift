import CommissionDomain
import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: CommissionTables(), migrations: CommissionTables.migrations,
            setup: { reader in
                let settings = CommissionSettings(&reader)
                return (
                    { CommissionHandler(rules: settings.rules($0)) }, [PeriodCloser(), SalesWatch(settings.signals)]
                )
            }
        ).main()
    }
}
