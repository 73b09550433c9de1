import ConsoleEdge
import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: ConsoleTables(), migrations: ConsoleTables.migrations, edge: { ConsoleSite(&$0) },
            setup: { reader in
                let sideWork: [(any SideWork)?] = [RollupWork(), ExportWork(&reader)]
                return ({ ConsoleHandler(calendar: $0) }, sideWork.compactMap(\.self))
            }
        ).main()
    }
}
