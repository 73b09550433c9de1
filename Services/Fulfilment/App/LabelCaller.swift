import Contracts
import FulfilmentDomain
import FulfilmentEdge
import FulfilmentProviders
import Logging
import Pipeline
import Postgres

/// Makes the calls that decisions have put down in `label_calls`, beside the lanes, and brings the answers back to them.
///
/// A call goes out under its own id and is asked again under the same one, so that a number is made once whatever is
/// lost on the way. The answer is a timer that is due at once, written with the row of the attempt.
/// - Source: DESIGN section 2, "Outside calls".
struct LabelCaller: SideWork {
    let name = "label-caller"
    private let provider: any LabelProvider
    private let parties: PartiesReader
    private let caller: ProviderCaller
    private let limits: CallGuard
    private let logger = Logger(label: "label-caller")

    private static let sliceSize = 20
    /// After so many outages a call is given up.
    private static let maximumAttempts: Int64 = 40

    /// What an attempt came to.
    private enum Outcome {
        case answered(LabelAnswer.Outcome, made: LabelOutcome.Made? = nil)
        case again(String)
    }

    init(_ settings: LabelSettings, parties: PartiesReader, caller: ProviderCaller = ProviderCaller()) {
        provider = settings.provider
        self.parties = parties
        self.caller = caller
        limits = CallGuard(ratePerSecond: settings.callsPerSecond)
    }

    func step(_ place: SideWorkPlace) throws {
        let clock = SystemClock()
        // A recall may take two calls.
        let count = limits.allowance(atMost: Self.sliceSize, at: clock.machineNow)
        guard count > 0 else { return }
        for call in try LabelAttemptsTable.claim(atMost: count, at: place.now, place.connection) {
            // What is left alone now is free again when its claim has run out.
            guard !place.isStopping, limits.allowance(atMost: 1, at: clock.machineNow) > 0 else { return }
            let outcome = call.isRecall ? recall(call, clock) : order(call, clock)
            try put(outcome, of: call, place)
        }
    }

    private func order(_ call: ClaimedCall, _ clock: some Clock) -> Outcome {
        switch ask(call, clock) {
        case .made(let made): .answered(.given(waybill: made.waybill), made: made)
        case .refused(let reason): .answered(.refused(reason: reason))
        case .outage(let reason): .again(reason)
        }
    }

    /// Takes a number back; one that may have been made without our hearing of it is asked for first.
    private func recall(_ call: ClaimedCall, _ clock: some Clock) -> Outcome {
        guard !call.isFirstAttempt || call.waybill != nil else { return .answered(.voided) }
        var waybill = call.waybill
        var carrierOrder = call.carrierOrder
        if waybill == nil {
            switch ask(call, clock) {
            case .made(let made): (waybill, carrierOrder) = (made.waybill, made.carrierOrder)
            case .refused: return .answered(.voided)
            case .outage(let reason): return .again(reason)
            }
        }
        let recall = LabelRecall(
            callID: call.callID, carrier: call.carrier, waybill: waybill ?? "", carrierOrder: carrierOrder)
        do throws(Fault) {
            let request = try provider.cancellation(recall, at: clock.machineNow)
            let outcome = caller.answer(to: request, provider.cancelled) { .outage($0) }
            limits.used(isOutage: outcome.isOutage, at: clock.machineNow)
            return switch outcome {
            case .accepted: .answered(.voided)
            case .refused(let reason): .answered(.kept(reason: reason))
            case .outage(let reason): .again(reason)
            }
        } catch {
            return .answered(.kept(reason: error.reason))
        }
    }

    /// Asks for a number under the call's id: the first time for a new one, later for what became of it.
    private func ask(_ call: ClaimedCall, _ clock: some Clock) -> LabelOutcome {
        do throws(Fault) {
            guard let sealed = call.parties else { throw Fault("nobody has told who receives the order") }
            let request = LabelRequest(
                callID: call.callID, carrier: call.carrier, weightGrams: call.weightGrams, pieces: call.pieces,
                sender: call.sender, receiver: try parties.address(in: sealed), externalOrderID: call.externalOrderID)
            let order = try provider.order(request, at: clock.machineNow)
            let outcome = caller.answer(to: order, provider.label) { .outage($0) }
            limits.used(isOutage: outcome.isOutage, at: clock.machineNow)
            return outcome
        } catch {
            return .refused(error.reason)
        }
    }

    private func put(_ outcome: Outcome, of call: ClaimedCall, _ place: SideWorkPlace) throws {
        switch outcome {
        case .again(let reason) where call.attempt < Self.maximumAttempts:
            try LabelAttemptsTable.postpone(
                call, reason, by: RetryDelay.after(attempt: Int(call.attempt), chance: Int64.random(in: 0...1000)),
                place.connection)
        case .again(let reason):
            let last = "given up after \(call.attempt) attempts, the last: \(reason)"
            try answer(call, call.isRecall ? .kept(reason: last) : .refused(reason: last), nil, place)
        case .answered(let answer, let made):
            try self.answer(call, answer, made, place)
        }
    }

    private func answer(
        _ call: ClaimedCall, _ outcome: LabelAnswer.Outcome, _ made: LabelOutcome.Made?, _ place: SideWorkPlace
    ) throws {
        var document: String?
        if let text = made?.document, let sealed = call.parties { document = try parties.seal(text, like: sealed) }
        let answer = LabelAnswer(callID: call.callID, outcome: outcome)
        try place.connection.transaction { transaction in
            try LabelAttemptsTable.finish(
                call, carrierOrder: made?.carrierOrder, document: document, reason: outcome.reason, in: transaction)
            try place.setTimers([answer.timer(due: place.now)], in: transaction)
        }
        logger.debug("answered", metadata: ["call.id": "\(call.callID)"])
    }
}
