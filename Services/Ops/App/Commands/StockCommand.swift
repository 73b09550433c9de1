import ArgumentParser
import Contracts
import Foundation
import Postgres

struct StockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "Shows all that is known of a SKU's stock.",
        discussion: """
            Levels by warehouse, limits of channels, what is on order, who holds and who waits, the last movements, the
            forecast with a plot of demand, and what to buy next.
            """)
    @Argument(help: "The SKU.") var sku: String
    @Flag(help: "One line of JSON.") var json = false

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let connection = try Administrator(environment).connect("inventory")
            defer { connection.close() }
            let zone = environment["BUSINESS_TIME_ZONE"] ?? BusinessCalendar.shanghai.timeZoneIdentifier
            guard let report = try StockReport(sku, timeZone: zone, connection) else {
                throw OpsFailure("\(sku) was never stocked", status: .data)
            }
            print(json ? String(decoding: report.jsonBytes, as: UTF8.self) : report.text)
        }
    }
}
