import Contracts
import Testing

@testable import ConsoleDomain

@Suite("Importing tables of master data")
struct MasterImportTests {
    private func read(
        _ kind: MasterKind, _ text: String, _ current: [String: [UInt8]] = [:], tree: MemberTree = MemberTree(),
        separator: Character = ","
    ) throws -> MasterImport {
        MasterImport(try table(kind, text, separator), current: current, tree: tree, calendar: .shanghai)
    }

    /// A row a line, without quotes.
    private func table(_ kind: MasterKind, _ text: String, _ separator: Character = ",") throws -> MasterTable {
        let lines = text.split(separator: "\n")
        return try MasterTable(
            kind,
            lines.enumerated().map { index, line in
                let cells = line.split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
                return MasterTable.Row(number: index + 1, cells: cells)
            })
    }

    private let item = CatalogItem(sku: "A", name: "Tea", price: 1000, cost: 400, safetyStock: 5)

    @Test func goodRowsGoAndBadOnesStayOut() throws {
        let table = try read(.items, "sku,name,price\nA,Tea,1000\nB,Cup,-1\n,X,5\nC,Pot,abc\nD,Jug,7\n")
        #expect(table.records.map(\.key) == ["A", "D"])
        #expect(table.rows.map(\.number) == [2, 3, 4, 5, 6])
        let faults = table.rows.compactMap { row in
            if case .fault(let fault) = row.outcome { fault.field } else { nil }
        }
        #expect(faults == ["price", "sku", "price"])
    }

    @Test func columnsThatAreNotThereStayAsTheyAre() throws {
        let table = try read(.items, "sku,price\nA,1200\n", ["A": item.jsonBytes])
        let record = try #require(table.records.first)
        let changed = try CatalogItem(JSONDocument.object(record.body))
        #expect(changed.price == 1200)
        #expect(changed.cost == 400)
        #expect(changed.safetyStock == 5)
        #expect(table.rows[0].outcome == .changed([MasterChange(field: "price", before: "1000", after: "1200")]))
    }

    @Test func emptyCellClearsItsField() throws {
        let table = try read(.items, "sku,cost\nA,\n", ["A": item.jsonBytes])
        #expect(table.rows[0].outcome == .changed([MasterChange(field: "cost", before: "400", after: "")]))
    }

    @Test func whatIsThereAlreadyIsNotPublishedAgain() throws {
        let table = try read(.items, "sku,name,price\nA,Tea,1000\n", ["A": item.jsonBytes])
        #expect(table.rows[0].outcome == .unchanged)
        #expect(table.records.isEmpty)
    }

    @Test func keyMayStandOnce() throws {
        let table = try read(.items, "sku,price\nA,1\nA,2\n")
        #expect(table.records.count == 1)
        #expect(table.rows[1].outcome == .fault(Fault("'A' stands twice", field: "sku")))
    }

    @Test(arguments: [
        ("", "the table is empty; its first row names the fields"), ("name\nTea\n", "column 'sku' is missing"),
        ("sku,sku\nA,B\n", "column 'sku' stands twice"),
    ])
    func tableThatCannotBeReadIsAFault(text: String, reason: String) {
        #expect(throws: Fault(reason)) { try read(.items, text) }
    }

    @Test func unknownColumnIsNamed() {
        #expect { try read(.items, "sku,colour\nA,red\n") } throws: { error in
            (error as? Fault)?.reason.hasPrefix("'colour' is none of sku, name,") == true
        }
    }

    @Test func rowWithMoreCellsThanTheHeaderIsAFault() throws {
        let table = try read(.items, "sku\nA,B\n")
        #expect(table.rows[0].outcome == .fault(Fault("has 2 cells, and the header names 1")))
    }

    @Test func listingIsKeyedByChannelAndItsSku() throws {
        let table = try read(
            .listings,
            "channel;externalSku;components\nweb;Z-1;[{\"sku\":\"A\",\"quantity\":2}]\nweb;Z-2;[oops\n",
            separator: ";")
        let record = try #require(table.records.first)
        #expect(record.key == "web/Z-1")
        #expect(try CatalogListing(JSONDocument.object(record.body)).components == [.init(sku: "A", quantity: 2)])
        #expect(table.records.count == 1)
    }

    @Test func planNeedsAHigherVersion() throws {
        let plan = DistributionPlan(
            planID: "P", version: 3, levels: [.init(level: 1, rates: [.init(.basisPoints(1000))])],
            poolCapBasisPoints: 3000)
        let same = try read(.plans, "planId,freezeDays\nP,9\n", ["P": plan.jsonBytes])
        #expect(
            same.rows[0].outcome
                == .fault(Fault("3 is not above 3, the version that there is", field: "version")))
        let next = try read(.plans, "planId,version,freezeDays\nP,4,9\n", ["P": plan.jsonBytes])
        #expect(next.records.count == 1)
    }

    @Test func plansThatNobodyAnswersForStayOut() throws {
        let levels = (1...3).map { DistributionPlan.Level(level: $0, rates: [.init(.basisPoints(100))]) }
        let plan = DistributionPlan(planID: "P", version: 1, levels: levels, poolCapBasisPoints: 3000)
        #expect { try MasterKind.plans.record(JSONDocument.object(plan.jsonBytes)) } throws: { error in
            (error as? Fault)?.field == "acknowledgeLevels"
        }
    }

    @Test func membersOfOneTableMayStandUnderOneAnother() throws {
        let table = try read(.members, "memberId,parentId\nB,A\nA,\nC,B\nD,nobody\n")
        #expect(table.records.map(\.key) == ["B", "A", "C"])
        #expect(table.rows[3].outcome == .fault(Fault("'nobody' is no member", field: "parentId")))
    }

    @Test func nobodyComesToStandAboveThemselves() throws {
        let tree = MemberTree(["A": "", "B": "A", "C": "B"])
        let table = try read(.members, "memberId,parentId\nA,C\n", tree: tree)
        #expect(table.rows[0].outcome == .fault(Fault("'C' stands below 'A' already", field: "parentId")))
    }

    @Test func bindingNamesAMemberThatThereIs() throws {
        let header = "channel,externalBuyerId,memberId,boundAt,source\n"
        let rows = "web,u-1,A,2026-11-01,link\nweb,u-2,Z,2026-11-01,link\nweb,u-3,A,2026-11-01,post\n"
        let table = try read(.bindings, header + rows, tree: MemberTree(["A": ""]))
        #expect(table.records.map(\.key) == ["web/u-1"])
        let binding = try DistributionBinding(JSONDocument.object(try #require(table.records.first).body))
        #expect(binding.boundAt.description == "2026-10-31T16:00:00.000Z")
        #expect(table.rows[1].outcome == .fault(Fault("'Z' is no member", field: "memberId")))
        #expect(table.rows[2].outcome == .fault(Fault("is none of link, code, agent, live", field: "source")))
    }

    /// A table without the members' column leaves who is bound: those have to be looked up too.
    @Test func membersOfBindingsAreThoseOfTheTableAndOfWhatThereIs() throws {
        let present = DistributionBinding(
            channel: "web", externalBuyerID: "u-1", memberID: "A", boundAt: Instant(milliseconds: 0), source: .link)
        let current = ["web/u-1": present.jsonBytes]
        func named(_ text: String) throws -> [String] {
            try table(.bindings, text).memberIDs(current: current)
        }
        #expect(try named("channel,externalBuyerId,source\nweb,u-1,code\n") == ["A"])
        #expect(try named("channel,externalBuyerId,memberId\nweb,u-1, B \n") == ["A", "B"])
        #expect(try table(.items, "sku\nA\n").memberIDs(current: [:]) == [])
    }

    @Test func carrierIsOneOfThoseThatAreKnown() throws {
        let tariffs = #"[{"zone":"domestic","firstKilogram":900,"furtherKilogram":400,"promiseDays":3}]"#
        let table = try read(.carriers, "carrier;tariffs\nsf;\(tariffs)\npigeon;\(tariffs)\nzto;\n", separator: ";")
        #expect(table.records.map(\.key) == ["sf"])
        let carrier = try CatalogCarrier(JSONDocument.object(try #require(table.records.first).body))
        #expect(carrier.tariffs.map(\.firstKilogram) == [900])
        let faults = table.rows.compactMap { row in
            if case .fault(let fault) = row.outcome { fault.field } else { nil }
        }
        #expect(faults == ["carrier", "tariffs"])
    }

    @Test func rowThatCannotBeReliedOnStaysOut() throws {
        let header = MasterTable.Row(number: 1, cells: ["sku"])
        let broken = MasterTable.Row(number: 2, cells: ["A"], defect: "field 1 has no closing quote")
        let rows = [header, broken, MasterTable.Row(number: 4, cells: ["B"])]
        let table = MasterImport(
            try MasterTable(.items, rows), current: [:], tree: MemberTree(), calendar: .shanghai)
        #expect(table.records.map(\.key) == ["B"])
        #expect(table.rows.first?.outcome == .fault(Fault("field 1 has no closing quote")))
        #expect(table.rows.map(\.number) == [2, 4])
        #expect(throws: Fault.self) { try MasterTable(.items, [broken]) }
    }

    @Test func rowThatIsNotMineStaysOut() throws {
        let table = MasterImport(
            try table(.items, "sku\nA\nB\n"), current: [:], tree: MemberTree(), calendar: .shanghai,
            mayChange: { key throws(Fault) in if key == "A" { throw Fault("not yours", field: "sku") } })
        #expect(table.records.map(\.key) == ["B"])
    }
}
