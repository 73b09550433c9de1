import Foundation
import Support
import Testing

/// `ops calc`, as it is started from a shell.
@Suite("ops calc")
struct CalcTests {
    @Test(arguments: NativeSamples.all.map(\.type))
    func aPayloadIsPrintedAsANormalOrder(type: String) throws {
        let payload = try #require(NativeSamples.all.first { $0.type == type }).payload
        let (status, line) = try calc(["order", "--type", type, "--file", "-", "--json"], payload)
        #expect(status == 0)
        let answer = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
        let order = try #require(answer["order"] as? [String: Any])
        #expect(order["channel"] as? String == type.split(separator: ".").first.map(String.init))
        #expect((order["lines"] as? [Any])?.isEmpty == false)
        // What it printed is an order itself.
        let text = String(decoding: try JSONSerialization.data(withJSONObject: order), as: UTF8.self)
        #expect(try calc(["order", "--type", "channel.order.v1", "--file", "-", "--json"], text).status == 0)
    }

    @Test func aFaultIsPrintedWithItsFieldAndStatus65() throws {
        let bad = NativeSamples.shopify.replacing(#""quantity": 2"#, with: #""quantity": 0"#)
        let (status, line) = try calc(["order", "--type", "shopify.order.v1", "--file", "-", "--json"], bad)
        #expect(status == 65)
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"fault":{"reason":"is not positive","field":"line_items[0].quantity"}}"# + "\n")
    }

    @Test func anUnknownTypeIsAWrongArgument() throws {
        #expect(try calc(["order", "--type", "ebay.order.v1", "--file", "-"], "{}").status == 64)
    }

    @Test func theOlderBindingWinsAndTheOtherIsTheContest() throws {
        let history = """
            {"channel": {"channel": "mini", "kind": "mini-program"}, "members": [
            {"memberId": "M1", "status": "active", "joinedAt": "2026-01-01T00:00:00Z"},
            {"memberId": "M2", "parentId": "M1", "status": "active", "joinedAt": "2026-01-01T00:00:00Z"}], "bindings": [
            {"channel": "mini", "externalBuyerId": "u", "memberId": "M2", "boundAt": "2026-02-01T00:00:00Z", "source": "link"}],
            "order": {"channel": "mini", "externalOrderId": "O", "placedAt": "2026-03-01T00:00:00Z",
            "buyer": {"externalBuyerId": "u"}, "referral": {"code": "M1", "kind": "code"},
            "lines": [{"lineId": "1", "sku": "S", "quantity": 1, "unitPrice": 1}], "total": 1}}
            """
        let (status, line) = try calc(["attribution", "--file", "-", "--json"], history)
        #expect(status == 0)
        let answer = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
        #expect((answer["winner"] as? [String: Any])?["memberId"] as? String == "M2")
        #expect((answer["contest"] as? [[String: Any]])?.map { $0["memberId"] as? String } == ["M1"])
        let nobody = history.replacing(#""code": "M1""#, with: #""code": "M9""#).replacing(
            #""memberId": "M2", "boundAt""#, with: #""memberId": "M9", "boundAt""#)
        #expect(
            String(decoding: try calc(["attribution", "--file", "-", "--json"], nobody).line, as: UTF8.self).hasPrefix(
                #"{"winner":null"#))
        #expect(try calc(["attribution", "--file", "-", "--json"], "{}").status == 65)
    }

    @Test func aSeriesIsForecast() throws {
        let week = (0..<140).map { "\([12, 3, 4, 0, 9, 30, 1][$0 % 7])" }.joined(separator: " ")
        let (status, line) = try calc(["forecast", "--file", "-", "--horizon", "7", "--json"], week)
        #expect(status == 0)
        let answer = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
        #expect(answer["method"] as? String == "seasonal-naive")
        #expect(answer["expected"] as? [Int] == [12, 3, 4, 0, 9, 30, 1].map { $0 * 1000 })
        #expect(((answer["test"] as? [String: Any])?["accuracy"] as? [String: Any])?["wape"] as? Int == 0)
        let (refused, fault) = try calc(["forecast", "--file", "-", "--json"], "1 2 -3")
        #expect(refused == 65)
        #expect(String(decoding: fault, as: UTF8.self).contains(#""field":"[2]""#))
        #expect(try calc(["forecast", "--file", "-", "--horizon", "0"], "1").status == 64)
    }

    @Test func anOrderIsRoutedAndAShortageIsNamed() throws {
        let instance = """
            {"warehouses": [{"warehouse": "hangzhou", "province": "浙江省"}, {"warehouse": "beijing", "province": "北京市"}],
            "items": [{"sku": "A", "weightGrams": 500}], "stock": [{"sku": "A", "warehouse": "hangzhou", "onHand": 5},
            {"sku": "A", "warehouse": "beijing", "onHand": 2, "reserved": 1}],
            "order": {"region": {"country": "CN", "province": "北京市"}, "lines": [{"lineId": "1", "sku": "A", "quantity": 1}]}}
            """
        func answer(_ text: String) throws -> [String: Any]? {
            try JSONSerialization.jsonObject(with: calc(["route", "--file", "-", "--json"], text).line)
                as? [String: Any]
        }
        let near = try answer(instance)
        #expect((near?["allocations"] as? [[String: Any]])?.map { $0["warehouse"] as? String } == ["beijing"])
        let far = try answer(instance.replacing(#""quantity": 1"#, with: #""quantity": 2"#))
        #expect((far?["allocations"] as? [[String: Any]])?.map { $0["warehouse"] as? String } == ["hangzhou"])
        let short = try answer(instance.replacing(#""quantity": 1"#, with: #""quantity": 7"#))
        #expect((short?["shortages"] as? [[String: Any]])?.first?["available"] as? Int == 6)
        let wrong = instance.replacing(#""reserved": 1"#, with: #""reserved": 3"#)
        #expect(try calc(["route", "--file", "-"], wrong).status == 65)
    }

    private func calc(_ arguments: [String], _ input: String) throws -> (status: Int32, line: Data) {
        let (status, output) = try CalcProgram.run(arguments, input)
        return (status, output)
    }
}
