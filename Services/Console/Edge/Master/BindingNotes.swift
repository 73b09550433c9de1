import ConsoleDomain
import Contracts

/// What a binding will mean for orders, said before it is published: that depends on how its channel attributes.
///
/// - Source: intake's README, "Attribution".
enum BindingNotes {
    private enum Mode {
        case known(CatalogChannel.AttributionMode, days: Int64)
        case noChannel
    }

    /// Nothing for other kinds.
    ///
    /// - Parameter present: The binding that there is.
    static func content(
        _ record: MasterRecord, over present: [UInt8]?, _ visit: Visit
    ) async throws(Fault) -> [Content] {
        guard record.kind == .bindings else { return [] }
        let binding = try DistributionBinding(JSONDocument.object(record.body))
        let former = try present.map { body throws(Fault) in try DistributionBinding(JSONDocument.object(body)) }
        var texts = [visit.say("master.bindings.note")]
        switch try await mode(of: binding.channel, visit) {
        case .known(let mode, let days):
            texts.append(visit.say("master.bindings.note.\(mode.rawValue)", ["days": "\(days)"]))
        case .noChannel: texts.append(visit.say("master.bindings.note.no-channel"))
        }
        if let former, former.memberID != binding.memberID, binding.boundAt <= former.boundAt {
            texts.append(visit.say("master.bindings.note.same-time"))
        }
        return texts.map { ["text": .text($0)] }
    }

    /// An outage here is told as a fault of the form: nothing was published.
    private static func mode(of channel: String, _ visit: Visit) async throws(Fault) -> Mode {
        let body: [UInt8]?
        do {
            let scope = MasterScope(.channels, visit)
            body = try await visit.tools.database.read { try MasterRows.find(scope, channel, in: $0)?.body }
        } catch {
            throw Fault(visit.say("problem.unavailable.advice"))
        }
        guard let body, let known = try? CatalogChannel(JSONDocument.object(body)) else { return .noChannel }
        return .known(known.attributionMode, days: known.bindingDays ?? defaultDays)
    }

    /// As intake has it for a channel that does not say.
    private static let defaultDays: Int64 = 30
}
