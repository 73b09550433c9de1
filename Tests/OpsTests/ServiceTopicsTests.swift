import Contracts
import Pipeline
import Testing

@testable import AfterSales
@testable import Commission
@testable import Fulfilment
@testable import Intake
@testable import Inventory
@testable import Ops

@Suite("Who listens to what")
struct ServiceTopicsTests {
    private func check<H: Handler>(_ handler: H.Type) throws {
        let listed = try #require(ServiceTopics.all.first { $0.service == H.service })
        #expect(Set(listed.topics) == Set(H.topics), "\(H.service)")
        #expect(Set(listed.referenceTopics) == Set(H.referenceTopics), "\(H.service)")
    }

    @Test func lagLooksAtWhatTheServicesReallyListenTo() throws {
        try check(IntakeHandler.self)
        try check(InventoryHandler.self)
        try check(FulfilmentHandler.self)
        try check(AfterSalesHandler.self)
        try check(CommissionHandler.self)
        #expect(ServiceTopics.all.map(\.service) == Topic.services)
    }
}
