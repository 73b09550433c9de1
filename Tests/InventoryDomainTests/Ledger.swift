import Contracts
import Support

@testable import InventoryDomain

/// Inventory's domain without a pipeline: messages are decided one after the other on one state.
struct Ledger {
    private(set) var state = State<InventoryAggregate>()
    private(set) var facts: [any Fact] = []
    private(set) var timers: [String: Instant] = [:]
    private(set) var faultCount = 0
    var now = Instant.sample

    /// Loads what the message needs, decides it and applies the decision.
    mutating func handle(_ message: InventoryMessage) {
        while true {
            let wanted = message.keys(given: state).filter { !state.isLoaded($0) }
            if wanted.isEmpty { break }
            for key in wanted { state.load(key, key == .warehouses ? .warehouses([]) : nil) }
        }
        do throws(Fault) {
            let decision = try message.decide(given: state, at: now, by: .shanghai)
            for change in decision.changes { change.apply(to: &state) }
            facts += decision.facts
            for timer in decision.timers {
                switch timer {
                case .set(let kind, let key, let due): timers["\(kind)|\(key)"] = due
                case .cancel(let kind, let key): timers["\(kind)|\(key)"] = nil
                }
            }
        } catch {
            faultCount += 1
        }
    }

    /// Handles the timers whose time has come, earliest first.
    mutating func fireTimers() throws(Fault) {
        for (name, due) in timers.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) where due <= now {
            timers[name] = nil
            let parts = name.split(separator: "|", maxSplits: 1).map(String.init)
            handle(try .read(timer: parts[0], key: parts[1]))
        }
    }
}
