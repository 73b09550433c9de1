import AfterSalesDomain
import CommissionDomain
import Contracts
import FulfilmentDomain
import IntakeDomain
import InventoryDomain
import Kafka
import Pipeline
import Privacy
import Support

@testable import AfterSales
@testable import Commission
@testable import Fulfilment
@testable import Intake
@testable import Inventory
@testable import Ops

/// The five services over one broker and one clock in memory, with the delays, duplicates and deaths of a seed.
///
/// Lanes, relays, inboxes and timers are the real ones; only broker, stores and clock are not. A service that dies loses
/// what it had in hand and begins again at the positions it made durable last.
final class House {
    let broker: MemoryBroker
    let clock = ManualClock(.sample)
    let intake: MemoryPlace<IntakeHandler>
    let inventory: MemoryPlace<InventoryHandler>
    let fulfilment: MemoryPlace<FulfilmentHandler>
    let afterSales: MemoryPlace<AfterSalesHandler>
    let commission: MemoryPlace<CommissionHandler>
    private(set) var deaths = 0
    private(set) var duplicates = 0
    private(set) var lateRecords = 0

    private let rigs: [any Rig]
    private let chance: Chance
    private let disturbance: Disturbance
    private let outside: MemorySource
    /// Every record there is, for duplicates.
    private var history: [KafkaRecord] = []
    private var late: [(round: Int, record: OutgoingRecord)] = []
    private var asleep: [Int: Int] = [:]
    private var round = 0

    init(seed: UInt64, _ disturbance: Disturbance) throws {
        self.disturbance = disturbance
        chance = Chance(seed: seed)
        let topics =
            IntakeHandler.topics + InventoryHandler.topics + FulfilmentHandler.topics + AfterSalesHandler.topics
            + CommissionHandler.topics
        broker = MemoryBroker(
            partitions: Dictionary(topics.map { ($0.name, 3) }, uniquingKeysWith: { first, _ in first }))
        let privacy = PrivacyTerms(
            vault: Vault(masterKeys: try .init("test:\(String(repeating: "A", count: 43))=")), retention: .days(1095))
        let (broker, clock, chance) = (broker, clock, chance)
        func rig<H: Handler>(_ handler: H) -> ServiceRig<H, MemoryPlace<H>> {
            let rig = ServiceRig(handler, MemoryPlace(handler), clock: clock, broker: broker)
            rig.options.probe = chance.probe(deaths: disturbance.deaths)
            return rig
        }
        let intake = rig(IntakeHandler(calendar: .shanghai, privacy: privacy))
        let inventory = rig(InventoryHandler())
        let fulfilment = rig(FulfilmentHandler(rules: FulfilmentRules(calendar: .shanghai)))
        let afterSales = rig(AfterSalesHandler())
        let commission = rig(CommissionHandler())
        rigs = [intake, inventory, fulfilment, afterSales, commission]
        self.intake = intake.place
        self.inventory = inventory.place
        self.fulfilment = fulfilment.place
        self.afterSales = afterSales.place
        self.commission = commission.place
        outside = MemorySource(broker, group: "outside", topics: Topic.all.map(\.name))
    }

    /// Publishes what the outside says, some of it later.
    func publish(_ records: [OutgoingRecord]) {
        for record in records {
            if chance.happens(disturbance.late, in: 100) {
                lateRecords += 1
                late.append((round + 1 + chance.number(below: disturbance.longestDelay), record))
            } else {
                append(record)
            }
        }
    }

    /// Some rounds, not until rest.
    func run(rounds: Int, _ answer: ([KafkaRecord]) throws -> [OutgoingRecord]) throws {
        for _ in 0..<rounds { _ = try turn(answer) }
    }

    /// Until nobody has anything left to say.
    func settle(_ answer: ([KafkaRecord]) throws -> [OutgoingRecord]) throws {
        var quiet = 0
        for _ in 0..<20_000 {
            quiet = try turn(answer) && asleep.isEmpty ? quiet + 1 : 0
            // A service may have been passed over in a quiet round; in so many each has had its turn.
            if quiet >= 30 { return }
        }
        preconditionFailure("the house does not come to rest")
    }

    /// What was said of an order, in the order in which the outside heard it, for people.
    func story(of orderID: OrderID, _ externalOrderID: String) -> String {
        var seen: Set<[UInt8]> = []
        let lines = history.compactMap { record -> String? in
            let body = String(decoding: record.value ?? [], as: UTF8.self)
            guard body.contains(orderID.text) || body.contains("\"\(externalOrderID)\""),
                let id = record.header("ce_id"), seen.insert(id).inserted
            else { return nil }
            let type = String(decoding: record.header("ce_type") ?? [], as: UTF8.self)
            return "\(type.split(separator: ".").suffix(2).first ?? ""): \(body.prefix(400))"
        }
        return lines.joined(separator: "\n")
    }

    /// One round: who is awake takes a step, in any order.
    ///
    /// - Returns: whether nothing happened.
    private func turn(_ answer: ([KafkaRecord]) throws -> [OutgoingRecord]) throws -> Bool {
        round += 1
        var isQuiet = late.isEmpty
        for entry in late where entry.round <= round { append(entry.record) }
        late.removeAll { $0.round <= round }
        for index in shuffledRigs() {
            if let until = asleep[index] {
                if until > round { continue }
                asleep[index] = nil
            }
            if chance.happens(disturbance.pauses, in: 1000) {
                asleep[index] = round + chance.number(below: disturbance.longestPause)
                continue
            }
            do {
                if try !rigs[index].step().isIdle { isQuiet = false }
                if chance.happens(1, in: 4) { rigs[index].commit() }
            } catch is Death {
                deaths += 1
                isQuiet = false
                rigs[index].options.maximumBatch = 1 + chance.number(below: 40)
                rigs[index].kill()
            }
        }
        let heard = outside.poll(maximum: 10_000, timeoutMilliseconds: 0)
        history += heard
        let answers = try answer(heard)
        publish(answers)
        if !answers.isEmpty || !heard.isEmpty { isQuiet = false }
        // None in a quiet round: otherwise the house would never come to rest.
        if !isQuiet, !history.isEmpty, chance.happens(disturbance.duplicates, in: 100) {
            let again = history[chance.number(below: history.count)]
            broker.publish(
                again.topic, key: String(decoding: again.key ?? [], as: UTF8.self), value: again.value,
                headers: again.headers, at: clock.now.milliseconds)
            duplicates += 1
        }
        return isQuiet
    }

    private func append(_ record: OutgoingRecord) {
        broker.publish(
            record.topic, key: record.key, value: record.value, headers: record.headers, at: clock.now.milliseconds)
    }

    private func shuffledRigs() -> [Int] {
        var order = Array(rigs.indices)
        guard disturbance.pauses > 0 else { return order }
        for index in order.indices.dropFirst().reversed() { order.swapAt(index, chance.number(below: index + 1)) }
        return order
    }
}
