import AfterSalesDomain
import Pipeline

@main
enum Main {
    static func main() async {
        let process = ServiceProcess(tables: AfterSalesTables(), migrations: AfterSalesTables.migrations) { _ in
            AfterSalesHandler()
        }
        await process.main()
    }
}
