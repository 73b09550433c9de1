import Contracts
import Support
import Testing

@testable import Ops

@Suite("Which parcels are packed together")
struct MergeGroupsTests {
    private static func candidate(
        _ id: String, to destination: String = "u p", hours: Int64 = 0, grams: Int64 = 1000
    ) -> MergeGroups.Candidate {
        MergeGroups.Candidate(
            shipmentID: id, destination: destination, plannedAt: .sample + .hours(hours), weightGrams: grams)
    }

    private static func groups(_ candidates: [MergeGroups.Candidate], hours: Int64 = 24) -> [[String]] {
        MergeGroups.make(candidates, within: .hours(hours)).map { $0.map(\.shipmentID) }
    }

    @Test func oneDestinationIsOneParcel() {
        let groups = Self.groups([
            Self.candidate("C"), Self.candidate("B", hours: 1), Self.candidate("A", to: "u q"),
            Self.candidate("D", to: "v p"),
        ])
        #expect(groups == [["C", "B"]])
    }

    @Test func theWindowCountsFromTheFirst() {
        let groups = Self.groups(
            [
                Self.candidate("A"), Self.candidate("B", hours: 2), Self.candidate("C", hours: 3),
                Self.candidate("D", hours: 5),
            ], hours: 2)
        #expect(groups == [["A", "B"], ["C", "D"]])
    }

    @Test func noParcelIsTooHeavyOrTooMany() {
        #expect(
            Self.groups([
                Self.candidate("A", grams: 20_000), Self.candidate("B", hours: 1, grams: 10_001),
                Self.candidate("C", hours: 2, grams: 10_000),
            ]) == [["A", "C"]])
        let many = (10..<35).map { Self.candidate("\($0)", grams: 1) }
        #expect(Self.groups(many).map(\.count) == [20, 5])
    }

    @Test func oneAloneIsNoGroup() {
        #expect(Self.groups([Self.candidate("A"), Self.candidate("B", to: "v p")]) == [])
    }
}
