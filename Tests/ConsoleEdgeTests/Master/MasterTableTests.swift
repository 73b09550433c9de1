import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Importing and exporting master data")
struct MasterTableTests {
    private static let table = "sku,name,price\nA,Green tea,1000\nB,<b>Cup</b>,200\nC,Pot,-1\n"

    @Test func previewShowsEachRowAndPublishesNothing() async throws {
        try await SiteRig.with { rig in
            try WorkSamples(rig).item("A", name: "Tea")
            let page = try await rig.signIn(.owner).post("/master/items/import", ["table": Self.table])
            #expect(page.status == .ok)
            #expect(page.text.contains("1 new, 1 changed, 0 unchanged, 1 with faults"))
            #expect(page.text.contains("<del>Tea</del> → <ins>Green tea</ins>"))
            #expect(page.text.contains("This must not be negative"))
            #expect(page.text.contains("Publish 2") && !page.text.contains("<b>Cup"))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func goodRowsGoAndBadOnesAreListed() async throws {
        try await SiteRig.with { rig in
            try WorkSamples(rig).item("A", name: "Tea")
            let browser = try await rig.signIn(.owner)
            let page = try await browser.post(
                "/master/items/import/publish", ["table": Self.table, "reason": "new season"])
            #expect(page.text.contains("2 published.") && page.text.contains("Rows that were left out"))
            #expect(Set(rig.sent.map(\.key)) == ["A", "B"])
            let green = try #require(rig.sent.first { $0.key == "A" })
            #expect(try CatalogItem(JSONDocument.object(green.value)).name == "Green tea")
            #expect(try rig.number("SELECT count(*) FROM audit_log WHERE action = 'master.items'") == 2)
        }
    }

    /// The export of a kind is what its import takes, as a workbook too.
    @Test func exportedWorkbookIsImported() async throws {
        try await SiteRig.with { rig in
            let samples = try WorkSamples(rig)
            try samples.item("A", name: "Tea")
            try samples.item("00042", name: "=1+1")
            let browser = try await rig.signIn(.owner)
            let book = try await browser.get("/master/items/export.xlsx")
            #expect(book.status == .ok)
            let page = try await upload(book.bytes(), "items.xlsx", by: browser)
            #expect(page.text.contains("0 new, 0 changed, 2 unchanged, 0 with faults"))
        }
    }

    @Test func damagedWorkbookIsNamed() async throws {
        try await SiteRig.with { rig in
            let page = try await upload([0x50, 0x4B, 3, 4, 9, 9, 9], "a.xlsx", by: rig.signIn(.owner))
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("The file is no XLSX workbook, or a damaged one"))
        }
    }

    private func upload(_ bytes: [UInt8], _ name: String, by browser: Browser) async throws -> Reply {
        let token = try await browser.formToken()
        let head =
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(token)\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
        return await browser.ask(
            .post, "/master/items/import", [.contentType: "multipart/form-data; boundary=x"],
            Array(head.utf8) + bytes + Array("\r\n--x--\r\n".utf8))
    }

    @Test func fileIsReadAsWell() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let token = try await browser.formToken()
            let body =
                "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(token)\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n\u{FEFF}sku,name\r\nA,Tea\r\n\r\n--x--\r\n"
            let page = await browser.ask(
                .post, "/master/items/import", [.contentType: "multipart/form-data; boundary=x"], Array(body.utf8))
            #expect(page.text.contains("1 new, 0 changed"))
        }
    }

    @Test func tableThatCannotBeReadSaysWhy() async throws {
        try await SiteRig.with { rig in
            let reply = try await rig.signIn(.owner).post("/master/items/import", ["table": "sku,colour\nA,red\n"])
            #expect(reply.status == .unprocessableContent && reply.text.contains("colour"))
        }
    }

    @Test func exportIsWhatIsImported() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.item("A", name: "=HYPERLINK(1)")
            try rows.item("B", name: "Tea, \"green\"")
            let browser = try await rig.signIn(.owner)
            let csv = try await browser.get("/master/items/export.csv")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.text.contains("'=HYPERLINK(1)"))
            let page = try await browser.post("/master/items/import", ["table": csv.text])
            #expect(page.text.contains("0 new, 0 changed, 2 unchanged, 0 with faults"))
        }
    }

    @Test func workbookIsExported() async throws {
        try await SiteRig.with { rig in
            try WorkSamples(rig).item("A")
            let reply = try await rig.signIn(.owner).get("/master/items/export.xlsx")
            guard case .bytes(let bytes) = reply.body else { return #expect(Bool(false)) }
            #expect(bytes.starts(with: Array("PK".utf8)) && bytes.count > 1000)
        }
    }

    @Test func firstStepsAreTickedOneAfterAnother() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let empty = try await browser.get("/first-run").text
            #expect(empty.matches(of: /tag good/).isEmpty)
            let rows = try WorkSamples(rig)
            try rows.record(.catalogWarehouses, "W1", CatalogWarehouse(warehouse: "W1").jsonBytes)
            try rows.item("A")
            let some = try await browser.get("/first-run").text
            #expect(some.matches(of: /tag good/).count == 2)
            let current = try #require(some.components(after: "aria-current=\"step\">"))
            #expect(current.prefix(40).contains("A channel"))
        }
    }
}
