import Contracts
import Kafka
import Testing

@testable import Ops

@Suite("The demo's script")
struct DemoScriptTests {
    private static let purchases = (1...400).compactMap { number in
        let customer = 10_000 + number % 90
        return Purchase(
            "\(customer) 1997\(number % 2 == 0 ? "0101" : "0630") \(1 + number % 7) \(number % 97).\(10 + number % 90)",
            number: number)
    }

    private func script(seed: UInt64 = 1) -> DemoScript { DemoScript(Self.purchases, seed: seed) }

    private func all(_ script: DemoScript) -> [OutgoingRecord] {
        script.references + script.stock + script.orderRecords + script.laterPayments + script.latePayments
            + script.secondThoughts + script.returns
    }

    @Test func isTheSameForTheSameSeed() {
        #expect(Self.purchases.count == 400)
        #expect(all(script()) == all(script()))
    }

    @Test func isAnotherForAnotherSeed() {
        #expect(script(seed: 1).orders.map(\.fate) != script(seed: 2).orders.map(\.fate))
    }

    @Test func givesEveryOrderTheMoneyOfItsPurchase() throws {
        for (order, record) in zip(script().orders, script().orders.map { $0.order(seed: 1) }) {
            let read = try ChannelOrder(JSONDocument.object(record.value ?? []))
            #expect(read.total == order.purchase.cents)
            #expect(read.lines.map(\.quantity) == [order.purchase.pieces])
            #expect(read.calculatedTotal == Int128(order.purchase.cents))
        }
    }

    @Test func publishesNothingTheContractsRefuse() throws {
        for record in all(script()) {
            let body = try JSONDocument.object(record.value ?? [])
            switch record.topic {
            case Topic.channelOrders.name where record.headers.contains { $0.value == Array(ChannelOrder.type.utf8) }:
                _ = try ChannelOrder(body)
            case Topic.channelOrders.name: _ = try ChannelOrderCancel(body)
            case Topic.channelPayments.name: _ = try ChannelPayment(body)
            case Topic.channelAfterSales.name: _ = try AfterSalesRequest(body)
            case Topic.catalogChannels.name: _ = try CatalogChannel(body)
            case Topic.catalogItems.name: _ = try CatalogItem(body)
            case Topic.catalogWarehouses.name: _ = try CatalogWarehouse(body)
            case Topic.distributionMembers.name: _ = try DistributionMember(body)
            case Topic.distributionBindings.name: _ = try DistributionBinding(body)
            case Topic.distributionPlans.name: _ = try DistributionPlan(body)
            case Topic.warehouseMovements.name: _ = try WarehouseMovement(body)
            default: Issue.record("nobody reads \(record.topic)")
            }
        }
    }

    @Test func drawsEveryFate() {
        #expect(Set(script().orders.map(\.fate)) == Set(DemoFate.allCases))
    }

    @Test func namesEachMessageOnce() {
        let ids = all(script()).compactMap { record in record.headers.first { $0.name == "ce_id" }?.value }
        #expect(Set(ids).count == all(script()).count)
    }
}
