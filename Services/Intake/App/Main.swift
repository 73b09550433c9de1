import Pipeline

@main
enum Main {
    static func main() async {
        let migrations = [
            Migration("V002_intake", PackageResources.V002_intake_sql),
            Migration("V003_by_hand", PackageResources.V003_by_hand_sql),
        ]
        await ServiceProcess(tables: IntakeTables(), migrations: migrations) { IntakeHandler(calendar: $0) }.main()
    }
}
