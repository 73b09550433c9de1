import Pipeline

@main
enum Main {
    static func main() async {
        await ServiceProcess(
            tables: InventoryTables(), migrations: InventorySchema.migrations,
            sideWork: { [StockKeeper(ForecastSettings(&$0))] }, handler: { InventoryHandler(calendar: $0) }
        ).main()
    }
}
