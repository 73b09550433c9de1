import AfterSalesDomain
import CommissionDomain
import Contracts
import FulfilmentDomain
import IntakeDomain
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Ops

/// Whatever overtakes what: each order ends in one outcome, and all services agree on it.
@Suite("Races of orders under delays, duplicates and deaths")
struct RaceTests {
    @Test(arguments: 1...16)
    func eachEndsInOneOutcome(seed: UInt64) throws {
        let (end, race, house) = try run(seed: seed)
        #expect(end.leftovers == [])
        #expect(end.orders.count == race.script.orders.count)
        for (orderID, order) in end.orders {
            check(orderID, order, end)
            if order.state != .completed, order.state != .cancelled {
                Issue.record("\(orderID) has met no end: \(house.story(of: orderID, order.placed.externalOrderID))")
            }
        }
        for stock in end.stocks.values {
            for (warehouse, level) in stock.levels {
                #expect(level.reserved == 0, "\(stock.sku) in \(warehouse) still has pieces set aside")
            }
        }
        #expect(piecesOutside(end, race) == end.stocks.mapValues { _ in 0 })
        #expect(end.balances.values.reduce(0, +) == 0)
        #expect(house.deaths > 10 && house.duplicates > 10 && house.lateRecords > 10, "too calm to mean anything")
    }

    /// All kinds of ends are met, or the race would not be one.
    @Test func meetsEveryKindOfEnd() throws {
        var reasons: Set<String> = []
        for seed: UInt64 in 1...6 {
            for order in try run(seed: seed).end.orders.values { reasons.insert(order.cancelReason?.rawValue ?? "-") }
        }
        #expect(reasons.isSuperset(of: ["-", "payment-timeout", "buyer", "operator", "no-stock", "refunded"]))
    }

    private func run(seed: UInt64) throws -> (end: HouseEnd, race: Race, house: House) {
        let house = try House(seed: seed, .storm)
        var race = Race(orders: 40, seed: seed, start: house.clock.now + .minutes(20))
        func act(_ records: [OutgoingRecord]) throws {
            house.publish(records)
            try house.settle { try race.hear($0, at: house.clock.now) + race.due(at: house.clock.now) }
        }
        try act(race.script.references)
        try act(race.stock)
        let over = house.clock.now + Race.length
        while house.clock.now < over {
            house.clock.advance(by: .minutes(4))
            try house.run(rounds: 6) { try race.hear($0, at: house.clock.now) + race.due(at: house.clock.now) }
        }
        try act([])
        for _ in 0..<25 {
            house.clock.advance(by: .hours(12))
            try act([])
        }
        for _ in 0..<12 where !race.unfinished.isEmpty {
            house.clock.advance(by: .days(4))
            try act([])
        }
        // Commission matures after the last receipt.
        house.clock.advance(by: .days(30))
        try act([])
        return (HouseEnd(house), race, house)
    }

    private func check(_ orderID: OrderID, _ order: IntakeDomain.Order, _ end: HouseEnd) {
        guard let account = end.accounts[orderID], let parcels = end.parcels[orderID],
            let commission = end.commissions[orderID], let reservation = end.reservations[orderID]
        else {
            Issue.record("\(orderID) is not known everywhere")
            return
        }
        #expect(account.pending == 0, "\(orderID): money is still on its way back")
        #expect(account.refunded <= account.paid, "\(orderID): more was paid back than came")
        #expect(account.paid == order.account.paid + order.account.excess, "\(orderID): payments are counted otherwise")
        #expect(account.cases.allSatisfy { $0.outcome != nil }, "\(orderID): a case is open")
        #expect(
            parcels.stops.map(\.asker) == (order.holds.isEmpty ? [] : ["hold"]),
            "\(orderID): its parcels are held back otherwise than it")
        #expect(reservation.openHoldings.isEmpty, "\(orderID): stock is set aside for nothing")
        let out = parcels.shipments.filter { $0.hasLeft && $0.state != .returned }
        let kept = account.paid - account.refunded
        let legs = [commission.accrual].compactMap(\.self) + commission.formerAccruals
        let earned = legs.flatMap(\.legs).reduce(0) { $0 + $1.rest }
        switch order.state {
        case .cancelled:
            #expect(kept == 0, "\(orderID): \(kept) was kept for a cancelled order")
            #expect(out.isEmpty, "\(orderID): goods of a cancelled order are with the buyer")
            #expect(earned == 0, "\(orderID): commission was earned with a cancelled order")
        case .completed:
            #expect(out.allSatisfy { $0.state == .delivered }, "\(orderID): completed before it was delivered")
            let refunded = account.cases.reduce(0) { $0 + ($1.outcome == .refunded ? $1.amount : 0) }
            #expect(kept == order.account.total - refunded, "\(orderID): kept \(kept) of \(order.account.total)")
            if refunded == 0, order.attribution != nil {
                let chain = order.attribution?.chain.count ?? 0
                let paid = order.placed.lines.reduce(0) { $0 + $1.paid }
                let expected = [1000, 500, 200].prefix(chain).reduce(Int64(0)) { $0 + (paid * $1 + 5000) / 10_000 }
                #expect(earned == expected, "\(orderID): commission on \(paid)")
            }
            if refunded >= order.account.total { #expect(earned == 0, "\(orderID): commission on nothing") }
        default: break
        }
    }

    /// By SKU: what came in, less what lies there, less what buyers have; 0 unless pieces got lost or were invented.
    private func piecesOutside(_ end: HouseEnd, _ race: Race) -> [String: Int64] {
        var rest = race.received
        for stock in end.stocks.values {
            for level in stock.levels.values { rest[stock.sku, default: 0] -= level.onHand }
        }
        for (orderID, order) in end.parcels {
            for line in order.shipments.filter(\.hasLeft).flatMap(\.lines) {
                rest[line.sku, default: 0] -= line.quantity
            }
            for file in end.accounts[orderID]?.cases ?? [] where file.isInspected {
                for line in file.lines { rest[line.sku, default: 0] += line.quantity }
            }
        }
        return rest
    }
}
