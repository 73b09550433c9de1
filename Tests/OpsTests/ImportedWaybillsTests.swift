import Testing

@testable import Ops

@Suite("Waybills of suppliers")
struct ImportedWaybillsTests {
    private static func read(_ text: String) throws -> ImportedWaybills { try ImportedWaybills(Array(text.utf8)) }

    @Test func carriersAreKnownByManyNames() throws {
        let read = try Self.read(
            """
            订单号,快递公司,运单号
            A,顺丰,SF1234567890123
            B,zhongtong,78123456789012
            C,YD,4312345678901
            D,ups,1Z5R89390357567127
            E,,yt1234567890123
            """)
        #expect(read.refusals == [])
        #expect(read.rows.map(\.carrier) == ["sf", "zto", "yunda", "ups", "yto"])
        #expect(read.rows.last?.waybill == "YT1234567890123")
        #expect(read.rows.map(\.number) == [2, 3, 4, 5, 6])
    }

    @Test func everyWrongRowIsNamedAndTheOthersAreKept() throws {
        let read = try Self.read(
            """
            order,shipment,carrier,waybill
            ,S1,sf,SF1234567890123
            A,S1,sf,
            B,S1,kuayue,1
            C,S1,ups,1Z5R89390357567128
            D,S1,,12345
            E,S1,sf,SF0000000000001
            F,S2,sf,SF0000000000001
            """)
        #expect(read.rows.map(\.order) == ["E"])
        #expect(read.rows.first?.shipment == "S1")
        #expect(
            read.refusals.map(\.text) == [
                "row 2, order: is missing", "row 3, waybill: is missing", "row 4, carrier: kuayue is not known",
                "row 5, waybill: 1Z5R89390357567128 has the shape ups-1z without its right check digit",
                "row 6, carrier: is missing, and the number does not tell it",
                "row 8, waybill: SF0000000000001 stands in the file twice",
            ])
    }

    @Test func aFileWithoutTheHeadingsIsRefused() {
        #expect(throws: OpsFailure.self) { try Self.read("a,b\n1,2\n") }
    }
}
