import AfterSalesDomain
import CommissionDomain
import Contracts
import FulfilmentDomain
import IntakeDomain
import InventoryDomain
import Pipeline
import Support

@testable import Ops

/// What all services hold when nobody has anything left to say.
struct HouseEnd {
    let orders: [OrderID: IntakeDomain.Order]
    let stocks: [String: Stock]
    let reservations: [OrderID: Reservation]
    let parcels: [OrderID: FulfilmentDomain.Order]
    let accounts: [OrderID: AfterSalesDomain.OrderAccount]
    let commissions: [OrderID: CommissionOrder]
    /// By account and member, of all journals.
    let balances: [LedgerAccount: Int64]
    /// What no service should have left over.
    let leftovers: [String]

    init(_ house: House) {
        var orders: [OrderID: IntakeDomain.Order] = [:]
        for case .order(let order) in house.intake.database.aggregates.values { orders[order.orderID] = order }
        var stocks: [String: Stock] = [:]
        var reservations: [OrderID: Reservation] = [:]
        for aggregate in house.inventory.database.aggregates.values {
            switch aggregate {
            case .stock(let stock): stocks[stock.sku] = stock
            case .reservation(let reservation): reservations[reservation.orderID] = reservation
            default: break
            }
        }
        var parcels: [OrderID: FulfilmentDomain.Order] = [:]
        for case .order(let order, _) in house.fulfilment.database.aggregates.values { parcels[order.orderID] = order }
        var accounts: [OrderID: AfterSalesDomain.OrderAccount] = [:]
        for case .order(let account) in house.afterSales.database.aggregates.values {
            accounts[account.orderID] = account
        }
        var commissions: [OrderID: CommissionOrder] = [:]
        var balances: [LedgerAccount: Int64] = [:]
        for aggregate in house.commission.database.aggregates.values {
            switch aggregate {
            case .order(let order): commissions[order.placed.orderID] = order
            case .journal(let journal):
                for entry in journal.entries { balances[entry.account, default: 0] += entry.amount }
            default: break
            }
        }
        self.orders = orders
        self.stocks = stocks
        self.reservations = reservations
        self.parcels = parcels
        self.accounts = accounts
        self.commissions = commissions
        self.balances = balances.filter { $0.value != 0 }
        leftovers =
            Self.leftovers(house.intake) + Self.leftovers(house.inventory) + Self.leftovers(house.fulfilment)
            + Self.leftovers(house.afterSales) + Self.leftovers(house.commission)
    }

    private static func leftovers<H: Handler>(_ place: MemoryPlace<H>) -> [String] {
        let unsent = place.unsentCount()
        return place.waiting().map { "\(H.service): \($0) waits" }
            + place.deadLetters().map { "\(H.service): dead letter \($0)" }
            + (unsent > 0 ? ["\(H.service): \(unsent) facts are not sent"] : [])
    }

    /// Apart from when and in which order it came to that.
    var lines: [String] {
        var lines = orders.values.map { order in
            "order \(order.orderID) \(order.state) \(order.stock) \(order.account.refundStatus) "
                + "\(order.cancelReason?.rawValue ?? "-") \(order.attribution?.memberID ?? "-") \(order.account.total) "
                + "\(order.account.paid) \(order.account.refunded)"
        }
        for stock in stocks.values {
            lines += stock.levels.map { "stock \(stock.sku) \($0.key) \($0.value.onHand) \($0.value.reserved)" }
        }
        for shipment in parcels.values.flatMap(\.shipments) {
            lines.append(
                "shipment \(shipment.shipmentID) \(shipment.warehouse) \(shipment.label.carrier) "
                    + "\(shipment.label.waybill) \(shipment.state)")
        }
        for account in accounts.values {
            let cases = account.cases.map { "\($0.kind) \($0.state) \($0.amount)" }
            lines.append(
                "account \(account.orderID) \(account.paid) \(account.refunded) \(account.pending) \(cases)")
        }
        lines += balances.map { "balance \($0.key) \($0.value)" }
        return lines.sorted()
    }
}
