import Pipeline

@main
enum Main {
    static func main() async {
        let migrations = [Migration("V002_inventory", PackageResources.V002_inventory_sql)]
        await ServiceProcess(tables: InventoryTables(), migrations: migrations) { _ in InventoryHandler() }.main()
    }
}
