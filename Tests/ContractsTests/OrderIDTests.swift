import Testing

@testable import Contracts

@Suite("Order ids")
struct OrderIDTests {
    private let placedAt = Instant(milliseconds: 1_795_334_400_123)

    @Test("The same order has the same id, in every replay and every version")
    func idIsStable() {
        let id = OrderID(channel: "wechat-mini", externalOrderID: "WX-1001", placedAt: placedAt)
        #expect(id == OrderID(channel: "wechat-mini", externalOrderID: "WX-1001", placedAt: placedAt))
        #expect(id.text == "1NG5880G4WHQMS4PHH")
    }

    @Test("Channel, external id and second make different ids")
    func othersDiffer() {
        let id = OrderID(channel: "a", externalOrderID: "1", placedAt: placedAt)
        #expect(id != OrderID(channel: "b", externalOrderID: "1", placedAt: placedAt))
        #expect(id != OrderID(channel: "a", externalOrderID: "2", placedAt: placedAt))
        #expect(id != OrderID(channel: "a", externalOrderID: "1", placedAt: placedAt + .seconds(1)))
    }

    @Test("Ids sort by the time of their orders")
    func idsSortByTime() {
        let ids = [0, 31, 32, 1_000_000, 1_795_334_400, 5_000_000_000].map {
            OrderID(channel: "a", externalOrderID: "1", placedAt: Instant(milliseconds: $0 * 1000))
        }
        #expect(ids == ids.sorted())
    }

    @Test("An id is read back; every single wrong character is refused")
    func mistypedIDIsRefused() {
        let text = OrderID(channel: "wechat-mini", externalOrderID: "WX-1001", placedAt: placedAt).text
        #expect(OrderID(text)?.text == text)
        for position in 0..<text.count {
            for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
                var characters = Array(text)
                guard characters[position] != other else { continue }
                characters[position] = other
                #expect(OrderID(String(characters)) == nil, "\(String(characters))")
            }
        }
    }

    @Test("Other lengths, lower case and other scripts are refused")
    func otherShapesAreRefused() {
        let text = OrderID(channel: "a", externalOrderID: "1", placedAt: placedAt).text
        for wrong in ["", String(text.dropLast()), text + "0", text.lowercased(), String(repeating: "中", count: 6)] {
            #expect(OrderID(wrong) == nil)
        }
    }

    /// - Source: IFPI, "GRid Standard v2.1": A1-2425G-ABC1234002-M.
    @Test("The check character is that of ISO 7064 MOD 37,36")
    func checkCharacterIsStandard() {
        #expect(CheckCharacter.mod3736("A12425GABC1234002") == "M")
    }
}
