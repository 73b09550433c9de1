import Contracts
import Support
import Testing

@testable import FulfilmentDomain

/// What the catalogue says of carriers, and what that does to the choice.
@Suite("Choosing among the catalogue's carriers")
struct CarriersTests {
    private static let rules = FulfilmentRules(calendar: .shanghai)

    private static func known(_ records: CatalogCarrier..., at moment: Instant = .sample) -> Carriers {
        var carriers = Carriers()
        for record in records {
            var history = carriers.history(of: record.carrier)
            history.put(record, from: record.effectiveFrom ?? moment)
            carriers.put(history)
        }
        return carriers
    }

    private static func choice(
        _ carriers: Carriers, grams: Int64 = 1000, _ zone: CatalogCarrier.Zone = .sameProvince,
        at moment: Instant = .sample, by rules: FulfilmentRules = rules
    ) -> String {
        let (carrier, days) = rules.carrier(forGrams: grams, zone, carriers, at: moment)
        return "\(carrier) \(days.map(String.init) ?? "-")"
    }

    @Test func oneActiveCarrierTakesThePlaceOfTheSettingsTable() {
        #expect(Self.choice(Carriers()) == "yto 2")
        #expect(Self.choice(Self.known(.sample(firstKilogram: 99_999))) == "sto 3", "also a dear one")
    }

    @Test func whoIsNotActiveOrNotYetIsNotChosen() {
        let dear = CatalogCarrier.sample(carrier: "sf", firstKilogram: 900, promiseDays: 1)
        #expect(Self.choice(Self.known(dear, .sample())) == "sto 3")
        #expect(Self.choice(Self.known(dear, .sample(active: false))) == "sf 1")
        let later = Self.known(dear, .sample(effectiveFrom: .sample + .days(1)))
        #expect(Self.choice(later) == "sf 1")
        #expect(Self.choice(later, at: .sample + .days(1) + .milliseconds(-1)) == "sf 1")
        #expect(Self.choice(later, at: .sample + .days(1)) == "sto 3")
    }

    @Test func withoutAnActiveOneTheSettingsTableHoldsAgain() {
        #expect(Self.choice(Self.known(.sample(active: false))) == "yto 2")
        #expect(Self.choice(Self.known(.sample(effectiveFrom: .sample + .days(1)))) == "yto 2")
    }

    @Test func theNewestVersionThatHasBegunCounts() {
        let carriers = Self.known(
            .sample(promiseDays: 3), .sample(promiseDays: 5, effectiveFrom: .sample + .days(2)),
            .sample(promiseDays: 4, effectiveFrom: .sample + .days(1)))
        let days = (0...3).map { Self.choice(carriers, at: .sample + .days($0)) }
        #expect(days == ["sto 3", "sto 4", "sto 5", "sto 5"])
        #expect(carriers.changes(after: .sample) == [.sample + .days(1), .sample + .days(2)])
    }

    /// Where nobody goes it is still one of the mall's own carriers, without a promise; people may give it to another.
    @Test func aCarrierThatIsNotActiveIsNotEvenTheLastResort() {
        let carriers = Self.known(.sample(), .sample(carrier: "ems", active: false))
        #expect(Self.choice(carriers, .remote) == "sto -")
        #expect(Self.choice(carriers, grams: 30_001) == "sto -")
        #expect(Self.choice(Carriers(), .remote) == "ems 7")
    }

    @Test func onlyThoseWithAnAccountAreGivenParcels() {
        let labelled = FulfilmentRules(calendar: .shanghai, labelledCarriers: ["sf", "zto"])
        let carriers = Self.known(.sample(), .sample(carrier: "sf", firstKilogram: 900, promiseDays: 1))
        #expect(Self.choice(carriers) == "sto 3")
        #expect(Self.choice(carriers, by: labelled) == "sf 1")
        #expect(Self.choice(carriers, .remote, by: labelled) == "sf -")
    }

    @Test func historyIsReadBack() throws {
        let history = Self.known(.sample(), .sample(promiseDays: 9, effectiveFrom: .sample + .days(1))).histories[0]
        #expect(try CarrierHistory(JSONDocument.object(history.jsonBytes)) == history)
    }

    @Test func theOldestVersionsGo() {
        var history = CarrierHistory(carrier: "sto")
        for day in 0...Int64(CarrierHistory.maximumVersions) {
            history.put(.sample(), from: .sample + .days(day))
        }
        #expect(history.versions.count == CarrierHistory.maximumVersions)
        #expect(history.version(at: .sample) == nil)
    }

    @Test func theSameAgainChangesNothingAndAnEndHolds() throws {
        var domain = DomainState(.sample(quantities: [2], phase: .placed))
        let told = FulfilmentMessage.carrier(.sample(), recordedAt: .sample)
        #expect(domain.keys(of: told) == [.carriers])
        #expect(try !domain.take(told).changesNothing)
        #expect(try domain.take(told).changesNothing)
        let end = FulfilmentMessage.carrierEnded("sto", at: .sample + .hours(1))
        #expect(try !domain.take(end).changesNothing)
        #expect(try domain.take(end).changesNothing)
        #expect(try domain.take(.carrierEnded("sf", at: .sample)).changesNothing)
        #expect(Self.choice(domain.state.carriers, at: .sample + .minutes(59)) == "sto 3")
        #expect(Self.choice(domain.state.carriers, at: .sample + .hours(1)) == "yto 2")
    }

    @Test func anEndTakesBackWhatWasToComeAsWell() throws {
        var domain = DomainState(.sample())
        try domain.take(.carrier(.sample(effectiveFrom: .sample + .days(1)), recordedAt: .sample))
        try domain.take(.carrierEnded("sto", at: .sample))
        #expect(Self.choice(domain.state.carriers, at: .sample + .days(2)) == "yto 2")
    }

    /// Which carrier it will be depends on when it is decided: the numbers of both are looked up.
    @Test func numbersOfWhoeverMayBeChosenAreLookedUp() throws {
        var domain = DomainState(.sample(quantities: [2], phase: .placed))
        try domain.take(.carrier(.sample(effectiveFrom: .sample + .hours(1)), recordedAt: .sample))
        let message = PlanningTests.confirmed(2)
        let shipmentID = "\(OrderID.sample)-S1"
        let keys = domain.keys(of: message)
        #expect(keys.contains(.carriers))
        for carrier in ["yto", "sto"] {
            let number = try #require(SandboxWaybill.number(of: shipmentID, carrier: carrier))
            #expect(keys.contains(.waybill(carrier, number)), "\(carrier)")
        }
        try domain.take(message, at: .sample + .hours(1))
        #expect(domain.order.shipments.map(\.label.carrier) == ["sto"])
    }

    @Test func anotherCarrierIsRefusedAboveItsLimit() throws {
        var domain = DomainState(.sample(shipments: [.sample(1, [3, 2])]))
        try domain.take(.carrier(.sample(maximumGrams: 400), recordedAt: .sample))
        let message = FulfilmentMessage.command(
            .reassign(
                ReassignCarrier(
                    head: CommandHead(commandID: "C-1", actor: "U", reason: "r", issuedAt: .sample), orderID: .sample,
                    shipmentID: "\(OrderID.sample)-S1", carrier: "sto")))
        #expect(domain.keys(of: message).contains(.carriers))
        domain.load(domain.keys(of: message))
        let answer = try domain.take(message).facts.compactMap { $0 as? CommandAnswered }.first
        #expect(answer?.reason?.contains("above what sto carries, 400 g") == true)
    }
}
