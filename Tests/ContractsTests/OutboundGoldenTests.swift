import Contracts
import Testing

@Suite("Facts and commands")
struct OutboundGoldenTests {
    @Test("A fact keeps its version and its key", arguments: OutboundTypes.facts.map { $0.type })
    func versionAndKeySurvive(type name: String) throws {
        let type = try #require(OutboundTypes.facts.first { $0.type == name })
        var fact = try type.init(JSONDocument.object(GoldenFile.bytes(name)))
        fact.version = 41
        let again = try type.init(JSONDocument.object(fact.jsonBytes))
        #expect(again.version == 41)
        #expect(again.key == fact.key && !fact.key.isEmpty)
    }

    @Test("A command keeps what all commands have", arguments: OutboundTypes.commands.map { $0.type })
    func headSurvives(type name: String) throws {
        let type = try #require(OutboundTypes.commands.first { $0.type == name })
        let command = try type.init(JSONDocument.object(GoldenFile.bytes(name)))
        #expect(command.commandID == "C-1" && command.actor == "u-ops" && command.reason == "the buyer called")
        #expect(command.issuedAt.description == "2026-11-22T09:00:00.000Z")
        #expect(!command.key.isEmpty)
    }

    @Test("No two types share a name")
    func typesAreUnique() {
        let types = OutboundTypes.all.map { $0.type }
        #expect(Set(types).count == types.count)
    }

    @Test("A type is named after its topic")
    func typesFollowTheirTopics() {
        let shared = ["CommandAnswered"]
        for fact in OutboundTypes.facts where !shared.contains("\(fact)") {
            #expect(fact.type == "tributary.\(fact.topic.stem).\(fact).v1")
            #expect(Topic.all.contains(fact.topic))
        }
    }

    @Test("An answer to a command goes to the service's own topic")
    func answersAreSpread() {
        let answer: any Fact = CommandAnswered(service: "after-sales", commandID: "C-1", outcome: .accepted)
        #expect(answer.topic == Topic("after-sales.command-results.v1", .operation))
        #expect(answer.key == "C-1")
    }

    @Test("Keys are those of the contract")
    func keysAreThoseOfTheContract() throws {
        func key(_ type: (some Fact).Type) throws -> String {
            try type.init(JSONDocument.object(GoldenFile.bytes(type.type))).key
        }
        #expect(try key(OrderPlaced.self) == "1NG5880G4WHQMS4PHH")
        #expect(try key(BuyerKeyWrapped.self) == "wechat-mini/u-77")
        #expect(try key(ShippingUpdate.self) == "wechat-mini/WX-1001")
        #expect(try key(StockUpdate.self) == "wechat-mini/WX-SKU-1")
        #expect(try key(StockMoved.self) == "SKU-1")
        #expect(try key(CommissionReversed.self) == "1NG5880G4WHQMS4PHH")
        #expect(try key(CommissionSettled.self) == "M3")
        #expect(try key(PayoutDue.self) == "M3")
        #expect(try key(CheckpointSigned.self) == "tributary.example/facts")
    }
}
