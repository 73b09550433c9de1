import Contracts
import Foundation
import Spreadsheets
import Testing

@testable import Ops

@Suite("Files of tables")
struct TableFileTests {
    /// As people have it: numbers as numbers, an empty row between, nothing in the last cells of a row.
    @Test func workbookIsReadLikeItsText() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        let book = try Workbook(path: file.path)
        try book.begin(sheet: "订单", titles: ["订单号", "下单时间", "商品编码", "数量", "单价", "备注"])
        try book.add([.text("A-1"), .text("2026-11-22 08:05"), .text("SKU-1"), .number(2), .money(9950, digits: 2)])
        try book.add([])
        try book.add([
            .text("A-2"), .text("2026-11-22"), .text("00042"), .number(1), .money(100, digits: 2), .text("赠"),
        ])
        try book.close()
        let table = try OrderTable([UInt8](Data(contentsOf: file)), map: [])
        let text = try OrderTable(
            Array(
                """
                订单号,下单时间,商品编码,数量,单价,备注
                A-1,2026-11-22 08:05,SKU-1,2,99.5,

                A-2,2026-11-22,00042,1,1,赠

                """.utf8), map: [])
        #expect(table.rows.map(\.number) == [2, 4] && table.refusals.isEmpty)
        #expect(table.rows.map(\.cells) == text.rows.map(\.cells))
    }

    @Test func damagedWorkbookIsNamed() {
        #expect { try TableFile.rows([0x50, 0x4B, 0x03, 0x04, 0x14]) } throws: { error in
            let failure = error as? OpsFailure
            return failure?.status == .data && failure?.description.contains("no workbook") == true
        }
    }
}

@Suite("Cells of an agent's file")
struct CellValueTests {
    @Test(arguments: [
        ("0", 0), ("12", 1200), ("12.3", 1230), ("12.30", 1230), ("0.01", 1), ("¥1,234.50", 123_450),
        ("￥9999999999.99", 999_999_999_999), ("1,234,567", 123_456_700), ("129.00", 12900), ("007", 700),
    ]) func yuanAreReadToTheCent(text: String, cents: Int64) throws { #expect(try CellValue.amount(text) == cents) }

    @Test(arguments: [
        "", "-1", "+1", ".5", "5.", "1.234", "1.000", "1e3", "1,23", "12,34.5", "1,2345", "１２", "12 ", "10000000000",
        "1.2.3", "¥", "NaN", "99999999999999999999",
    ]) func otherAmountsAreRefused(text: String) {
        #expect(throws: CellValue.Wrong.self) { try CellValue.amount(text) }
    }

    @Test(arguments: ["0", "-1", "1.0", "", "two", "99999999999999999999"]) func otherQuantitiesAreRefused(text: String)
    {
        #expect(throws: CellValue.Wrong.self) { try CellValue.quantity(text) }
    }

    @Test(arguments: [
        ("2026-11-22 08:05", "2026-11-22T00:05:00.000Z"), ("2026/11/2 8:05:09", "2026-11-02T00:05:09.000Z"),
        ("2026-11-22", "2026-11-21T16:00:00.000Z"), ("2026-11-22T08:05:00Z", "2026-11-22T08:05:00.000Z"),
        ("2026-11-22T08:05:00+08:00", "2026-11-22T00:05:00.000Z"), ("2024-02-29", "2024-02-28T16:00:00.000Z"),
    ]) func timesAreThoseOfTheWallClock(text: String, instant: String) throws {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        #expect(try CellValue.time(text, in: zone).description == instant)
    }

    @Test(arguments: ["2026-02-30", "2026-13-01", "22/11/2026", "2026-11-22 25:00", "45983", "", "2026-11-22 8"])
    func otherTimesAreRefused(text: String) throws {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        #expect(throws: CellValue.Wrong.self) { try CellValue.time(text, in: zone) }
    }
}

@Suite("Importing orders")
struct ImportOrdersTests {
    private func imported(_ text: String, channel: String? = "agent-east", map: [String] = []) throws -> ImportedOrders
    {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        return ImportedOrders(try OrderTable(Array(text.utf8), map: map), channel: channel, zone: zone)
    }

    private static let chinese = """
        订单号,下单时间,收货人,手机号,省份,城市,区县,详细地址,商品编码,数量,单价（元）,优惠,运费,订单金额,实付金额,流水号,分销员,备注
        A-1,2026-11-22 08:00,李雷,13800000000,浙江省,杭州市,西湖区,"文三路 1 号, 2 楼",SKU-1,2,129.00,10,8,304.00,304,P-9,M3,急
        A-2,2026-11-22 09:00,,,,,,,SKU-2,1,5.5,,,,,,,
        A-1,,,,,,,,SKU-3,1,48,,,,,,,
        """

    @Test func rowsOfOneOrderAreItsLines() throws {
        let result = try imported(Self.chinese)
        #expect(result.refusals == [])
        #expect(result.orders.map(\.rows) == [[2, 4], [3]])
        let order = try #require(result.orders.first?.order)
        let expected = ChannelOrder(
            channel: "agent-east", externalOrderID: "A-1",
            placedAt: try #require(Instant(rfc3339: "2026-11-22T00:00:00Z")),
            shipTo: ChannelOrder.Address(
                name: "李雷", phone: "13800000000", province: "浙江省", city: "杭州市", district: "西湖区", street: "文三路 1 号, 2 楼"),
            referral: ChannelOrder.Referral(code: "M3", kind: .agent, at: Instant(rfc3339: "2026-11-22T00:00:00Z")),
            lines: [
                ChannelOrder.Line(lineID: "1", sku: "SKU-1", quantity: 2, unitPrice: 12900, discount: 1000),
                ChannelOrder.Line(lineID: "2", sku: "SKU-3", quantity: 1, unitPrice: 4800),
            ], freight: 800, total: 30400,
            payment: ChannelOrder.Payment(
                paymentID: "P-9", status: .succeeded, amount: 30400, method: "offline",
                paidAt: Instant(rfc3339: "2026-11-22T00:00:00Z")), note: "急")
        #expect(order == expected)
        #expect(result.orders.last?.order.total == 550)
        #expect(result.orders.count == 2 && result.orders.last?.order.payment == nil)
    }

    @Test func englishHeadingsMeanTheSame() throws {
        let text = """
            Order ID,Order Time,Item Code,QTY,Price,Channel
            E-1,2026-11-22,SKU-1,1,9.90,pos
            """
        let result = try imported(text, channel: nil)
        #expect(result.orders.first?.record.key == "pos/E-1")
        #expect(result.orders.first?.order.total == 990)
    }

    @Test func sameFileGivesTheSameIDsAndACorrectedOrderAnother() throws {
        let first = try imported(Self.chinese).orders.map { $0.record }
        #expect(first == (try imported(Self.chinese).orders.map { $0.record }))
        let corrected = try imported(Self.chinese.replacing("5.5", with: "5.6")).orders.map { $0.record }
        #expect(corrected.first == first.first)
        #expect(corrected.last?.headers != first.last?.headers)
    }

    @Test(
        arguments: [
            ("SKU-2,1,5.5", "SKU-2,1,5.555", 3, "单价（元）"), ("SKU-2,1,5.5", "SKU-2,0,5.5", 3, "数量"),
            ("SKU-2,1,5.5", ",1,5.5", 3, "商品编码"), ("A-2,2026-11-22 09:00", "A-2,noon", 3, "下单时间"),
            ("A-2,2026-11-22 09:00", "A-2,", 3, "下单时间"), ("A-2,", ",", 3, "订单号"),
            ("SKU-2,1,5.5,", "SKU-2,1,5.5,6,", 3, nil),
            ("SKU-2,1,5.5,,", "SKU-2,1,5.5,6,", 3, "优惠"), ("SKU-2,1,5.5,,,,", "SKU-2,1,5.5,,,7,", 3, "订单金额"),
            ("A-2,", "\"A-2\"x,", 3, nil),
        ] as [(String, String, Int, String?)])
    func wrongRowIsNamedAndTheOthersStand(good: String, bad: String, row: Int, column: String?) throws {
        let result = try imported(Self.chinese.replacing(good, with: bad))
        #expect(result.refusals.map(\.row) == [row])
        #expect(result.refusals.first?.column == column)
        #expect(result.orders.map(\.order.externalOrderID) == ["A-1"])
    }

    @Test func orderWithOneWrongRowIsLeftOutWhole() throws {
        let result = try imported(Self.chinese.replacing("SKU-3,1,48", with: "SKU-3,1,x"))
        #expect(result.orders.map(\.order.externalOrderID) == ["A-2"])
        #expect(result.refusals.map(\.row) == [2, 4])
        #expect(result.refusals.first?.reason == "left out: row 4 of the same order is wrong")
        #expect(result.refusals.last?.column == "单价（元）")
    }

    @Test func rowsOfAnOrderMayNotContradict() throws {
        let result = try imported(Self.chinese.replacing("A-1,,,", with: "A-1,,韩梅梅,"))
        #expect(result.refusals.map(\.row) == [2, 4])
        #expect(result.refusals.last?.reason == "differs from row 2 of the same order")
        #expect(!result.refusals.contains { $0.text.contains("韩") || $0.text.contains("李") }, "no personal data")
    }

    @Test func rowWithoutAChannelIsRefused() throws {
        let result = try imported(Self.chinese, channel: nil)
        #expect(result.orders.isEmpty)
        #expect(result.refusals.map(\.row) == [2, 3, 4])
    }

    @Test func mapSaysWhatAHeadingMeans() throws {
        let text = "No,When,Thing,数量,单价\nE-1,2026-11-22,SKU-1,1,9.90\n"
        #expect(throws: OpsFailure.self) { try imported(text) }
        let result = try imported(text, map: ["No=externalOrderId", "When=placedAt", "Thing=sku"])
        #expect(result.orders.first?.order.lines.first?.sku == "SKU-1")
        #expect(throws: OpsFailure.self) { try imported(text, map: ["Nope=sku"]) }
        #expect(throws: OpsFailure.self) { try imported(text, map: ["No=nothing"]) }
    }

    @Test func twoColumnsOfOneMeaningAreRefused() {
        #expect(throws: OpsFailure.self) { try imported("订单号,订单编号,下单时间,sku,数量,单价\n") }
    }
}
