import ArgumentParser
import Contracts
import Foundation

struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Has personal data forgotten.", subcommands: [Buyer.self])

    struct Buyer: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets whom all orders of a buyer are for.",
            discussion: """
                Everybody but intake forgets it at once. The key of the buyer's data is destroyed when the time is over for
                which the merchant has to keep it (PARTIES_RETENTION_DAYS of intake, after the last order), or at once
                with --now. What was decided about the orders stays, and can still be proved.
                """)
        @Option(help: "One of the buyer's orders, by our id.") var order: String
        @Option(help: "channel/externalBuyerId; without it the order's own key, for a buyer without a name.")
        var buyer: String?
        @Option(help: "Why; stands in the record.") var reason: String
        @Option(help: "Who asks; stands in the record.") var actor = "ops"
        @Flag(help: "Does not wait for the time to be over.") var now = false
        @Option(help: "Seconds to wait for intake's answer.") var wait = 30

        func run() throws {
            try Screen.run {
                guard let orderID = OrderID(order) else {
                    throw OpsFailure("--order: '\(order)' is no order's id", status: .usage)
                }
                let command = EraseBuyer(
                    head: CommandHead(actor: actor, reason: reason), orderID: orderID,
                    buyerID: buyer ?? "order/\(orderID.text)", now: now)
                try CommandDesk(OpsEnvironment()).carryOut(command, service: "intake", waitSeconds: wait)
            }
        }
    }
}
